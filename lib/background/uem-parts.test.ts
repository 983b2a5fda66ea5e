import { fakeBrowser } from 'wxt/testing/fake-browser';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { apply, at, failed, tick } from '../../test/fixtures/uem-samples.ts';
import { Environment } from '../../test/sandbox/workspace-one/environment.ts';
import { ENVIRONMENTS, WS1_LOGINS } from '../../test/sandbox/workspace-one/environments.ts';
import { createWorkspaceOneHosts } from '../../test/sandbox/workspace-one/hosts.ts';
import type { HostHandler } from '../../test/sandbox/traffic.ts';
import { KeyferryError, type Failure } from '../failure.ts';
import { harmonyMobileWorkspaceOne } from '../recipes/harmony-mobile-workspace-one.ts';
import type { StepContext } from '../run/effects.ts';
import type { StepResult } from '../run/machine.ts';
import type { Run, UemStepId } from '../run/run.ts';
import { performUemStep } from '../run/uem-effects.ts';
import { pack } from '../vault/packed.ts';
import { Secret } from '../vault/secret.ts';
import { vault } from '../vault/vault.ts';
import { createUemParts } from './uem-parts.ts';

/* The steps that no admin does in a page, against the sandbox's REST API and with the real vault. */

const username = 'harmony-mobile-api';
const roleName = 'api_admin_role';
const vendor = harmonyMobileWorkspaceOne.roles[0]!;
const tags = harmonyMobileWorkspaceOne.tags!;
const rule = 'as1234.awmdm.com';
const consoleHost = 'cn1234.awmdm.com';

let environment: Environment;
let hosts: Map<string, HostHandler>;
/** Host, method and address of every call, in order. */
let calls: string[];
/** Between the console and its caller: whether the answer arrives. */
let isAnswered: (call: string) => boolean;
let run: Run;
let pauses: number[];
let counted: number;
let stop: AbortController;

function open(key: string): void {
  environment = new Environment({ ...ENVIRONMENTS.find((one) => one.key === key)!, devices: 300 }, () => Date.UTC(2026, 10, 22));
  hosts = createWorkspaceOneHosts([environment]);
}

beforeEach(async () => {
  fakeBrowser.reset();
  open('cn1234');
  calls = [];
  isAnswered = () => true;
  pauses = [];
  counted = 0;
  stop = new AbortController();
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    const { host, pathname } = new URL(url);
    const call = `${host} ${init.method} ${pathname}`;
    calls.push(call);
    init.signal?.throwIfAborted();
    const answer = await hosts.get(host)?.(new Request(url, init), {} as Parameters<HostHandler>[1]);
    if (!answer || !isAnswered(call)) throw new TypeError('fetch failed');
    return answer;
  });
  run = { ...at('administrator'), seen: {} };
  delete run.made.administrator;
  await vault.put('api-key', run.id, new Secret(environment.addApiKey({ service: 'HarmonyMobile' }).value));
});
afterEach(() => vi.unstubAllGlobals());

const hold = ({ username: name, password }: { username: string; password: string } = WS1_LOGINS.admin): Promise<void> => vault.put('admin-account', run.id, pack({ username: name, password }));
const holdPassword = (password: string): Promise<void> => vault.put('admin-password', run.id, new Secret(password));
const heldPassword = async (): Promise<string> => (await vault.get('admin-password', run.id))?.reveal() ?? '';

function perform(step: UemStepId): Promise<StepResult> {
  const context: StepContext = {
    run,
    now: () => 0,
    wait: async (duration) => void pauses.push(duration),
    signal: stop.signal,
    countConsoleCall: () => counted++,
    onProgress: () => undefined,
  };
  return performUemStep(step, context, createUemParts(context));
}

async function failureOf(step: UemStepId): Promise<Failure> {
  const failure = await perform(step).then(
    () => undefined,
    (thrown: unknown) => {
      if (thrown instanceof KeyferryError) return thrown.failure;
      throw thrown;
    },
  );
  if (!failure) throw new Error('no failure');
  for (const secret of [...environment.secrets(), await heldPassword()]) if (secret !== '') expect(JSON.stringify(failure)).not.toContain(secret);
  return failure;
}

