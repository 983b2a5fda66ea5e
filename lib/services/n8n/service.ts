import type { Service } from '../service.ts';
import { n8nJamfPro, n8nWorkspaceOne } from './recipes.ts';

/** Credentials of an n8n, on a server of one's own or in n8n's cloud. */
export const n8n: Service = {
  id: 'n8n',
  name: 'n8n',
  delivery: 'api',
  recipes: [n8nJamfPro, n8nWorkspaceOne],
  address: { kind: 'typed', placeholder: 'https://n8n.example.com' },
  // unverified: the words of the menu.
  key: { name: 'API key', madeAt: 'Settings > n8n API', isOptional: false },
  account: undefined,
  // It answers any page, but does not let one send its key.
  needsPermission: true,
  outcome: 'by-use',
  can: { sync: false, keepSecret: true, disconnect: true },
  help: 'https://docs.n8n.io/api/',
};
