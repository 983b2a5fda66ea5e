import { describe, expect, test } from 'vitest';
import { BUILT_IN_ROLES, CATEGORIES, findPermission, permissionsOf } from './permissions.ts';

const HARMONY = [
  'API > REST > Devices',
  'API > REST > Groups',
  'Device Management > Bulk Management',
  'Device Management > Compliance',
  'Monitor > Reports > General',
  'Settings > Tags > Tags',
];
/** Check Point's finer list, as far as it is public. */
const FINER = [
  ['REST API Apps Read', 'read'],
  ['REST API Devices Write', 'edit'],
  ['REST API Devices Read', 'read'],
  ['REST API Apps For Device Read', 'read'],
  ['REST API Smart Groups Read', 'read'],
  ['REST API User Groups Read', 'read'],
  ['REST API Groups Read', 'read'],
  ['REST API User Groups Execute', 'edit'],
  ['Device Bulk Management assign Tags', 'edit'],
  ['View Tag', 'read'],
] as const;

describe('the category tree', () => {
  test('names every category and every permission once', () => {
    const paths = CATEGORIES.map(({ path }) => path);
    const names = CATEGORIES.flatMap(({ permissions }) => permissions.map(({ name }) => name));
    expect(new Set(paths).size).toBe(paths.length);
    expect(new Set(names).size).toBe(names.length);
    expect(paths.length).toBeGreaterThan(60);
    // A category is never a folder of others too.
    expect(paths.filter((path) => paths.some((other) => other.startsWith(`${path} > `)))).toEqual([]);
  });
  test.each(HARMONY)('has %s, with something to read and something to edit', (path) => {
    const accesses = CATEGORIES.find((one) => one.path === path)?.permissions.map(({ access }) => access);
    expect(new Set(accesses)).toEqual(new Set(['read', 'edit']));
  });
  test.each(FINER)('has the permission %s in the %s column', (name, access) => expect(findPermission(name)).toBe(access));
});

describe('what a role grants', () => {
  test.each([
    ['nothing', {}, {}, []],
    ['a category at Read: what is to read', { 'Settings > Tags > Tags': 'read' }, {}, ['Tag Management View', 'View Tag']],
    ['a category at Edit: all of it', { 'Settings > Tags > Tags': 'edit' }, {}, ['Add Tag', 'Delete Tag', 'Edit Tag', 'Tag Management View', 'View Tag']],
    ['single permissions', {}, { 'View Tag': 'read', 'REST API Devices Write': 'edit' }, ['REST API Devices Write', 'View Tag']],
    ['both', { 'API > SOAP > Groups': 'read' }, { 'View Tag': 'read' }, ['SOAP API Groups Read', 'View Tag']],
    ['unknown names: nothing', { 'No > Such': 'edit' }, { 'No such': 'edit' }, []],
  ] as const)('%s', (_, categories, permissions, granted) => {
    expect([...permissionsOf({ categories, permissions })].toSorted()).toEqual(granted);
  });

  test('Edit on Bulk Management includes wipes', () => {
    expect(permissionsOf({ categories: { 'Device Management > Bulk Management': 'edit' }, permissions: {} })).toContain('Device Bulk Management Device Wipe');
  });

  const roles = new Map(BUILT_IN_ROLES.map((role) => [role.name, permissionsOf({ ...role, permissions: {} })]));
  test.each([
    ['Read Only', 'REST API Devices Read', true],
    ['Read Only', 'REST API Devices Write', false],
    ['Read Only', 'Add Tag', false],
    ['API Only', 'REST API Devices Write', true],
    ['API Only', 'REST API Admins Write', true],
    ['API Only', 'View Admin Role', false],
    ['API Only', 'View Tag', false],
    ['Console Administrator', 'Edit REST API Settings', true],
    ['Console Administrator', 'Copy Admin Role', true],
    ['Device Manager', 'REST API Admins Read', true],
    ['Device Manager', 'REST API Admins Write', false],
    ['Help Desk', 'REST API Devices Read', false],
  ])('%s and "%s": %s', (role, permission, isGranted) => expect(roles.get(role)?.has(permission)).toBe(isGranted));
});
