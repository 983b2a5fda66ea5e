import { adminaJamfPro } from '../../recipes/admina-jamf-pro.ts';
import { openWorkspaceOne } from '../../recipes/open-workspace-one.ts';
import type { Service } from '../service.ts';

/** Any service that speaks the open contract, docs/integration-service-api.yaml. */
export const integrationApi: Service = {
  id: 'integration-api',
  name: '',
  delivery: 'api',
  recipes: [adminaJamfPro, openWorkspaceOne],
  address: { kind: 'typed', placeholder: 'https://' },
  key: { name: '', madeAt: '', isOptional: false },
  account: undefined,
  needsPermission: false,
  outcome: 'polled',
  can: { sync: true, keepSecret: true, disconnect: true },
  help: '',
};
