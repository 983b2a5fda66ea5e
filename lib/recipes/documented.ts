import { documentedJamfPro } from './documented-jamf-pro.ts';
import { harmonyMobileWorkspaceOne } from './harmony-mobile-workspace-one.ts';
import type { ClientRecipe, UemRecipe } from './recipe.ts';
import { xsoarWorkspaceOne } from './xsoar-workspace-one.ts';

/*
 * What vendors document. Left out for Workspace ONE UEM, because no page at hand says which role is needed: Axonius, Cloudflare, JupiterOne,
 * Juniper Mist, Samsung Knox E-FOTA, Serval, ServiceNow; because the page was cut or hides what it says in pictures: FireEye, Lookout (read or
 * edit), Trend Micro Mobile Security, Trend Vision One; Addigy's migration (the address of its page is not known); Workspace ONE Access (a certificate).
 */
export const uemRecipes: readonly UemRecipe[] = [harmonyMobileWorkspaceOne, xsoarWorkspaceOne];
export const clientRecipes: readonly ClientRecipe[] = documentedJamfPro;
