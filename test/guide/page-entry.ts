/** What the tests and the benchmark bring into a page. */
export { nameOf } from '../../lib/guide/accessible-name.ts';
export { roleOf } from '../../lib/guide/accessible-role.ts';
export { locate, locateMany } from '../../lib/guide/locate.ts';
export { findObstacle, isUsable } from '../../lib/guide/usable.ts';
export { createOverlay } from '../../lib/guide/overlay.ts';
export { isOverlay } from '../../lib/guide/overlay-host.ts';
export { fillField, readFor } from '../../lib/guide/fill.ts';
export { readField } from '../../lib/guide/read-field.ts';
export { ObservedPage, pathOf, pointedNameOf } from '../../lib/guide/page.ts';
export { reportPage } from '../../lib/guide/page-report.ts';
export { GuideSession } from '../../lib/guide/session.ts';
export { en } from '../../lib/guide/text/en.ts';
export { workspaceOneGuide } from '../../lib/consoles/workspace-one/guide.ts';
export { jamfProGuide } from '../../lib/consoles/jamf-pro/guide.ts';
export { harmonyMobileGuide } from '../../lib/services/harmony-mobile/guide.ts';
export { adminaGuide } from '../../lib/services/admina/guide.ts';