const edits = (paths: readonly string[]) => Object.fromEntries(paths.map((path) => [path, 'edit'] as const));
const vendorPaths = vendor.categories.map(({ path }) => path);
const addRole = (paths: readonly string[] = vendorPaths) => environment.addRole({ name: roleName, categories: edits(paths) });
const theAdmin = () => environment.allAdmins.filter((one) => one.username.toLowerCase() === username);
const hostsCalled = (): string[] => [...new Set(calls.map((call) => call.split(' ')[0]!))];

describe('the administrator by API', () => {
  beforeEach(() => hold());

  it('made at the top group with its role there, and a password that nobody gave', async () => {
    const role = addRole();
    expect(await perform('administrator')).toEqual({ step: 'administrator' });
    const top = environment.topGroup.id;
    expect(theAdmin()).toMatchObject([{ organizationGroupId: top, roles: [{ roleId: role.id, organizationGroupId: top }], type: 'basic', active: true, requiresPasswordChange: false, email: 'it@contoso.example' }]);
    const password = await heldPassword();
    expect(password.length).toBeGreaterThan(20);
    expect(environment.findByPassword(username, password)).toBeDefined();
    expect(counted).toBe(calls.length);
  });

  it('the password that the form was given already is the one', async () => {
    addRole();
    await holdPassword('From-the-form-1');
    await perform('administrator');
    expect(environment.findByPassword(username, 'From-the-form-1')).toBeDefined();
  });

  it('a role that somebody holds is named by what it is, not by its name', async () => {
    addRole();
    environment.addAdmin({ username: 'somebody', password: 'Sandbox-some-1', role: roleName });
    environment.switches.roleByName = false;
    await perform('administrator');
    expect(theAdmin()).toHaveLength(1);
  });

  it('a role that cannot be found by its name: said in the console’s words, and the form is there', async () => {
    addRole();
    environment.switches.roleByName = false;
    const failure = await failureOf('administrator');
    expect(failure).toMatchObject({ code: 'console-refused', params: { status: '400', reason: `Role ${roleName} not found or user does not have access to it` }, certainty: 'not-done' });
    expect(theAdmin()).toEqual([]);
    const next = failed(apply(run, { type: 'by-api', at: tick(), clicks: 1 }).run, failure.code, failure.params).run;
    expect(next.phase).toMatchObject({ kind: 'needs-admin', step: 'administrator', ask: { kind: 'guide', failure: { code: 'console-refused' } } });
    expect(next.doubts).toEqual({});
  });

  it.each([username, username.toUpperCase()])('%s, who was there before, is left alone', async (name) => {
    addRole();
    environment.addAdmin({ username: name, password: 'Before-all-1', role: 'Read Only' });
    expect(await failureOf('administrator')).toMatchObject({ code: 'uem-admin-exists', params: { username } });
    expect(environment.findByPassword(username, 'Before-all-1')).toBeDefined();
  });

  it('who came about in this Run gets a new password', async () => {
    addRole();
    environment.addAdmin({ username, password: 'From-before-1', role: roleName });
    run = { ...run, made: { ...run.made, administrator: username } };
    await perform('administrator');
    expect(theAdmin()).toHaveLength(1);
    expect(environment.findByPassword(username, 'From-before-1')).toBeUndefined();
    expect(environment.findByPassword(username, await heldPassword())).toBeDefined();
  });

  it.each<[string, { username: string; password: string }, object]>([
    ['who may only look', WS1_LOGINS.auditor, { code: 'uem-right-missing', params: { category: 'API > REST > Admins', access: 'edit' } }],
    ['who may do nothing by API', WS1_LOGINS.helpDesk, { code: 'uem-right-missing', params: { category: 'API > REST > Admins', access: 'read' } }],
    ['with a wrong password', { ...WS1_LOGINS.admin, password: 'wrong' }, { code: 'uem-sign-in-refused', params: { account: WS1_LOGINS.admin.username } }],
    ['of the directory', WS1_LOGINS.directory, { code: 'uem-sign-in-refused' }],
  ])('an account %s', async (_who, login, failure) => {
    addRole();
    await hold(login);
    expect(await failureOf('administrator')).toMatchObject({ ...failure, certainty: 'not-done' });
    expect(theAdmin()).toEqual([]);
  });

  it('an account that sees a part of the tree makes it there', async () => {
    addRole();
    await hold(WS1_LOGINS.europe);
    await perform('administrator');
    expect(theAdmin()).toMatchObject([{ organizationGroupId: environment.findGroup('MER-EU')?.id, roles: [{ organizationGroupId: environment.findGroup('MER-EU')?.id }] }]);
  });

  it.each([['the account', 'admin-account', 'uem-admin-account-lost'], ['the key', 'api-key', 'uem-key-lost']] as const)('without %s', async (_what, kind, code) => {
    await vault.forget(kind, run.id);
    expect((await failureOf('administrator')).code).toBe(code);
    expect(calls).toEqual([]);
  });

  it.each(['made', 'refused'])('the admin’s own account is forgotten: %s', async (what) => {
    addRole();
    environment.switches.roleByName = what === 'made';
    await perform('administrator').catch(() => undefined);
    expect(theAdmin()).toHaveLength(what === 'made' ? 1 : 0);
    expect(await vault.get('admin-account', run.id)).toBeUndefined();
  });

  it('what is under way is let through where the admin stops', async () => {
    addRole();
    stop.abort();
    await perform('administrator');
    expect(theAdmin()).toHaveLength(1);
  });

  it('no secret is in an address', async () => {
    addRole();
    await perform('administrator');
    for (const secret of [...environment.secrets(), await heldPassword()]) expect(calls.join('\n')).not.toContain(secret);
  });
});

