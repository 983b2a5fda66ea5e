/**
 * What an admin does for Workspace ONE UEM and Harmony Mobile without Keyferry: measured by the walks through the sandbox's pages
 * (`workspace-one/console-walk.test.ts`, `harmony-mobile/wizard.test.ts`), which fail where these figures are not so. The demo compares.
 */
export const BY_HAND = {
  /** Sign-in, API switched on, key, role, administrator. */
  console: { clicks: 51, typed: 12, copied: 1 },
  /** Signed in already; the wizard alone, with its one group, without tags and device status. */
  portal: { clicks: 12, typed: 6 },
} as const;
