import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { client, privileges, role, setup, startedAt } from '../../test/fixtures/run-samples.ts';
import { adminaJamfPro } from '../recipes/admina-jamf-pro.ts';
import { comparePrivileges, isClientRight, planRun, wantedPrivileges } from './plan.ts';
import type { Run } from './run.ts';
import { createRun } from './transition.ts';

const run = (seen: Run['seen'], changes: Partial<Run> = {}): Run => ({
  ...createRun('run-1', setup, 1, startedAt, { clicks: 1, consoleCalls: 0 }),
  seen: { organization: 'Org', role: null, client: null, registration: null, ...seen },
  ...changes,
});
const names = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { maxLength: 8 });

describe('comparePrivileges', () => {
  it.each<[string[], string[], string[], string[]]>([
    [[], [], [], []],
    [['a', 'b'], ['b', 'a'], [], []],
    [['a', 'a'], ['a'], [], []],
    [['a'], [], ['a'], []],
    [[], ['a', 'a'], [], ['a']],
    [['Read Sites'], ['read sites'], ['Read Sites'], ['read sites']],
  ])('%j and %j', (wanted, actual, missing, surplus) => {
    expect(comparePrivileges(wanted, actual)).toEqual({ missing, surplus });
  });

  it('is the difference both ways, whatever the order', () => {
    fc.assert(
      fc.property(names, names, (wanted, actual) => {
        const { missing, surplus } = comparePrivileges(wanted, actual);
        expect(new Set([...actual, ...missing].filter((name) => !surplus.includes(name)))).toEqual(new Set(wanted));
        expect(comparePrivileges(actual, wanted)).toEqual({ missing: surplus, surplus: missing });
      }),
    );
  });
});

it.each<[string, Partial<typeof client>, boolean]>([
  ['as made by us', {}, true],
  ['disabled', { enabled: false }, false],
  ['with another lifetime', { tokenLifetime: 60 }, false],
  ['without role', { roles: [] }, false],
  ['with another role', { roles: ['Other'] }, false],
  ['with one role too many', { roles: [setup.name, 'Other'] }, false],
])('a client %s', (_what, changes, isRight) => {
  expect(isClientRight({ ...client, ...changes }, setup.name, adminaJamfPro)).toBe(isRight);
});

it('waived privileges are not wanted', () => {
  expect(wantedPrivileges(run({}), adminaJamfPro)).toEqual(privileges);
  expect(wantedPrivileges(run({}, { waived: ['Read Sites', 'Other'] }), adminaJamfPro)).toEqual(privileges.filter((name) => name !== 'Read Sites'));
});

describe('planRun', () => {
  const short = { ...role, privileges: privileges.slice(1) };
  const wide = { ...role, privileges: [...privileges, 'Update Computers'] };
  const made = { secrets: 0 };

  it.each<[string, Run, object]>([
    ['nothing there', run({}), { role: 'create', client: 'create', registration: 'create', changes: [], rights: ['createRole', 'createClient', 'mintSecret'] }],
    ['a right role, in another order', run({ role: { ...role, privileges: [...privileges].reverse() } }), { role: 'keep', changes: [], rights: ['createClient', 'mintSecret'] }],
    ['a role with too little', run({ role: short }), { role: 'change', changes: [{ object: 'role', name: setup.name, missing: [privileges[0]], surplus: [] }], rights: ['updateRole', 'createClient', 'mintSecret'] }],
    ['a role with too much', run({ role: wide }), { role: 'change', changes: [{ object: 'role', surplus: ['Update Computers'] }] }],
    ['a role with too much, of our own', run({ role: wide }, { made: { ...made, role: { value: wide, origin: 'created' } } }), { role: 'change', changes: [] }],
    ['a role of our name that is another', run({ role: { ...wide, id: '99' } }, { made: { ...made, role: { value: role, origin: 'created' } } }), { role: 'change', changes: [{ object: 'role' }] }],
    // Whoever uses it loses the secret in use, so even a client that is right is asked about.
    ['a right client', run({ role, client }), { role: 'keep', client: 'keep', changes: [{ object: 'client', newSecret: true, otherRoles: [], enable: false }], rights: ['mintSecret'] }],
    ['a client that is off and has more', run({ role, client: { ...client, enabled: false, roles: ['Other', setup.name] } }), { client: 'change', changes: [{ object: 'client', otherRoles: ['Other'], enable: true }], rights: ['updateClient', 'mintSecret'] }],
    ['our own client', run({ role, client }, { made: { ...made, client: { value: client, origin: 'created' } } }), { client: 'keep', changes: [] }],
    ['a registration of somebody', run({ registration: { id: 'int-9', clientId: 'x' } }), { registration: 'update', changes: [{ object: 'registration', name: 'Org' }] }],
    ['our own registration', run({ registration: { id: 'int-1', clientId: 'c-1' } }, { made: { ...made, registration: { id: 'int-1', origin: 'created' } } }), { registration: 'update', changes: [] }],
    ['all of somebody', run({ role: short, client: { ...client, enabled: false }, registration: { id: 'int-9', clientId: 'x' } }), { role: 'change', client: 'change', registration: 'update', changes: [{ object: 'role' }, { object: 'client' }, { object: 'registration' }], rights: ['updateRole', 'updateClient', 'mintSecret'] }],
    ['a role without what was waived', run({ role: { ...role, privileges: privileges.slice(1) } }, { waived: [privileges[0]!] }), { role: 'keep', changes: [] }],
  ])('%s', (_what, given, expected) => {
    const before = structuredClone(given);
    expect(planRun(given, adminaJamfPro)).toMatchObject(expected);
    expect(given).toEqual(before);
  });
});
