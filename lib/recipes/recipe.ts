import type { ConsoleId } from '../consoles/console.ts';
import type { ServiceId } from '../services/service.ts';

/** What a service can be given; each set has its own privileges. */
export const dataSetIds = ['accounts', 'devices'] as const;
export type DataSetId = (typeof dataSetIds)[number];

export interface DataSet {
  id: DataSetId;
  /** Always part of the connection. */
  required: boolean;
  /** Privileges in the console's exact spelling. */
  privileges: string[];
  /** The service can limit this set to one group of the console (Jamf Pro: a site). */
  groupFilter: boolean;
}

/** One console x one service: data only. */
export interface Recipe {
  id: string;
  console: ConsoleId;
  services: ServiceId[];
  dataSets: DataSet[];
  /** s */
  tokenLifetime: number;
  /** Where each fact was read, and when. */
  sources: string[];
}

/** The privileges for the chosen data sets, without repeats, in the recipe's order. */
export function privilegesFor(recipe: Recipe, chosen: readonly DataSetId[]): string[] {
  return [...new Set(recipe.dataSets.filter((set) => set.required || chosen.includes(set.id)).flatMap((set) => set.privileges))];
}
