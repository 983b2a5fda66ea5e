import type { Service } from '../service.ts';
import { juniperMistJamfPro, juniperMistWorkspaceOne } from './recipes.ts';

const cloud = (host: string, label: string): { address: string; label: string } => ({ address: `https://${host}.mist.com`, label });

/** Linked accounts of an organization, for Access Assurance. Clouds: https://github.com/mistsys/mist_openapi 2509.1.2. */
export const juniperMist: Service = {
  id: 'juniper-mist',
  name: 'Juniper Mist',
  delivery: 'api',
  recipes: [juniperMistJamfPro, juniperMistWorkspaceOne],
  address: {
    kind: 'fixed',
    options: [
      cloud('api', 'Global 01'), cloud('api.gc1', 'Global 02'), cloud('api.ac2', 'Global 03'), cloud('api.gc2', 'Global 04'), cloud('api.gc4', 'Global 05'),
      cloud('api.eu', 'EMEA 01'), cloud('api.gc3', 'EMEA 02'), cloud('api.ac6', 'EMEA 03'), cloud('api.gc6', 'EMEA 04'),
      cloud('api.ac5', 'APAC 01'), cloud('api.gc5', 'APAC 02'), cloud('api.gc7', 'APAC 03'),
    ],
  },
  key: { name: 'API token', madeAt: 'Organization > Settings > API Token', isOptional: false },
  account: { name: 'Organization ID', placeholder: '000000ab-00ab-00ab-00ab-0000000000ab', isOptional: true },
  needsPermission: true,
  outcome: 'polled',
  // Only Zoom, Teams and Intune can be changed: another secret is another link.
  can: { sync: false, keepSecret: false, disconnect: true },
  help: 'https://www.juniper.net/documentation/us/en/software/mist/api/http/',
};
