import { describe, expect, it } from 'vitest';
import { PRIVILEGES } from '../../test/sandbox/jamf-pro/privileges.ts';
import { consoleIds } from '../consoles/console.ts';
import { jamfPro } from '../consoles/jamf-pro/adapter.ts';
import { services } from '../services/registry.ts';
import { dataSetIds, fillTarget, privilegesFor } from './recipe.ts';
import { findRecipe, getRecipe } from './registry.ts';

const recipes = consoleIds.flatMap((console) => services.flatMap(({ id }) => findRecipe(console, id) ?? []));
/** What the console offers, by console. */
const offered = { 'jamf-pro': new Set(PRIVILEGES), 'workspace-one': new Set<string>() } as const;

it('the sandbox offers what one version of the product does', () => {
  expect(offered['jamf-pro'].size).toBe(501);
});

it('there is a recipe for each console that Keyferry knows', () => {
  expect(recipes.length).toBeGreaterThan(0);
  expect(() => getRecipe('jamf-pro', 'nowhere')).toThrow('no recipe');
});

describe.each(recipes)('$id', (recipe) => {
  it.each(recipe.dataSets)('$id: each privilege is one of the console\'s, spelled as there', ({ privileges }) => {
    expect(privileges.length).toBeGreaterThan(0);
    expect(privileges.filter((name) => !offered[recipe.console].has(name))).toEqual([]);
    expect(new Set(privileges).size).toBe(privileges.length);
  });

  it('has each data set once, one of them required', () => {
    const ids = recipe.dataSets.map((set) => set.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.every((id) => dataSetIds.includes(id))).toBe(true);
    expect(recipe.dataSets.some((set) => set.required)).toBe(true);
  });

  it('asks for nothing that was not chosen', () => {
    const required = recipe.dataSets.filter((set) => set.required).flatMap((set) => set.privileges);
    expect(privilegesFor(recipe, [])).toEqual([...new Set(required)]);
    for (const set of recipe.dataSets) {
      const names = privilegesFor(recipe, [set.id]);
      expect(names).toEqual([...new Set(names)]);
      expect([...names].sort()).toEqual([...new Set([...required, ...set.privileges])].sort());
    }
  });

  it('says where its facts come from, and how long a token lasts', () => {
    expect(recipe.sources.length).toBeGreaterThan(0);
    for (const source of recipe.sources) expect(source).toMatch(/^https:\/\/\S+ \(\d{4}-\d{2}/);
    expect(recipe.tokenLifetime).toBeGreaterThanOrEqual(60);
    expect(recipe.tokenLifetime).toBeLessThanOrEqual(86_400);
  });
});

it('writes the console as the service wants it', () => {
  const acme = { key: 'cn1234', base: 'https://cn1234.awmdm.com/a', apiAddress: 'https://as1234.awmdm.com' };
  expect(fillTarget('{key} {host} {base} {apiHost} {apiAddress}/API {other}', acme)).toBe('cn1234 cn1234.awmdm.com/a https://cn1234.awmdm.com/a as1234.awmdm.com https://as1234.awmdm.com/API {other}');
});

it('every right that a Run needs is one of the console\'s', () => {
  const names = Object.values(jamfPro.rights).flat();
  expect(names.filter((name) => !offered['jamf-pro'].has(name))).toEqual([]);
});
