import { describe, expect, it } from 'vitest';
import { PRIVILEGES } from '../../test/sandbox/jamf-pro/privileges.ts';
import { BUILT_IN_ROLES, findCategory, findPermission } from '../../test/sandbox/workspace-one/permissions.ts';
import { categories } from '../consoles/workspace-one/api-errors.ts';
import { clientRecipes, findUemRecipe, uemRecipes } from './documented.ts';
import { categoriesOf, recipeWarnings } from './recipe.ts';

const offered = new Set<string>(PRIVILEGES);
const unique = (values: readonly string[]): void => expect(new Set(values).size).toBe(values.length);
const filled = (values: readonly string[]): void => {
  for (const value of values) expect(value).toMatch(/^\S(?:.*\S)?$/);
};

it('each recipe has its own id', () => unique([...uemRecipes, ...clientRecipes].map(({ id }) => id)));

it('is found by its service', () => {
  for (const recipe of uemRecipes) expect(findUemRecipe(recipe.service)).toBe(recipe);
  expect(findUemRecipe('nowhere')).toBeUndefined();
});

describe.each([...uemRecipes, ...clientRecipes])('$id', ({ service, asks, sources, unverified }) => {
  it('names its service, what that asks for, where the facts come from, and what nobody could check', () => {
    filled([service, ...asks, ...unverified]);
    unique(asks);
    expect(asks.length).toBeGreaterThan(1);
    expect(unverified.length).toBeGreaterThan(0);
    expect(sources.length).toBeGreaterThan(0);
    for (const source of sources) expect(source).toMatch(/^https:\/\/\S+ \(\d{4}-\d{2}/);
  });
});

describe.each(uemRecipes)('$id', ({ roles, access, tags = [], warnings }) => {
  it('has a way in, a role, tags once each, and warnings that have a wording', () => {
    expect(access.length).toBeGreaterThan(0);
    expect(roles.length).toBeGreaterThan(0);
    unique(roles.map(({ id }) => id));
    unique(roles.map(({ name }) => name));
    unique(access);
    unique(tags);
    filled(tags);
    for (const warning of warnings) expect(recipeWarnings).toContain(warning);
  });

  it.each(roles)('role $id: categories and permissions once each, as the product has them', ({ name, description, copyOf, categories: set, permissions }) => {
    filled([name, description]);
    unique(set.map(({ path }) => path));
    unique(permissions.map((one) => one.name));
    // A role that gives nothing would sign in and see nothing.
    expect(set.length + permissions.length > 0 || copyOf !== undefined).toBe(true);
    if (copyOf !== undefined) expect(BUILT_IN_ROLES.map((role) => role.name)).toContain(copyOf);
    for (const { path } of set) {
      expect(path.split(' > ').length).toBeGreaterThan(1);
      expect(findCategory(path)?.path).toBe(path);
    }
    for (const one of permissions) expect([one.name, findPermission(one.name)]).toEqual([one.name, one.access]);
  });
});

describe('Harmony Mobile and Workspace ONE UEM', () => {
  const { roles, warnings } = findUemRecipe('harmony-mobile')!;
  const [vendor, least] = roles;

  it('the vendor\'s role is a copy of Read Only with six categories at Edit', () => {
    expect(vendor).toMatchObject({ id: 'vendor', copyOf: 'Read Only', name: 'api_admin_role', permissions: [] });
    expect(vendor!.categories).toHaveLength(6);
    expect(vendor!.categories.every(({ access }) => access === 'edit')).toBe(true);
    expect(warnings).toContain('bulk-management-wipes');
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

describe.each(clientRecipes)('$id', ({ privileges, tokenLifetime }) => {
  it('each privilege is one of Jamf Pro\'s, spelled as there', () => {
    expect(privileges.length).toBeGreaterThan(0);
    expect(privileges.filter((name) => !offered.has(name))).toEqual([]);
    unique(privileges);
  });

  it('a token lasts between a minute and a day, where it is said', () => {
    expect(tokenLifetime === undefined || (tokenLifetime >= 60 && tokenLifetime <= 86_400)).toBe(true);
  });
});
