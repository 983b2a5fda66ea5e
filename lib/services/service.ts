import * as z from 'zod/mini';
import type { Recipe, UemRecipe } from '../recipes/recipe.ts';
import type { Secret } from '../vault/secret.ts';

/*
 * The contract between the Run and a service. A service is a folder beside this file, with `service.ts` (what it is: data) and
 * `adapter.ts` (how it is called), and its name in `registry.ts`.
 */

/** A service's name in code: that of its folder. */
export type ServiceId = string;
export const serviceIdSchema = z.string().check(z.regex(/^[a-z0-9][a-z0-9-]{0,39}$/));

/**
 * When a connection is known to work: `polled`: the service reads the console and says how it went; `tested`: it tries the
 * credentials while it takes them; `by-use`: it takes whatever it is given.
 */
export const outcomes = ['polled', 'tested', 'by-use'] as const;
export type Outcome = (typeof outcomes)[number];

/**
 * What a service is: data for the popup and the Run, without its calls. Names are the vendor's own and are not translated.
 */
export interface Service {
  id: ServiceId;
  /** As it calls itself; empty for the open contract, whose services tell their names. */
  name: string;
  /** `api`: Keyferry registers the credentials by its API. `form`: the guide fills in its own form. */
  delivery: 'api' | 'form';
  /** What it takes: one for each console whose credentials are made by a Run of the course "API". */
  recipes: readonly Recipe[];
  /** On the course "UEM". */
  uemRecipe?: UemRecipe;
  /** Where its API is: one of few places, or wherever the admin says. */
  address: { kind: 'fixed'; options: readonly { address: string; label: string }[] } | { kind: 'typed'; placeholder: string };
  /** Where its form is, where that is not `address`. */
  site?: string;
  /** The admin's own key for it; `undefined` where it has no API of use here. */
  key: { name: string; /** Where it is made, in the vendor's words. */ madeAt: string; isOptional: boolean } | undefined;
  /** Which of the organizations that the key belongs to, where that has to be said. `isOptional`: the key alone may tell. */
  account: { name: string; placeholder: string; isOptional: boolean } | undefined;
  /** Its API does not answer extensions without the browser's permission for its host. */
  needsPermission: boolean;
  outcome: Outcome;
  /** What can be done with a connection later. */
  can: {
    /** Read the console again now. */
    sync: boolean;
    /** Change a connection without its secret. */
    keepSecret: boolean;
    /** Remove the connection by API. */
    disconnect: boolean;
  };
  /** Where people read about this connection. */
  help: string;
}

/** Where a service is, and the admin's key for it. */
export interface ServiceAccess {
  /** Origin, and path where it has one, without a slash at the end. */
  address: string;
  /** One of the key's organizations, as the service names it in its API; empty where the key tells. */
  account: string;
  key: Secret;
}

/** Under this name keys and settings are kept: one for each organization at a service. */
export function accessIdOf({ address, account = '' }: { address: string; account?: string | undefined }): string {
  return account === '' ? address : `${address} ${account}`;
}

export interface ServiceOrganization {
  name: string;
  /** For {@link ServiceAccess.account}, where the admin left it out and the key told. */
  account?: string;
  /** Consoles that the service takes. */
  consoles: string[];
  /** Also consoles that are not in their vendor's cloud. */
  ownHosts: boolean;
  mayWrite: boolean;
}

/** Which connection is meant. */
export interface RegistrationTarget {
  console: string;
  /** Workspace key; for a console on a host of its own the address without its scheme. */
  tenant: string;
  /** Where the console is, with its context path. */
  address: string;
  /** Where its API is, without the API's own path. */
  apiAddress: string;
  /** The console as this service wants it written: {@link Recipe.target} filled in. */
  target: string;
  /** What the connection is called, where it has a name. */
  name: string;
}

/** What is registered: all of it but the secret. */
export interface RegistrationRequest extends RegistrationTarget {
  /** Where the credentials get a token. */
  tokenUrl: string;
  dataSets: string[];
  group: { id: string; name: string } | null;
  clientId: string;
  /** To the recipe's own questions, by their ids. */
  answers: Readonly<Record<string, string>>;
}

export interface Registration {
  id: string;
  /** Empty where the service does not say. */
  clientId: string;
  /** `connected` after a hand-over that is proven by use alone, too. */
  status: 'connecting' | 'connected' | 'failed';
  /** Why it failed, in the service's machine-readable words. */
  error: { code: string; message: string; privileges: string[] } | undefined;
  counts: { accounts: number | undefined; devices: number | undefined };
  accountsUrl: string | undefined;
}

/**
 * How a service is called. Methods throw {@link KeyferryError}: service-unreachable, service-key-refused,
 * service-key-read-only, service-busy, service-refused, service-answer-unreadable. None returns a secret: what of the service's
 * answers is one (a webhook's password, the credentials echoed) is left out while parsing.
 */
export interface ServiceAdapter {
  id: ServiceId;
  /** @throws {KeyferryError} bad-input where it is no https address of this service */
  normaliseAddress(typed: string): string;
  /** @throws {KeyferryError} also service-account-unclear */
  readOrganization(access: ServiceAccess, signal: AbortSignal): Promise<ServiceOrganization>;
  findRegistration(access: ServiceAccess, target: RegistrationTarget, signal: AbortSignal): Promise<Registration | undefined>;
  /** @throws {KeyferryError} also registration-appeared, where the service has one for this tenant that we did not know of */
  createRegistration(access: ServiceAccess, request: RegistrationRequest, secret: Secret, idempotencyKey: string, signal: AbortSignal): Promise<Registration>;
  /**
   * The registration's id may be another one afterwards, where the service can only replace.
   * @param secret `undefined` leaves the one that is there; only where the service can `keepSecret`
   */
  updateRegistration(access: ServiceAccess, id: string, request: RegistrationRequest, secret: Secret | undefined, signal: AbortSignal): Promise<Registration>;
  readRegistration(access: ServiceAccess, id: string, signal: AbortSignal): Promise<Registration>;
  /** All devices that the service has, where they are counted apart. @throws {KeyferryError} also service-plan-lacks */
  countDevices?(access: ServiceAccess, signal: AbortSignal): Promise<number | undefined>;
  /** Only where it can. */
  syncRegistration?(access: ServiceAccess, id: string, signal: AbortSignal): Promise<void>;
  /** One that is gone already is a success. */
  deleteRegistration(access: ServiceAccess, id: string, signal: AbortSignal): Promise<void>;
}
