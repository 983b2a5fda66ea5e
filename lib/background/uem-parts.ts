import * as z from 'zod/mini';
import { createWorkspaceOneApi, type GroupRef, type WorkspaceOneApi } from '../consoles/workspace-one/api.ts';
import { makePassword } from '../consoles/workspace-one/password.ts';
import { proveAccount, topGroup } from '../consoles/workspace-one/proof.ts';
import { apiCandidates } from '../consoles/workspace-one/tenant.ts';
import { KeyferryError } from '../failure.ts';
import { getUemRecipe } from '../recipes/registry.ts';
import type { StepContext } from '../run/effects.ts';
import type { Run, UemProof, UemSetup } from '../run/run.ts';
import type { UemParts } from '../run/uem-effects.ts';
import { harmonyMobile } from '../run/uem-view.ts';
import { readDeviceStatus } from '../services/harmony-mobile/api.ts';
import { unpack } from '../vault/packed.ts';
import { Secret } from '../vault/secret.ts';
import { vault } from '../vault/vault.ts';
import { readStatusKey } from './status-key.ts';

/** The admin's own account, as it lies in the vault. */
const accountSchema = z.object({ username: z.string(), password: z.string() });

/** Groups whose devices are counted one by one; each costs a call of the day's quota. */
const mostCounted = 50;

/** What the steps of the course "UEM" work with. */
export function createUemParts({ run, signal, countConsoleCall }: StepContext): UemParts {
  const setup = getSetup(run);
  const recipe = getUemRecipe(run.setup.tenant.console, run.setup.service.id);
  const [address = run.setup.tenant.base, ...otherAddresses] = run.seen.uemProof ? [run.seen.uemProof.apiAddress] : apiCandidates(run.setup.tenant.base, run.seen.apiAddress);

  async function connect(base: string, username: string, password: Secret): Promise<WorkspaceOneApi> {
    const key = await vault.get('api-key', run.id);
    if (!key) throw new KeyferryError('uem-key-lost');
    return createWorkspaceOneApi({ base, credentials: { kind: 'basic', username, password, key }, signal, count: countConsoleCall });
  }

  async function asNewAccount(base: string): Promise<WorkspaceOneApi> {
    const password = await vault.get('admin-password', run.id);
    if (!password) throw new KeyferryError('uem-password-lost');
    return connect(base, setup.username, password);
  }

  async function asAdmin(): Promise<WorkspaceOneApi> {
    const account = unpack(accountSchema, await vault.get('admin-account', run.id));
    if (!account) throw new KeyferryError('uem-admin-account-lost');
    return connect(address, account.username, new Secret(account.password));
  }

  return {
    async hasAdministrator() {
      return (await (await asAdmin()).findAdmin(setup.username)) !== undefined;
    },

    async addAdministrator() {
      const api = await asAdmin();
      const group = topGroup(await api.searchGroups());
      if (!group) throw new KeyferryError('uem-right-missing', { call: 'GET /api/system/groups/search', category: 'API > REST > Groups', access: 'read' });
      // The console has no list of roles; one that somebody holds shows its id.
      const role = (await api.searchAdmins({ role: setup.role.name })).flatMap(({ roles }) => roles).find(({ name }) => name === setup.role.name);
      await api.addAdmin({
        username: setup.username,
        password: await getPassword(run),
        firstName: 'Keyferry',
        lastName: harmonyMobile.organization,
        email: setup.email,
        group,
        role: { name: setup.role.name, id: role?.id, uuid: role?.uuid, group },
      });
      await vault.forget('admin-account', run.id);
    },

    async renewPassword() {
      const api = await asAdmin();
      const admin = await api.findAdmin(setup.username);
      if (!admin) throw new KeyferryError('uem-admin-account-lost');
      await api.changePassword(admin, await getPassword(run));
      await vault.forget('admin-account', run.id);
    },

    async prove() {
      const needs = recipe.roles.find(({ id }) => id === setup.role.variant)?.categories.map(({ path }) => path) ?? [];
      for (const [index, base] of [address, ...otherAddresses].entries()) {
        try {
          return await proveAt(await asNewAccount(base), base, needs, setup.username);
        } catch (thrown) {
          // Another server of the console may be the one that has the API.
          if (index === otherAddresses.length || !isCode(thrown, 'console-unreachable', 'console-answer-unreadable')) throw thrown;
        }
      }
      throw new Error('no address');
    },

    async makeTags(proof) {
      const api = await asNewAccount(proof.apiAddress);
      const top = topGroup(await api.searchGroups());
      if (!top) throw new Error('a proof without groups');
      return makeTags(api, top, recipe.tags ?? []);
    },

    async readArrival() {
      const key = await readStatusKey();
      return key && readDeviceStatus(key, signal);
    },
  };
}

async function proveAt(api: WorkspaceOneApi, apiAddress: string, needs: string[], account: string): Promise<UemProof> {
  const proof = await proveAccount(api, needs);
  if (proof.missing.length > 0) throw new KeyferryError('uem-rights-missing', { names: proof.missing, account });
  const groups: UemProof['groups'] = [];
  for (const [index, { id, name }] of proof.groups.entries()) groups.push({ id: String(id), name, devices: index < mostCounted ? await api.countDevices(id) : null });
  return { apiAddress, version: proof.version, groups, devices: proof.devices, quota: proof.quota ? { limit: proof.quota.limit, remaining: proof.quota.remaining } : null };
}

/** Looks first: asking for one that is there answers with an error in some versions. */
async function makeTags(api: WorkspaceOneApi, group: GroupRef, names: readonly string[]): Promise<NonNullable<Run['made']['tags']>> {
  const there = new Set((await api.searchTags(group)).map(({ name }) => name));
  const made: NonNullable<Run['made']['tags']> = { created: [], found: [], missing: [] };
  for (const name of names) {
    try {
      made[there.has(name) || (await api.addTag(name, group)) === 'was there' ? 'found' : 'created'].push(name);
    } catch (thrown) {
      // A role that may only see tags: the admin makes them.
      if (!isCode(thrown, 'uem-right-missing')) throw thrown;
      made.missing.push(name);
    }
  }
  return made;
}

/** The new account's password: made once in a Run, and again only when it is gone. */
export async function getPassword(run: Run): Promise<Secret> {
  const held = await vault.get('admin-password', run.id);
  if (held) return held;
  const made = makePassword();
  await vault.put('admin-password', run.id, made);
  return made;
}

function getSetup(run: Run): UemSetup {
  if (!run.setup.uem) throw new Error('no setup of this course');
  return run.setup.uem;
}

const isCode = (thrown: unknown, ...codes: string[]): boolean => thrown instanceof KeyferryError && codes.includes(thrown.failure.code);
