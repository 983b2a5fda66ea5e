import type { ConsoleId, Tenant } from '../consoles/console.ts';
import type { DataSetId, Recipe, RecipeAsk } from '../recipes/recipe.ts';
import { accessIdOf, type Service, type ServiceId } from '../services/service.ts';
import type { ServiceSetting } from '../storage/services.ts';
import { runKey } from './run.ts';

/*
 * Which services take a console, which of them are set up, and the one that is meant. Pure; names are the vendors' own.
 */

/** What the popup knows of services. */
export interface ServicesInput {
  all: readonly Service[];
  /** Set up in this browser, the last used first. */
  settings: readonly ServiceSetting[];
  /** `accessIdOf` of those whose key is at hand, and of those whose key a passphrase opens. */
  held: readonly string[];
  locked: readonly string[];
}

/** What a screen says of a service; its calls and recipes are no part of that. */
export type ServiceAbout = Pick<Service, 'id' | 'name' | 'delivery' | 'address' | 'key' | 'account' | 'help'>;

/** Data that a service reads, and what it takes for that. */
export interface Offered {
  set: DataSetId;
  isRequired: boolean;
  /** In words such as `Read Computers`, and exactly as the console has them. */
  privileges: string[];
  exact: string[];
}

export interface ServiceOffer extends ServiceAbout {
  gets: Offered[];
  /** A role of the console's own that is enough. */
  builtInRole: string | undefined;
}

/** One that is set up already. */
export interface SetUpService {
  id: ServiceId;
  access: string;
  /** The vendor's name; empty for the open contract. */
  name: string;
  organization: string;
  host: string;
  /** A connection of this tenant, or one in the making, by its id. */
  connection: string | undefined;
}

export interface ServicesView {
  kind: 'services';
  tenant: Tenant;
  setUp: SetUpService[];
  offers: ServiceOffer[];
  canGoBack: boolean;
}

export interface ServiceSetupView {
  kind: 'service-setup';
  tenant: Tenant | undefined;
  about: ServiceAbout;
  /** There where it is set up and only the key is missing or to be replaced; `isLocked`: a passphrase opens the one that is kept. */
  service: ServiceSetting | undefined;
  isLocked: boolean;
  /** The admin came here to change something. */
  isChange: boolean;
  /** The browser is to be asked before anything is typed that would be lost: Chromium closes the popup meanwhile. */
  needsAccess: boolean;
  /** As chosen or typed before; empty where nothing was. */
  address: string;
}

/** A field of the service's own, with what is in it. */
export type AskView = RecipeAsk & { value: string };

export function recipeOf(service: Pick<Service, 'recipes'> | undefined, console: ConsoleId): Recipe | undefined {
  return service?.recipes.find((recipe) => recipe.console === console);
}

/** It takes this console, by whichever course. */
export function takes(service: Service | undefined, console: ConsoleId): boolean {
  return recipeOf(service, console) !== undefined || service?.uemRecipe?.console === console;
}

/** Nothing has to be set up: where it is is known, and there is no key and no account to ask for. */
export function settingFor({ id, name, address, key, account }: Service): ServiceSetting | undefined {
  const [only, ...others] = address.kind === 'fixed' ? address.options : [];
  return only && others.length === 0 && !key && !account ? { id, address: only.address, account: '', organization: name } : undefined;
}

/**
 * The service that the next connection of a tenant is for: the one that the admin chose for it, else the only one that is set up.
 * @returns `setting` is `undefined` where it has to be set up first
 */
export function chosenOf(console: ConsoleId, { all, settings }: ServicesInput, chosen: { id: ServiceId; access: string } | undefined): { about: Service; setting: ServiceSetting | undefined } | undefined {
  const fitting = settings.flatMap((setting) => {
    const about = all.find(({ id }) => id === setting.id);
    return about && takes(about, console) ? { about, setting } : [];
  });
  const found = chosen && fitting.find(({ setting }) => setting.id === chosen.id && accessIdOf(setting) === chosen.access);
  if (found) return found;
  // What was set up and is forgotten by now is not chosen.
  if (chosen?.access !== '') return fitting.length === 1 ? fitting[0] : undefined;
  const about = all.find(({ id }) => id === chosen.id);
  return about && takes(about, console) ? { about, setting: settingFor(about) } : undefined;
}

/** What the service reads of this console, by data set. */
function offered(service: Service, console: ConsoleId): Offered[] {
  const recipe = recipeOf(service, console);
  if (recipe) return recipe.dataSets.map(({ id, required, privileges }) => ({ set: id, isRequired: required, privileges, exact: privileges }));
  const [role] = service.uemRecipe?.roles ?? [];
  if (!role) return [];
  const rights = [...role.categories, ...role.permissions.map(({ name, access }) => ({ path: name, access }))];
  // `API > REST > Devices`: the last word is what it is about.
  return [{ set: 'devices', isRequired: true, privileges: rights.map(({ path, access }) => `${access === 'read' ? 'Read' : 'Edit'} ${path.slice(path.lastIndexOf('>') + 1).trim()}`), exact: rights.map(({ path, access }) => `${path} (${access === 'read' ? 'Read' : 'Edit'})`) }];
}

/** @param known pairs that there are, of which those that were never connected count for nothing */
export function viewOfServices(tenant: Tenant, { all, settings }: ServicesInput, known: readonly { id: string; state: string }[], canGoBack: boolean): ServicesView {
  const fitting = all.filter((service) => takes(service, tenant.console));
  const connected = known.filter(({ state }) => state !== 'never').map(({ id }) => id);
  return {
    kind: 'services',
    tenant,
    setUp: settings.flatMap((setting) => {
      const service = fitting.find(({ id }) => id === setting.id);
      if (!service) return [];
      const access = accessIdOf(setting);
      const key = runKey({ tenant, service: setting });
      return { id: service.id, access, name: service.name, organization: setting.organization, host: new URL(setting.address).host, connection: connected.includes(key) ? key : undefined };
    }),
    // What has no name of its own is for those who look for it.
    offers: [...fitting.filter(({ name }) => name !== ''), ...fitting.filter(({ name }) => name === '')].map((service) => ({
      ...aboutOf(service),
      gets: offered(service, tenant.console),
      builtInRole: recipeOf(service, tenant.console)?.builtInRole,
    })),
    canGoBack,
  };
}

export function aboutOf({ id, name, delivery, address, key, account, help }: Service): ServiceAbout {
  return { id, name, delivery, address, key, account, help };
}

/** Which of the recipe's required fields are empty. */
export function unanswered(asks: readonly AskView[]): AskView[] {
  return asks.filter(({ isRequired, value }) => isRequired && value.trim() === '');
}
