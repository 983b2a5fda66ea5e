import type { AnyGoal, FillableSecret } from '../guide/goals.ts';
import { fillTarget } from '../recipes/recipe.ts';
import { getRecipe, getUemRecipe } from '../recipes/registry.ts';
import { wantedPrivileges } from '../run/plan.ts';
import type { GuidedPart, GuidedStep, Run } from '../run/run.ts';
import { formAddressOf } from '../services/registry.ts';
import { serverAddressFor } from '../services/harmony-mobile/facts.ts';
import { isGuidedPart } from '../run/uem-course.ts';
import { defaultGroups, harmonyMobile, namesOfGroups } from '../run/uem-view.ts';

/** Where the guide of a waiting Run works, and to what end. */
export interface GuidedSite {
  /** Origin and context path. */
  base: string;
  goal: AnyGoal;
  /** What may be typed into its fields now. */
  secrets: readonly FillableSecret[];
  /** The step that is over when the goal is reached; `undefined` where a click in the popup ends it. */
  part: GuidedStep | undefined;
}

/** `undefined` where the Run does not wait for the admin at a page. */
export function siteOf(run: Run): GuidedSite | undefined {
  const { phase, setup } = run;
  if (run.dismissed || phase.kind !== 'needs-admin') return undefined;
  if (phase.ask.kind === 'capture' && run.rung === 'guided') return { base: setup.tenant.base, goal: clientGoalOf(run), secrets: [], part: undefined };
  if (phase.ask.kind === 'guide' && phase.step === 'register') return { base: formAddressOf(setup.service), goal: formGoalOf(run), secrets: ['client-secret'], part: 'register' };
  if (phase.ask.kind === 'guide' && isGuidedPart(phase.step)) {
    const isAtService = phase.step === 'wizard';
    return {
      base: isAtService ? setup.service.address : setup.tenant.base,
      goal: uemGoalOf(run, phase.step),
      secrets: isAtService ? ['password', 'api-key'] : phase.step === 'administrator' ? ['password'] : [],
      part: phase.step,
    };
  }
  return undefined;
}

/** What the admin makes in the console, and captures. */
function clientGoalOf(run: Run): AnyGoal {
  const { tenant, service, name, api } = run.setup;
  const recipe = getRecipe(tenant.console, service.id);
  switch (tenant.console) {
    case 'jamf-pro':
      return { guide: 'jamf-pro', name, privileges: wantedPrivileges(run, recipe), tokenLifetime: recipe.tokenLifetime };
    case 'workspace-one': {
      const organization = run.seen.organization ?? '';
      return { guide: 'workspace-one', part: 'oauth-client', name, description: `For ${organization || new URL(service.address).host}, by Keyferry`.slice(0, 500), role: recipe.builtInRole ?? '', organizationGroup: api?.organizationGroup ?? '' };
    }
  }
}

/** What the admin fills in at the service. */
function formGoalOf({ setup, made }: Run): AnyGoal {
  const { tenant, service, dataSets, group, api } = setup;
  const devices = dataSets.includes('devices');
  return {
    guide: 'admina',
    workspaceKey: fillTarget(getRecipe(tenant.console, service.id).target, { ...tenant, apiAddress: api?.address ?? tenant.base }),
    clientId: made.client?.value.clientId ?? '',
    devices,
    deviceGroup: devices ? (group?.name ?? '') : '',
  };
}

/** It may be the way to sign in that is turned off. */
const isRefused = ({ phase }: Run): boolean => phase.kind === 'needs-admin' && phase.ask.kind === 'guide' && (phase.ask.failure?.code === 'uem-basic-disabled' || phase.ask.failure?.code === 'uem-sign-in-refused');

function uemGoalOf(run: Run, part: GuidedPart): AnyGoal {
  const { setup, seen, made, groups } = run;
  const { uem, tenant, service, name } = setup;
  if (!uem) throw new Error('no setup of this course');
  const recipe = getUemRecipe(tenant.console, service.id);
  const role = recipe.roles.find(({ id }) => id === uem.role.variant);
  if (!role) throw new Error(`recipe ${recipe.id} has no role ${uem.role.variant}`);
  const organizationGroup = seen.organizationGroup ?? '';
  switch (part) {
    case 'api-key':
      return { guide: 'workspace-one', part: 'api-key', service: uem.keyService, ...(isRefused(run) ? { checksBasic: true } : {}) };
    case 'uem-role':
      return { guide: 'workspace-one', part: 'role', name: uem.role.name, description: uem.role.description, copyOf: role.copyOf ?? '', categories: role.categories, permissions: role.permissions };
    case 'administrator':
      return {
        guide: 'workspace-one',
        part: 'administrator',
        username: uem.username,
        firstName: 'Keyferry',
        lastName: harmonyMobile.organization,
        email: uem.email,
        role: uem.role.name,
        organizationGroup,
        mayChange: made.administrator === uem.username,
      };
    case 'wizard': {
      const proof = seen.uemProof;
      return {
        guide: 'harmony-mobile',
        displayName: name,
        server: serverAddressFor(proof?.apiAddress, tenant.base),
        username: uem.username,
        usesConnector: uem.usesConnector,
        groups: proof ? namesOfGroups(proof.groups, groups ?? defaultGroups(proof.groups)) : [],
        pii: uem.pii,
      };
    }
  }
}
