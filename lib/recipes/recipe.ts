import type { ConsoleId } from '../consoles/console.ts';

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
  dataSets: DataSet[];
  /** s */
  tokenLifetime: number;
  /** How the service wants the console's address: text with `{key}` (workspace key), `{host}`, `{base}`, `{apiHost}`, `{apiAddress}`. */
  target: string;
  /** What the service asks for beyond the credentials. */
  asks: RecipeAsk[];
  /** A role that comes with the console and is enough: none is made. */
  builtInRole?: string;
  /** Where each fact was read, and when. */
  sources: string[];
  /** What nobody could check. */
  unverified: string[];
}

/** One field of the service's own, by the name that it has there. */
export interface RecipeAsk {
  id: string;
  name: string;
  placeholder: string;
  isRequired: boolean;
}

/** Addresses of a console tenant and of its API, as {@link Recipe.target} names them. */
export interface ConsoleAddresses {
  key: string;
  /** Origin and context path. */
  base: string;
  /** The same of its API. */
  apiAddress: string;
}

/** The console as the service wants it written. */
export function fillTarget(template: string, { key, base, apiAddress }: ConsoleAddresses): string {
  const withoutScheme = (address: string): string => address.replace(/^https:\/\//, '');
  const values: Record<string, string> = { key, base, apiAddress, host: withoutScheme(base), apiHost: withoutScheme(apiAddress) };
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}

/** The privileges for the chosen data sets, without repeats, in the recipe's order. */
export function privilegesFor(recipe: Recipe, chosen: readonly DataSetId[]): string[] {
  return [...new Set(recipe.dataSets.filter((set) => set.required || chosen.includes(set.id)).flatMap((set) => set.privileges))];
}

/** A role in Workspace ONE UEM: a copy of another one, or a new one, with whole categories or single permissions set. */
export interface RoleRecipe {
  /** As the vendor says; or no more than it says that it uses. */
  id: 'vendor' | 'least';
  /** Begins as a copy of this role of the product; a new, empty role where it is not there. */
  copyOf?: string;
  name: string;
  description: string;
  /** `API > REST > Devices`, as the tree of the role's dialog has it. */
  categories: { path: string; access: 'read' | 'edit' }[];
  /** Beyond whole categories, by the names in the dialog's list. */
  permissions: { name: string; access: 'read' | 'edit' }[];
}

/** What an admin has to know before; the wording is in `components/text/`. */
export const recipeWarnings = [
  /** Bulk Management at Edit also allows wiping devices. */
  'bulk-management-wipes',
  /** Devices that the service has already are to be deleted before the first time. */
  'existing-devices',
  /** A chosen organization group does not bring those below it. */
  'groups-without-children',
  /** A group and one below it must not go to two dashboards. */
  'one-dashboard',
] as const;
export type RecipeWarning = (typeof recipeWarnings)[number];

/** A service x Workspace ONE UEM: data only. */
export interface UemRecipe {
  id: string;
  console: 'workspace-one';
  /** A service's id, or its name where Keyferry cannot hand over to it yet. */
  service: string;
  /** How the service signs in: administrator with REST API key, or OAuth client. */
  access: ('basic-and-key' | 'oauth-client')[];
  /** The vendor's first. */
  roles: RoleRecipe[];
  /** The fields that the service asks for, as it names them. */
  asks: string[];
  /** Tags that the service sets and that have to be there. */
  tags?: string[];
  warnings: RecipeWarning[];
  /** Where each fact was read, and when. */
  sources: string[];
  /** What nobody could check. */
  unverified: string[];
}

/** A service that reads Jamf Pro with an API client, without data sets to choose from. */
export interface ClientRecipe {
  id: string;
  console: 'jamf-pro';
  /** As it calls itself. */
  service: string;
  privileges: string[];
  /** s; where the vendor says none, the admin's choice */
  tokenLifetime: number | undefined;
  asks: string[];
  sources: string[];
  unverified: string[];
}

/** Categories that a proof of the account has to look at; none where the role is made of single permissions. */
export function categoriesOf(role: RoleRecipe): string[] {
  return role.categories.map(({ path }) => path);
}
