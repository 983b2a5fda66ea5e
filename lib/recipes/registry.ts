import type { ConsoleId } from '../consoles/console.ts';
import type { ServiceId } from '../services/service.ts';
import { adminaJamfPro } from './admina-jamf-pro.ts';
import { harmonyMobileWorkspaceOne } from './harmony-mobile-workspace-one.ts';
import type { Recipe, UemRecipe } from './recipe.ts';

const recipes: Recipe[] = [adminaJamfPro];
const uemRecipes: UemRecipe[] = [harmonyMobileWorkspaceOne];

/** The recipe that joins a console and a service, or `undefined` where the two do not go together. */
export function findRecipe(console: ConsoleId, service: ServiceId): Recipe | undefined {
  return recipes.find((recipe) => recipe.console === console && recipe.services.includes(service));
}

/** @throws {Error} where the two do not go together: the caller has checked before */
export function getRecipe(console: ConsoleId, service: ServiceId): Recipe {
  const recipe = findRecipe(console, service);
  if (!recipe) throw new Error(`no recipe for ${console} and ${service}`);
  return recipe;
}

/** The recipe of the course "UEM" that joins a console and a service, or `undefined` where the two do not go together. */
export function findUemRecipe(console: ConsoleId, service: ServiceId): UemRecipe | undefined {
  return uemRecipes.find((recipe) => recipe.console === console && recipe.service === service);
}

/** @throws {Error} likewise */
export function getUemRecipe(console: ConsoleId, service: ServiceId): UemRecipe {
  const recipe = findUemRecipe(console, service);
  if (!recipe) throw new Error(`no recipe for ${console} and ${service}`);
  return recipe;
}
