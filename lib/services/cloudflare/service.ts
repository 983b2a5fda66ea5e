import type { Service } from '../service.ts';
import { cloudflareWorkspaceOne } from './recipes.ts';

/** Device posture integrations of Cloudflare Zero Trust. */
export const cloudflare: Service = {
  id: 'cloudflare',
  name: 'Cloudflare Zero Trust',
  delivery: 'api',
  recipes: [cloudflareWorkspaceOne],
  address: { kind: 'fixed', options: [{ address: 'https://api.cloudflare.com', label: 'Cloudflare' }] },
  key: { name: 'API token', madeAt: 'My Profile > API Tokens', isOptional: false },
  account: { name: 'Account ID', placeholder: '699d98642c564d2e855e9661899b7252', isOptional: true },
  needsPermission: true,
  outcome: 'tested',
  can: { sync: false, keepSecret: true, disconnect: true },
  help: 'https://developers.cloudflare.com/cloudflare-one/identity/devices/service-providers/workspace-one/',
};
