import { describe, expect, it } from 'vitest';
import { en } from '../../components/text/en.ts';
import { allRecipes } from '../../test/recipes/all.ts';
import { problemsOf, type AnyRecipe } from '../../test/recipes/check.ts';
import { PRIVILEGES } from '../../test/sandbox/jamf-pro/privileges.ts';
import { categories } from '../consoles/workspace-one/api-errors.ts';
import { jamfPro } from '../consoles/jamf-pro/adapter.ts';
import { adminaJamfPro } from './admina-jamf-pro.ts';
import { documentedJamfPro } from './documented-jamf-pro.ts';
import { harmonyMobileWorkspaceOne } from './harmony-mobile-workspace-one.ts';
import { categoriesOf, fillTarget, privilegesFor } from './recipe.ts';
import { findRecipe, findUemRecipe, getRecipe, getUemRecipe } from './registry.ts';

const recipes = allRecipes();

describe.each(recipes)('$id', (recipe) => {
  it('is sound', () => expect(problemsOf(recipe, [en])).toEqual([]));
});

it('each has its own id', () => expect(new Set(recipes.map(({ id }) => id)).size).toBe(recipes.length));

describe('what is wrong with a recipe is said', () => {
  const [accounts, devices] = adminaJamfPro.dataSets;
  const [client] = documentedJamfPro;
  const uem = harmonyMobileWorkspaceOne;
  const [vendor] = uem.roles;
  const { dataSets: _none, ...wordless } = en;
  it.each<[problem: string, recipe: AnyRecipe]>([
    ['no source', { ...adminaJamfPro, sources: [] }],
    ['source without address or month: a page', { ...adminaJamfPro, sources: ['a page'] }],
    ['unverified: empty, or with spaces around it', { ...adminaJamfPro, unverified: [' '] }],
    ['data set twice: accounts', { ...adminaJamfPro, dataSets: [accounts!, accounts!, devices!] }],
    ['no data set is required', { ...adminaJamfPro, dataSets: [devices!] }],
    ['devices: no privilege', { ...adminaJamfPro, dataSets: [accounts!, { ...devices!, privileges: [] }] }],
    ['devices: not a privilege of Jamf Pro: Read Everything', { ...adminaJamfPro, dataSets: [accounts!, { ...devices!, privileges: ['Read Everything'] }] }],
    ['privilege of devices twice: Read Computers', { ...adminaJamfPro, dataSets: [accounts!, { ...devices!, privileges: ['Read Computers', 'Read Computers'] }] }],
    ['a token should last between a minute and a day, not 3 s', { ...adminaJamfPro, tokenLifetime: 3 }],
    ['target: nothing is called {hots}', { ...adminaJamfPro, target: '{hots}' }],
    ['target names no part of the console’s address', { ...adminaJamfPro, target: 'acme' }],
    ['ask twice: group', { ...adminaJamfPro, asks: [1, 2].map(() => ({ id: 'group', name: 'Group', placeholder: '', isRequired: true })) }],
    ['accounts: no role that gives its rights', { ...adminaJamfPro, console: 'workspace-one' }],
    ['not a role of the console: Read Everything', { ...adminaJamfPro, console: 'workspace-one', builtInRole: 'Read Everything' }],
    ['no role', { ...uem, roles: [] }],
    ['no way to sign in', { ...uem, access: [] }],
    ['role vendor gives nothing', { ...uem, roles: [{ id: 'vendor', name: 'a', description: 'b', categories: [], permissions: [] }] }],
    ['role vendor: not a role of the console: Reader', { ...uem, roles: [{ ...vendor!, copyOf: 'Reader' }] }],
    ['role vendor: not a category of the console: API > REST > Device', { ...uem, roles: [{ ...vendor!, categories: [{ path: 'API > REST > Device', access: 'edit' }] }] }],
    ['tag twice: A', { ...uem, tags: ['A', 'A'] }],
    ['client: not a privilege of Jamf Pro: read computers', { ...client!, privileges: ['read computers'] }],
  ])('%s', (problem, recipe) => expect(problemsOf(recipe, [en])).toContain(problem));

  it('a language without a word for its data', () => {
    expect(problemsOf(adminaJamfPro, [{ ...wordless, locale: 'xx', dataSets: {} } as unknown as typeof en])).toEqual(['xx: no wording for the data set accounts', 'xx: no wording for the data set devices']);
  });
});

it('is found by console and service', () => {
  expect(findRecipe('jamf-pro', 'integration-api')).toBe(adminaJamfPro);
  expect(findUemRecipe('workspace-one', 'harmony-mobile')).toBe(harmonyMobileWorkspaceOne);
  expect([findRecipe('workspace-one', 'harmony-mobile'), findUemRecipe('jamf-pro', 'harmony-mobile'), findRecipe('jamf-pro', 'nowhere')]).toEqual([undefined, undefined, undefined]);
  expect(() => getRecipe('jamf-pro', 'nowhere')).toThrow('no recipe');
  expect(() => getUemRecipe('workspace-one', 'nowhere')).toThrow('no recipe');
});

it('asks for nothing that was not chosen', () => {
  for (const recipe of recipes) {
    if (!('dataSets' in recipe)) continue;
    const required = recipe.dataSets.filter((set) => set.required).flatMap((set) => set.privileges);
    expect(privilegesFor(recipe, [])).toEqual([...new Set(required)]);
    for (const set of recipe.dataSets) {
      const names = privilegesFor(recipe, [set.id]);
      expect(names).toEqual([...new Set(names)]);
      expect([...names].sort()).toEqual([...new Set([...required, ...set.privileges])].sort());
    }
  }
});

it('writes the console as the service wants it', () => {
  const acme = { key: 'cn1234', base: 'https://cn1234.awmdm.com/a', apiAddress: 'https://as1234.awmdm.com' };
  expect(fillTarget('{key} {host} {base} {apiHost} {apiAddress}/API {other}', acme)).toBe('cn1234 cn1234.awmdm.com/a https://cn1234.awmdm.com/a as1234.awmdm.com https://as1234.awmdm.com/API {other}');
});

describe('Harmony Mobile and Workspace ONE UEM', () => {
  const [vendor, least] = harmonyMobileWorkspaceOne.roles;

  it('the vendor\'s role is a copy of Read Only with six categories at Edit', () => {
    expect(vendor).toMatchObject({ id: 'vendor', copyOf: 'Read Only', name: 'api_admin_role', permissions: [] });
    expect(vendor!.categories).toHaveLength(6);
    expect(vendor!.categories.every(({ access }) => access === 'edit')).toBe(true);
    expect(harmonyMobileWorkspaceOne.warnings).toContain('bulk-management-wipes');
  });

  it('the proof looks at categories that this role names', () => {
    const named = categoriesOf(vendor!);
    for (const category of [categories.devices, categories.groups, categories.tags]) expect(named).toContain(category);
    expect(categoriesOf(least!)).toEqual([]);
  });

  it('the least role wipes nothing', () => {
    expect(least!.permissions.map(({ name }) => name).filter((name) => /wipe|delete/i.test(name))).toEqual([]);
  });
});

describe('Jamf Pro', () => {
  const offered = new Set<string>(PRIVILEGES);

  it('the sandbox offers what one version of the product does', () => expect(offered.size).toBe(501));

  it('every right that a Run needs is one of the console\'s', () => {
    expect(Object.values(jamfPro.rights).flat().filter((name) => !offered.has(name))).toEqual([]);
  });
});