describe('the administrator, in doubt', () => {
  const doubt = (): void => void (run = { ...run, doubts: { administrator: 1 } });

  it('its answer was lost: it is the one', async () => {
    addRole();
    await hold();
    isAnswered = (call) => !/ POST .*\/admins/.test(call);
    expect(await failureOf('administrator')).toMatchObject({ code: 'console-unreachable', certainty: 'unknown' });
    isAnswered = () => true;
    const password = await heldPassword();
    doubt();
    await hold();
    await perform('administrator');
    expect(theAdmin()).toMatchObject([{ password }]);
    expect(await heldPassword()).toBe(password);
  });

  it('its role lacks everything: it is the one all the same', async () => {
    environment.addRole({ name: roleName });
    await hold();
    await holdPassword('From-this-Run-1');
    environment.addAdmin({ username, password: 'From-this-Run-1', role: roleName });
    doubt();
    expect(await perform('administrator')).toEqual({ step: 'administrator' });
    expect(theAdmin()).toHaveLength(1);
  });

  it('nothing came of it: made now', async () => {
    addRole();
    await hold();
    doubt();
    await perform('administrator');
    expect(environment.findByPassword(username, await heldPassword())).toBeDefined();
  });

  it.each(['another password', 'no password any more'])('somebody else’s of that name is left alone: %s', async (what) => {
    environment.addAdmin({ username, password: 'Before-all-1', role: 'Read Only' });
    await hold();
    if (what === 'another password') await holdPassword('From-this-Run-1');
    doubt();
    expect((await failureOf('administrator')).code).toBe('uem-admin-exists');
    expect(environment.findByPassword(username, 'Before-all-1')).toBeDefined();
    // One wrong password at most: more may lock its owner out.
    expect(calls.filter((call) => call.endsWith('/system/info')).length).toBeLessThanOrEqual(1);
  });

  it('a new password that was not set is set now', async () => {
    addRole();
    environment.addAdmin({ username, password: 'From-before-1', role: roleName });
    await hold();
    await holdPassword('From-this-Run-2');
    run = { ...run, made: { ...run.made, administrator: username } };
    doubt();
    await perform('administrator');
    expect(environment.findByPassword(username, 'From-this-Run-2')).toBeDefined();
  });
});

/** The account as it is after the steps before. */
async function addAccount(password = 'From-the-form-1'): Promise<void> {
  environment.addAdmin({ username, password, role: roleName });
  await holdPassword('From-the-form-1');
}

