import type { ConsoleId } from '../consoles/console.ts';
import { findService } from '../services/registry.ts';
import type { ServiceId } from '../services/service.ts';
import type { Recipe, UemRecipe } from './recipe.ts';

/** The recipe that joins a console and a service, or `undefined` where the two do not go together. */
export function findRecipe(console: ConsoleId, service: ServiceId): Recipe | undefined {
  return findService(service)?.recipes.find((recipe) => recipe.console === console);
}

/** @throws {Error} where the two do not go together: the caller has checked before */
export function getRecipe(console: ConsoleId, service: ServiceId): Recipe {
  const recipe = findRecipe(console, service);
  if (!recipe) throw new Error(`no recipe for ${console} and ${service}`);
  return recipe;
}

/** The recipe of the course "UEM" that joins a console and a service, or `undefined` where the two do not go together. */
export function findUemRecipe(console: ConsoleId, service: ServiceId): UemRecipe | undefined {
  const recipe = findService(service)?.uemRecipe;
  return recipe?.console === console ? recipe : undefined;
}

/** @throws {Error} likewise */
export function getUemRecipe(console: ConsoleId, service: ServiceId): UemRecipe {
  const recipe = findUemRecipe(console, service);
  if (!recipe) throw new Error(`no recipe for ${console} and ${service}`);
  return recipe;
}
