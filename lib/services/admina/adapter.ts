import { KeyferryError } from '../../failure.ts';
import type { Registration, ServiceAccess, ServiceAdapter } from '../service.ts';
import { type AdminaAccess, type AdminaWorkspace, countDevices, findWorkspace, readOrganization, readWorkspace } from './api.ts';
import { adminaApi } from './facts.ts';
import { admina } from './service.ts';

/** Reads alone: what is written is written in the form. */
export const adminaAdapter: ServiceAdapter = {
  id: admina.id,

  normaliseAddress(typed) {
    const { origin } = new URL(adminaApi);
    if (typed.trim().replace(/\/+$/, '') !== origin) throw new KeyferryError('bad-input', { where: 'address', field: 'address', problem: 'another host' });
    return origin;
  },

  async readOrganization(access, signal) {
    const { name } = await readOrganization(accessOf(access), signal);
    // A key has no scopes. unverified: consoles on hosts of their own; the form takes a workspace key.
    return { name, consoles: ['jamf-pro'], ownHosts: false, mayWrite: true };
  },

  async findRegistration(access, { target }, signal) {
    const found = await findWorkspace(accessOf(access), target, signal);
    return found && registrationOf(access, found, signal);
  },

  async readRegistration(access, id, signal) {
    const [serviceId = '', workspaceId = ''] = id.split('/');
    // Of a workspace that is gone the list of accounts says no more than of one without any.
    const found = await findWorkspace(accessOf(access), { serviceId, id: workspaceId }, signal);
    if (!found) throw new KeyferryError('service-refused', { host: new URL(adminaApi).host, status: '404', reason: '' });
    return registrationOf(access, found, signal);
  },

  countDevices: (access, signal) => countDevices(accessOf(access), signal),

  createRegistration: byForm,
  updateRegistration: byForm,
  deleteRegistration: byForm,
};

async function registrationOf(access: ServiceAccess, workspace: AdminaWorkspace, signal: AbortSignal): Promise<Registration> {
  const { status, said, accounts } = await readWorkspace(accessOf(access), workspace, signal);
  return {
    id: `${workspace.serviceId}/${workspace.id}`,
    clientId: '',
    status,
    error: status === 'failed' ? { code: '', message: said, privileges: [] } : undefined,
    counts: { accounts, devices: undefined },
    accountsUrl: undefined,
  };
}

/** @throws {KeyferryError} service-account-unclear */
function accessOf({ account, key }: ServiceAccess): AdminaAccess {
  if (account === '') throw new KeyferryError('service-account-unclear', { host: new URL(adminaApi).host, accounts: [] });
  return { organization: account, key };
}

function byForm(): Promise<never> {
  throw new Error('Admina takes credentials in its form alone');
}