describe('the proof', () => {
  it('with all rights', async () => {
    addRole();
    await addAccount();
    const result = await perform('uem-proof');
    expect(result).toMatchObject({ proof: { apiAddress: `https://${rule}`, devices: 300, quota: { limit: 250_000 } } });
    if (result.step !== 'uem-proof') throw new Error('another step');
    expect(result.proof.version).toMatch(/^\d+\.\d+/);
    expect(result.proof.groups).toHaveLength(environment.counts().organizationGroups);
    expect(result.proof.groups[0]).toEqual({ id: String(environment.topGroup.id), name: environment.topGroup.name, code: environment.topGroup.groupId, devices: 300 });
    expect(result.proof.groups.filter(({ devices }) => devices === 0)).toHaveLength(1);
    expect([pauses, counted]).toEqual([[], calls.length]);
  });

  it('with the permissions of the least role', async () => {
    const least = harmonyMobileWorkspaceOne.roles[1]!;
    environment.addRole({ name: roleName, permissions: Object.fromEntries(least.permissions.map(({ name, access }) => [name, access])) });
    await addAccount();
    run = { ...run, setup: { ...run.setup, uem: { ...run.setup.uem!, role: { ...run.setup.uem!.role, variant: 'least' } } } };
    expect(await perform('uem-proof')).toMatchObject({ proof: { devices: 300 } });
  });

  it.each(['API > REST > Devices', 'API > REST > Groups', 'Settings > Tags > Tags'])('without %s', async (missing) => {
    addRole(vendorPaths.filter((path) => path !== missing));
    await addAccount();
    expect(await failureOf('uem-proof')).toMatchObject({ code: 'uem-rights-missing', params: { names: [missing], account: username }, certainty: 'not-done' });
    expect(pauses).toEqual([3_000, 6_000]);
  });

  it('a role that not every server knows yet is waited for', async () => {
    const role = addRole([]);
    await addAccount();
    vi.spyOn(pauses, 'push').mockImplementation(() => {
      environment.saveRole(role.id, { ...role, categories: edits(vendorPaths) });
      return 1;
    });
    expect(await perform('uem-proof')).toMatchObject({ proof: { devices: 300 } });
  });

  it.each<[string, () => unknown, Failure['code'], string]>([
    ['a wrong password', () => environment.changePassword(theAdmin()[0]!.id, 'Another-one-1'), 'uem-sign-in-refused', 'administrator'],
    ['no password any more', () => vault.forget('admin-password', run.id), 'uem-password-lost', 'administrator'],
    ['no key any more', () => vault.forget('api-key', run.id), 'uem-key-lost', 'api-key'],
    ['an unknown key', () => vault.put('api-key', run.id, new Secret('bm90IGEga2V5IGF0IGFsbA==')), 'uem-key-refused', 'api-key'],
    ['the API switched off', () => environment.setApiEnabled(false), 'uem-api-disabled', 'api-key'],
    ['Basic switched off', () => environment.setBasicEnabled(false), 'uem-basic-disabled', 'api-key'],
    ['a key for enrollment users', () => vault.put('api-key', run.id, new Secret(environment.addApiKey({ service: 'e', accountType: 'Enrollment User' }).value)), 'uem-sign-in-refused', 'administrator'],
  ])('%s', async (_what, change, code, mendedAt) => {
    addRole();
    await addAccount();
    await change();
    const failure = await failureOf('uem-proof');
    expect(failure).toMatchObject({ code, certainty: 'not-done' });
    // A console locks an account after some wrong passwords.
    expect(calls.length).toBeLessThanOrEqual(3);
    expect(failed(at('uem-proof'), failure.code, failure.params).run.phase).toMatchObject({ kind: 'needs-admin', step: mendedAt });
  });

  it('is given up where the admin stops', async () => {
    addRole();
    await addAccount();
    stop.abort();
    expect((await failureOf('uem-proof')).code).toBe('console-unreachable');
  });
});

