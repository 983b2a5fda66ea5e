import { harmonyMobileWorkspaceOne } from '../../recipes/harmony-mobile-workspace-one.ts';
import type { Service } from '../service.ts';

/** Check Point Harmony Mobile has no API to register a UEM with: its wizard is filled in. */
export const harmonyMobile: Service = {
  id: 'harmony-mobile',
  name: 'Check Point Harmony Mobile',
  delivery: 'form',
  recipes: [],
  uemRecipe: harmonyMobileWorkspaceOne,
  address: { kind: 'fixed', options: [{ address: 'https://portal.checkpoint.com', label: 'Infinity Portal' }] },
  key: { name: 'API key', madeAt: 'Infinity Portal > Global Settings > API Keys', isOptional: true },
  account: undefined,
  needsPermission: true,
  outcome: 'polled',
  can: { sync: false, keepSecret: false, disconnect: false },
  help: 'https://sc1.checkpoint.com/documents/Infinity_Portal/WebAdminGuides/EN/Harmony-Mobile-Integration-Guide/Topics-Integration-Guide/Workspace-ONE',
};
