import type { Secret } from '../vault/secret.ts';

/** Services by name. A new service is a new folder beside this file and a line here and in `registry.ts`. */
export const serviceIds = ['integration-api', 'harmony-mobile'] as const;
export type ServiceId = (typeof serviceIds)[number];

/** Where a service is, and the admin's key for it. */
export interface ServiceAccess {
  /** Origin, and path where it has one, without a slash at the end. */
  address: string;
  key: Secret;
}

export interface ServiceOrganization {
  name: string;
  /** Consoles that the service takes. */
  consoles: string[];
  /** Also consoles that are not in their vendor's cloud. */
  ownHosts: boolean;
  mayWrite: boolean;
}

/** What is registered: all of it but the secret. */
export interface RegistrationRequest {
  console: string;
  /** Workspace key; for a console on a host of its own the address without its scheme. */
  tenant: string;
  /** Where the console is, with its context path. */
  address: string;
  name: string;
  dataSets: string[];
  group: { id: string; name: string } | null;
  clientId: string;
}

export interface Registration {
  id: string;
  clientId: string;
  status: 'connecting' | 'connected' | 'failed';
  /** Why it failed, in the service's machine-readable words. */
  error: { code: string; message: string; privileges: string[] } | undefined;
  counts: { accounts: number | undefined; devices: number | undefined };
  accountsUrl: string | undefined;
}

/**
 * How a service takes credentials. Methods throw {@link KeyferryError}: service-unreachable, service-key-refused,
 * service-key-read-only, service-busy, service-refused, service-answer-unreadable.
 */
export interface ServiceAdapter {
  id: ServiceId;
  /** @throws {KeyferryError} bad-input where it is no https address */
  normaliseAddress(typed: string): string;
  readOrganization(access: ServiceAccess, signal: AbortSignal): Promise<ServiceOrganization>;
  findRegistration(access: ServiceAccess, console: string, tenant: string, signal: AbortSignal): Promise<Registration | undefined>;
  /** @throws {KeyferryError} also registration-appeared, where the service has one for this tenant that we did not know of */
  createRegistration(access: ServiceAccess, request: RegistrationRequest, secret: Secret, idempotencyKey: string, signal: AbortSignal): Promise<Registration>;
  updateRegistration(access: ServiceAccess, id: string, request: RegistrationRequest, secret: Secret, signal: AbortSignal): Promise<Registration>;
  readRegistration(access: ServiceAccess, id: string, signal: AbortSignal): Promise<Registration>;
  syncRegistration(access: ServiceAccess, id: string, signal: AbortSignal): Promise<void>;
  deleteRegistration(access: ServiceAccess, id: string, signal: AbortSignal): Promise<void>;
}
