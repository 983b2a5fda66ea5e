import type { ClientRecipe } from './recipe.ts';

/*
 * Services whose pages name all privileges as Jamf Pro spells them, and all fields that they ask for. Left out, because something
 * to act on is missing: Brinqa and Flexera (user accounts, not API clients), JamfMCP and StackOne (names that Jamf Pro does not
 * have, such as Read Users), Sumo Logic (fields not named), Tines and Nango (no privileges), Jamf Security Cloud (its own API asks).
 */
export const documentedJamfPro: ClientRecipe[] = [
  {
    id: 'amplifier-jamf-pro',
    console: 'jamf-pro',
    service: 'Amplifier Security',
    privileges: ['Read macOS Configuration Profiles', 'Read Computers'],
    tokenLifetime: 14_400,
    asks: ['Client ID', 'Client Secret'],
    sources: ['https://amplifiersecurity.freshdesk.com/en/support/solutions/articles/156000014188-jamf-endpoint-management (2026-11)'],
    unverified: ['Labels of the fields in Amplifier’s own pages'],
  },
  {
    id: 'veza-jamf-pro',
    console: 'jamf-pro',
    service: 'Veza',
    privileges: ['Read User', 'Read Static User Groups', 'Read Smart User Groups', 'Read Accounts'],
    tokenLifetime: undefined,
    asks: ['Client ID', 'Client Secret'],
    sources: ['https://docs.veza.com/4yItIzMvkpAvMVFAamTf/integrations/integrations/jamf (2026-11)'],
    unverified: ['How long a token should last: the page names no number', 'That the address of the instance is asked for, too'],
  },
  {
    id: 'jumpcloud-saas-jamf-pro',
    console: 'jamf-pro',
    service: 'JumpCloud SaaS Management',
    privileges: ['Read User'],
    tokenLifetime: undefined,
    asks: ['Client ID', 'Client Secret', 'Jamf Tenant'],
    sources: ['https://jumpcloud.com/support/saas-management-jamf-connector (2026-11)'],
    unverified: ['How long a token should last: the page names no number', 'Whether Read Users, further down on the page, is the same privilege as Read User'],
  },
  {
    id: 'inventory360-jamf-pro',
    console: 'jamf-pro',
    service: 'Inventory360',
    privileges: ['Read Computers', 'Read Mobile Devices'],
    tokenLifetime: undefined,
    // The URL with https and /api.
    asks: ['Name', 'URL', 'Client ID', 'Client Secret'],
    sources: ['https://docs.enteksystems.de/inventory360/latest/admin/discovery/external/jamf-pro (2026-11)'],
    unverified: ['How long a token should last: the page names no number'],
  },
];
