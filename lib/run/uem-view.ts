import { isOwnHost, type Tenant } from '../consoles/console.ts';
import type { UemRecipe } from '../recipes/recipe.ts';
import { guidedParts, type GuidedPart, type Run, type RunSetup, type UemChoice, type UemProof, type UemSetup } from './run.ts';

/*
 * What a person sees of the course "UEM": the choice before it, and what is particular to its Run. Pure; no wording, no browser.
 */

/** A set of rights to choose. */
export interface UemRoleView {
  variant: UemSetup['role']['variant'];
  name: string;
  description: string;
  copyOf: string | undefined;
  /** `API > REST > Devices`, with its access. */
  rights: { path: string; access: 'read' | 'edit' }[];
}

/** What the page said when the popup opened. */
export interface UemFacts {
  organizationGroup: string | undefined;
  /** Where the REST API is, as the settings page shows it or by the vendor's rule. */
  apiAddress: string;
}

/** What the popup needs of a Workspace ONE UEM tenant. */
export interface UemInput {
  recipe: UemRecipe;
  facts: UemFacts;
  draft: Partial<UemChoice> | undefined;
  /** A key for the service's own API is held. */
  hasStatusKey: boolean;
}

export interface UemChooseView {
  kind: 'uem-choose';
  tenant: Tenant;
  facts: UemFacts;
  service: { address: string; organization: string };
  choice: UemChoice;
  roles: UemRoleView[];
  tags: string[];
  hasStatusKey: boolean;
}

/** What is particular to a Run of this course. */
export interface UemRunView {
  setup: UemSetup;
  /** The part that the admin is at; `undefined` while Keyferry works or it has ended. */
  part: GuidedPart | undefined;
  role: UemRoleView;
  organizationGroup: string | undefined;
  apiAddress: string | undefined;
  /** For the service to read; `undefined` until they are known. */
  groups: { id: string; name: string; code: string; devices: number | null; checked: boolean }[] | undefined;
  proof: UemProof | undefined;
  tags: Run['made']['tags'];
}

/** [D] CheckPoint's guides and their addresses. No guide says the path of Harmony Mobile's own pages: the portal's home and menu lead there. */
export const harmonyMobile = { address: 'https://portal.checkpoint.com', organization: 'Harmony Mobile', start: '/' } as const;

export const rolesOf = (recipe: UemRecipe): UemRoleView[] =>
  recipe.roles.map(({ id, name, description, copyOf, categories, permissions }) => ({
    variant: id,
    name,
    description,
    copyOf,
    rights: [...categories, ...permissions.map((one) => ({ path: one.name, access: one.access }))],
  }));

/** What is chosen where the admin chose nothing. */
export function defaultChoice(tenant: Tenant, recipe: UemRecipe): UemChoice {
  const [role] = rolesOf(recipe);
  if (!role) throw new Error(`recipe ${recipe.id} has no role`);
  return {
    name: `Workspace ONE ${tenant.key}`.slice(0, 100),
    role: { variant: role.variant, name: role.name, description: role.description },
    username: 'harmony-mobile-api',
    email: '',
    keyService: 'HarmonyMobile',
    // As few as an activation needs: the service writes to the owner's address.
    pii: { deviceName: true, number: false, email: true },
    usesConnector: isOwnHost(tenant),
    makesTags: true,
  };
}

export function viewOfUemChoice(tenant: Tenant, { recipe, facts, draft, hasStatusKey }: UemInput): UemChooseView {
  return { kind: 'uem-choose', tenant, facts, service: harmonyMobile, choice: { ...defaultChoice(tenant, recipe), ...draft }, roles: rolesOf(recipe), tags: recipe.tags ?? [], hasStatusKey };
}

export function viewOfUemRun(run: Run, recipe: UemRecipe): UemRunView | undefined {
  const { uem } = run.setup;
  if (!uem) return undefined;
  const { phase, seen } = run;
  const role = rolesOf(recipe).find(({ variant }) => variant === uem.role.variant);
  if (!role) throw new Error(`recipe ${recipe.id} has no role ${uem.role.variant}`);
  const part = phase.kind === 'needs-admin' && phase.ask.kind === 'guide' ? guidedParts.find((id) => id === phase.step) : undefined;
  return {
    setup: uem,
    part,
    role: { ...role, name: uem.role.name, description: uem.role.description },
    organizationGroup: seen.organizationGroup,
    apiAddress: seen.uemProof?.apiAddress ?? seen.apiAddress,
    groups: seen.uemProof && chosenGroups(run, seen.uemProof),
    proof: seen.uemProof,
    tags: run.made.tags,
  };
}

function chosenGroups(run: Run, { groups }: UemProof): NonNullable<UemRunView['groups']> {
  const chosen = run.groups ?? defaultGroups(groups);
  return groups.map((group) => ({ ...group, checked: chosen.includes(group.id) }));
}

/** Ids. A parent does not include its children: all that have devices, else the first. */
export function defaultGroups(groups: UemProof['groups']): string[] {
  const withDevices = groups.filter(({ devices }) => devices !== 0);
  return (withDevices.length > 0 ? withDevices : groups.slice(0, 1)).map(({ id }) => id);
}

/** What the chosen groups are called at the service: by name, and by code too where several have that name. // unverified: how it tells those apart */
export function namesOfGroups(groups: UemProof['groups'], chosen: readonly string[]): string[] {
  const isAlone = (name: string): boolean => groups.filter((group) => group.name === name).length === 1;
  return groups.filter(({ id }) => chosen.includes(id)).map(({ name, code }) => (isAlone(name) ? name : `${name} (${code})`));
}

/** The Run's setup from the choice. */
export function setupOf({ tenant, choice: { name, ...uem } }: UemChooseView): RunSetup {
  return { tenant, service: { id: 'harmony-mobile', address: harmonyMobile.address }, dataSets: ['devices'], group: null, name, uem };
}
