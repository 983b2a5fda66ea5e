import type { ConsoleId } from '../consoles/console.ts';
import type { ServiceId } from '../services/service.ts';
import { adminaJamfPro } from './admina-jamf-pro.ts';
import type { Recipe } from './recipe.ts';

const recipes: Recipe[] = [adminaJamfPro];

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
