import { clientRecipes, uemRecipes } from '../../lib/recipes/documented.ts';
import { services } from '../../lib/services/registry.ts';
import type { AnyRecipe } from './check.ts';

/** Those of the services, and those that are only documented; each once. */
export function allRecipes(): AnyRecipe[] {
  return [...new Set<AnyRecipe>([...services.flatMap(({ recipes, uemRecipe }) => [...recipes, ...(uemRecipe ? [uemRecipe] : [])]), ...uemRecipes, ...clientRecipes])];
}
