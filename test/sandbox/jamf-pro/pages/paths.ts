export const SETTINGS_PATH = '/view/settings';
/** [C] taken from a web session of 11.31 by a public tool. */
export const ROLES_AND_CLIENTS_PATH = '/view/settings/system-settings/api-roles-and-clients';
/** [C] before the path of a page that is shown in a frame. */
export const LEGACY = '/legacy';
