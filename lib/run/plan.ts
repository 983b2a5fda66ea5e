import type { ConsoleClient, ConsoleRole } from '../consoles/console.ts';
import { privilegesFor, type Recipe } from '../recipes/recipe.ts';
import { stepsOf, type Change, type Run } from './run.ts';

/** The difference between two sets of privileges. Order never counts: Jamf sorts them or does not. */
export function comparePrivileges(wanted: readonly string[], actual: readonly string[]): { missing: string[]; surplus: string[] } {
  const has = new Set(actual);
  const wants = new Set(wanted);
  return { missing: [...wants].filter((name) => !has.has(name)), surplus: [...has].filter((name) => !wants.has(name)) };
}

const isSame = (difference: { missing: string[]; surplus: string[] }): boolean => difference.missing.length === 0 && difference.surplus.length === 0;

/** What the role must be able to do: the recipe's set without what the admin waived. */
export function wantedPrivileges(run: Run, recipe: Recipe): string[] {
  return privilegesFor(recipe, run.setup.dataSets).filter((name) => !run.waived.includes(name));
}

/** In the console they keep the names that they were made with, whatever the connection is called later. */
export function namesOf({ made, setup }: Run): { role: string; client: string } {
  return { role: made.role?.value.name ?? setup.name, client: made.client?.value.name ?? setup.name };
}

/** What is to be written in the console and how it differs from what is there. */
export interface Plan {
  role: 'create' | 'keep' | 'change';
  client: 'create' | 'keep' | 'change';
  registration: 'create' | 'update';
  /** What the admin must agree to: changes to things that this Run did not make. */
  changes: Change[];
  /** Names of rights in the console that the plan needs and looking did not. */
  rights: ('createRole' | 'updateRole' | 'createClient' | 'updateClient' | 'mintSecret')[];
}

/** Whether a client is as the recipe wants it: our role alone, enabled, the lifetime (s). */
export function isClientRight(client: ConsoleClient, roleName: string, recipe: Recipe): boolean {
  return client.enabled && client.tokenLifetime === recipe.tokenLifetime && isSame(comparePrivileges([roleName], client.roles));
}

/** Pure: what was seen and what the recipe wants, to what must be done. Call after all looking is done. */
export function planRun(run: Run, recipe: Recipe): Plan {
  const changes: Change[] = [];
  const role = run.seen.role ?? undefined;
  const client = run.seen.client ?? undefined;
  const registration = run.seen.registration ?? undefined;

  const steps = stepsOf(run);
  const { role: roleName } = namesOf(run);

  let rolePlan: Plan['role'] = 'create';
  if (role) {
    const difference = comparePrivileges(wantedPrivileges(run, recipe), role.privileges);
    rolePlan = isSame(difference) ? 'keep' : 'change';
    if (rolePlan === 'change' && !isRoleAgreed(run, role, recipe)) changes.push({ object: 'role', name: role.name, ...difference });
  }
  let clientPlan: Plan['client'] = 'create';
  if (client) {
    clientPlan = isClientRight(client, roleName, recipe) ? 'keep' : 'change';
    // Later on, the click was for a new secret.
    const isAgreed = run.setup.purpose ? clientPlan === 'keep' || run.made.client?.origin === 'changed' : isOurs(run.made.client, client);
    if (!isAgreed && steps.includes('client')) {
      changes.push({
        object: 'client',
        name: client.name,
        newSecret: true,
        otherRoles: client.roles.filter((name) => name !== roleName),
        enable: !client.enabled,
      });
    }
  }
  if (registration && run.made.registration?.id !== registration.id) changes.push({ object: 'registration', name: run.seen.organization ?? '' });

  return {
    role: rolePlan,
    client: clientPlan,
    registration: registration ? 'update' : 'create',
    changes,
    rights: [
      ...(!steps.includes('role') ? [] : rolePlan === 'create' ? (['createRole'] as const) : rolePlan === 'change' ? (['updateRole'] as const) : []),
      ...(!steps.includes('client') ? [] : clientPlan === 'create' ? (['createClient'] as const) : clientPlan === 'change' ? (['updateClient'] as const) : []),
      ...(steps.includes('secret') ? (['mintSecret'] as const) : []),
    ],
  };
}

/** The role becomes what the admin has just chosen; what somebody else changed in it meanwhile is asked for. */
function isRoleAgreed(run: Run, role: ConsoleRole, recipe: Recipe): boolean {
  const left = run.made.role;
  if (!run.setup.purpose) return isOurs(left, role);
  if (!stepsOf(run).includes('role') || left?.origin === 'changed') return true;
  const wanted = wantedPrivileges(run, recipe);
  const now = comparePrivileges(wanted, role.privileges);
  const chosen = comparePrivileges(wanted, left?.value.privileges ?? []);
  return now.missing.every((name) => chosen.missing.includes(name)) && now.surplus.every((name) => chosen.surplus.includes(name));
}

/** Made by this Run, or changed by it with the admin's yes. */
function isOurs(made: { value: ConsoleRole | ConsoleClient; origin: string } | undefined, seen: { id: string }): boolean {
  return made !== undefined && made.value.id === seen.id;
}

/** A second pass over our own object must not turn "created" into "found", nor lose what was there before. */
export function firstOwner<T extends { value: { id: string }; origin: 'created' | 'found' | 'changed' }>(earlier: T | undefined, now: T): T {
  return earlier && earlier.value.id === now.value.id && earlier.origin !== 'found' ? { ...earlier, value: now.value } : now;
}
