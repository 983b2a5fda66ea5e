import type { Recipe } from './recipe.ts';

/** Admina by Money Forward reads Jamf Pro; a service of the open contract that wants the same data uses it too. */
export const adminaJamfPro: Recipe = {
  id: 'admina-jamf-pro',
  console: 'jamf-pro',
  dataSets: [
    {
      id: 'accounts',
      required: true,
      // The Japanese page also lists "Jamf Pro User Accounts & Groups (Read)", which is no name of Jamf's privilege list.
      privileges: ['Read Accounts', 'Create Accounts', 'Delete Accounts'],
      groupFilter: false,
    },
    {
      id: 'devices',
      required: false,
      // "Read Sites" stands on the Japanese page (the source of truth) only; the device group filter needs it.
      privileges: ['Read Buildings', 'Read Departments', 'Read Mobile Devices', 'Read Computers', 'Read Sites'],
      groupFilter: true,
    },
  ],
  // The help page recommends "a longer value" and names none. Long enough for a full sync of a large tenant; a token outlives
  // the deletion of its client, so no longer than that.
  tokenLifetime: 3600,
  target: '{key}',
  asks: [],
  sources: [
    'https://support.itmc.i.moneyforward.com/l/ja/article/a9ybjwczho-jamf (2026-11)',
    'https://support.itmc.i.moneyforward.com/l/en/article/a9ybjwczho-jamf (2026-11; machine translated, lacks Read Sites)',
  ],
  unverified: ['the token lifetime', 'which of the privileges each data set really needs'],
};
