import type { Service } from '../service.ts';
import { tailscaleJamfPro } from './recipes.ts';

/** Device posture integrations of a tailnet. */
export const tailscale: Service = {
  id: 'tailscale',
  name: 'Tailscale',
  delivery: 'api',
  recipes: [tailscaleJamfPro],
  address: { kind: 'fixed', options: [{ address: 'https://api.tailscale.com', label: 'Tailscale' }] },
  key: { name: 'API access token', madeAt: 'Settings > Keys', isOptional: false },
  account: { name: 'Tailnet ID', placeholder: 'T1234CNTRL', isOptional: true },
  needsPermission: true,
  outcome: 'polled',
  can: { sync: false, keepSecret: true, disconnect: true },
  help: 'https://tailscale.com/docs/reference/tailscale-api',
};
