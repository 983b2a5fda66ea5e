import type { Messages } from '../../components/text/messages.ts';
import { dataSetIds, type ClientRecipe, type Recipe, type UemRecipe } from '../../lib/recipes/recipe.ts';
import { PRIVILEGES } from '../sandbox/jamf-pro/privileges.ts';
import { BUILT_IN_ROLES, findCategory, findPermission } from '../sandbox/workspace-one/permissions.ts';

/*
 * What a recipe has to keep to, each rule in one sentence that says what is wrong with which value. The lists of what the consoles
 * offer are the sandbox's, which its own tests hold against the vendors' descriptions.
 */

export type AnyRecipe = Recipe | UemRecipe | ClientRecipe;

const jamfPro = new Set<string>(PRIVILEGES);
const builtInRoles = new Set(BUILT_IN_ROLES.map((role) => role.name));
const placeholders = new Set(['key', 'host', 'base', 'apiHost', 'apiAddress']);
/** s */
const lifetime = { min: 60, max: 86_400 };

/** @returns one sentence for each problem; none for a sound recipe */
export function problemsOf(recipe: AnyRecipe, languages: readonly Messages[]): string[] {
  return [
    ...repeated('source', recipe.sources),
    ...(recipe.sources.length === 0 ? ['no source'] : []),
    ...recipe.sources.filter((source) => !/^https:\/\/\S+ \(\d{4}-\d{2}/.test(source)).map((source) => `source without address or month: ${source}`),
    ...blank('unverified', recipe.unverified),
    ...('dataSets' in recipe ? recipeProblems(recipe, languages) : 'roles' in recipe ? uemProblems(recipe, languages) : clientProblems(recipe)),
  ];
}

function recipeProblems({ console, dataSets, tokenLifetime, target, asks, builtInRole }: Recipe, languages: readonly Messages[]): string[] {
  const ids = dataSets.map(({ id }) => id);
  return [
    ...repeated('data set', ids),
    ...ids.filter((id) => !dataSetIds.includes(id)).map((id) => `unknown data set: ${id}`),
    ...(dataSets.some(({ required }) => required) ? [] : ['no data set is required']),
    ...dataSets.flatMap(({ id, privileges }) => (console === 'jamf-pro' ? privilegeProblems(id, privileges) : builtInRole === undefined ? [`${id}: no role that gives its rights`] : [])),
    ...(builtInRole !== undefined && !builtInRoles.has(builtInRole) ? [`not a role of the console: ${builtInRole}`] : []),
    ...lifetimeProblems(tokenLifetime),
    ...[...target.matchAll(/\{([^}]*)\}/g)].map((match) => match[1] ?? '').filter((name) => !placeholders.has(name)).map((name) => `target: nothing is called {${name}}`),
    ...(/\{\w+\}/.test(target) ? [] : ['target names no part of the console’s address']),
    ...repeated('ask', asks.map(({ id }) => id)),
    ...blank('ask', asks.flatMap(({ id, name }) => [id, name])),
    ...languages.flatMap((text) => ids.filter((id) => !text.dataSets[id]).map((id) => `${text.locale}: no wording for the data set ${id}`)),
  ];
}

function uemProblems({ roles, access, asks, tags = [], warnings }: UemRecipe, languages: readonly Messages[]): string[] {
  return [
    ...(access.length === 0 ? ['no way to sign in'] : []),
    ...(roles.length === 0 ? ['no role'] : []),
    ...repeated('way to sign in', access),
    ...repeated('role', roles.map(({ id }) => id)),
    ...repeated('name of a role', roles.map(({ name }) => name)),
    ...repeated('tag', tags),
    ...repeated('ask', asks),
    ...blank('tag', tags),
    ...blank('ask', asks),
    ...roles.flatMap(({ id, name, description, copyOf, categories, permissions }) => [
      ...blank(`role ${id}`, [name, description]),
      ...repeated(`category of role ${id}`, categories.map(({ path }) => path)),
      ...repeated(`permission of role ${id}`, permissions.map((one) => one.name)),
      // It would sign in and see nothing.
      ...(categories.length + permissions.length === 0 && copyOf === undefined ? [`role ${id} gives nothing`] : []),
      ...(copyOf !== undefined && !builtInRoles.has(copyOf) ? [`role ${id}: not a role of the console: ${copyOf}`] : []),
      ...categories.filter(({ path }) => findCategory(path)?.path !== path).map(({ path }) => `role ${id}: not a category of the console: ${path}`),
      ...permissions.filter((one) => findPermission(one.name) !== one.access).map((one) => `role ${id}: not a permission of the console at ${one.access}: ${one.name}`),
    ]),
    ...languages.flatMap((text) => warnings.filter((warning) => !text.warnings[warning]).map((warning) => `${text.locale}: no wording for the warning ${warning}`)),
  ];
}

function clientProblems({ privileges, tokenLifetime, asks }: ClientRecipe): string[] {
  return [...privilegeProblems('client', privileges), ...(tokenLifetime === undefined ? [] : lifetimeProblems(tokenLifetime)), ...repeated('ask', asks), ...blank('ask', asks)];
}

function privilegeProblems(where: string, privileges: readonly string[]): string[] {
  return [
    ...(privileges.length === 0 ? [`${where}: no privilege`] : []),
    ...privileges.filter((name) => !jamfPro.has(name)).map((name) => `${where}: not a privilege of Jamf Pro: ${name}`),
    ...repeated(`privilege of ${where}`, privileges),
  ];
}

function lifetimeProblems(seconds: number): string[] {
  return seconds >= lifetime.min && seconds <= lifetime.max ? [] : [`a token should last between a minute and a day, not ${String(seconds)} s`];
}

function repeated(what: string, values: readonly string[]): string[] {
  return [...new Set(values.filter((value, index) => values.indexOf(value) !== index))].map((value) => `${what} twice: ${value}`);
}

function blank(what: string, values: readonly string[]): string[] {
  return values.some((value) => value.trim() === '' || value !== value.trim()) ? [`${what}: empty, or with spaces around it`] : [];
}
