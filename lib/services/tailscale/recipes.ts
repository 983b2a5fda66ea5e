import type { Recipe } from '../../recipes/recipe.ts';

/** Tailscale reads which devices Jamf Pro manages, as a device posture attribute. */
export const tailscaleJamfPro: Recipe = {
  id: 'tailscale-jamf-pro',
  console: 'jamf-pro',
  // unverified: Tailscale's page on Jamf Pro was not at hand; this is what its counts of hosts take.
  dataSets: [{ id: 'devices', required: true, privileges: ['Read Computers', 'Read Mobile Devices'], groupFilter: false }],
  tokenLifetime: 3600,
  // "the FQDN of your subdomain"
  target: '{host}',
  asks: [],
  sources: ['https://api.tailscale.com/api/v2?outputOpenapiSchema=true (2026-11; a public copy of it)', 'https://tailscale.com/docs/reference/tailscale-api.md (2026-11)'],
  unverified: ['the privileges', 'the token lifetime', 'whether consoles on hosts of their own are taken'],
};