describe('tags', () => {
  const proven = (): void => void (run = { ...at('tags'), id: run.id });

  it('made at the top group, those that are there found, twice the same', async () => {
    addRole();
    await addAccount();
    proven();
    environment.addTag({ name: tags[0]! });
    expect(await perform('tags')).toEqual({ step: 'tags', tags: { created: tags.slice(1), found: [tags[0]], missing: [] } });
    expect(environment.tags().filter(({ name, organizationGroupId }) => tags.includes(name) && organizationGroupId === environment.topGroup.id)).toHaveLength(tags.length);
    expect(await perform('tags')).toEqual({ step: 'tags', tags: { created: [], found: tags, missing: [] } });
  });

  it('one in other letter case is there', async () => {
    addRole();
    await addAccount();
    proven();
    environment.addTag({ name: tags[0]!.toLowerCase() });
    expect(await perform('tags')).toMatchObject({ tags: { created: tags.slice(1), found: [tags[0]] } });
  });

  it('a role that may only see them: named', async () => {
    const { id } = addRole(vendorPaths.filter((path) => path !== 'Settings > Tags > Tags'));
    const role = environment.roles().find((one) => one.id === id)!;
    environment.saveRole(id, { ...role, categories: { ...role.categories, 'Settings > Tags > Tags': 'read' } });
    await addAccount();
    proven();
    environment.addTag({ name: tags[2]! });
    expect(await perform('tags')).toEqual({ step: 'tags', tags: { created: [], found: [tags[2]], missing: tags.filter((name) => name !== tags[2]) } });
  });
});

describe('where the API is', () => {
  beforeEach(async () => {
    addRole();
    await addAccount();
  });
  const foundBy = async (): Promise<unknown> => {
    const result = await perform('uem-proof');
    return result.step === 'uem-proof' && result.proof.apiAddress;
  };
  const show = (apiAddress: string): void => void (run = { ...run, seen: { apiAddress } });

  it('by the vendor’s rule', async () => {
    expect([await foundBy(), hostsCalled()]).toEqual([`https://${rule}`, [rule]]);
  });

  it('where the page says, and nowhere else', async () => {
    const other = 'as2060.awmdm.com';
    hosts.set(other, hosts.get(rule)!);
    show(`https://${other}/API`);
    expect([await foundBy(), hostsCalled()]).toEqual([`https://${other}`, [other]]);
    hosts.delete(other);
    expect(await failureOf('uem-proof')).toMatchObject({ code: 'console-unreachable', params: { host: other } });
    expect(hostsCalled()).toEqual([other]);
  });

  it.each<[string, () => unknown]>([
    ['nobody answers', () => hosts.delete(rule)],
    ['a web page answers', () => hosts.set(rule, () => new Response('<!DOCTYPE html><title>Welcome</title>', { headers: { 'content-type': 'text/html' } }))],
  ])('at the console itself, where %s by the rule', async (_what, change) => {
    change();
    expect([await foundBy(), hostsCalled()]).toEqual([`https://${consoleHost}`, [rule, consoleHost]]);
  });

  it('for the administrator, too: looked for by reading', async () => {
    environment.deleteAdmin(theAdmin()[0]!.id);
    hosts.delete(rule);
    await hold();
    await perform('administrator');
    expect(theAdmin()).toHaveLength(1);
    expect(calls.filter((call) => !call.startsWith(consoleHost))).toEqual([`${rule} GET /api/system/admins/search`]);
  });

  it('on the customer’s own host', async () => {
    open('uem-umbra');
    addRole();
    await addAccount();
    await vault.put('api-key', run.id, new Secret(environment.addApiKey({ service: 'HarmonyMobile' }).value));
    const origin = 'https://uem.umbra.example';
    run = { ...run, setup: { ...run.setup, tenant: { console: 'workspace-one', key: 'uem.umbra.example', origin, base: origin } } };
    expect([await foundBy(), hostsCalled()]).toEqual([origin, ['uem.umbra.example']]);
  });

  it('where the proof found it', async () => {
    hosts.delete(rule);
    run = { ...at('tags'), id: run.id };
    run.seen.uemProof = { ...run.seen.uemProof!, apiAddress: `https://${consoleHost}` };
    await perform('tags');
    expect(hostsCalled()).toEqual([consoleHost]);
  });
});
