/** What the robustness test brings into a page. */
export { jamfProGuide } from '../../../lib/consoles/jamf-pro/guide.ts';
export { flatContains } from '../../../lib/guide/flat-tree.ts';
export { ObservedPage } from '../../../lib/guide/page.ts';
export { findTruth, mutate, showSnapshot } from './variants.ts';
export { takeSnapshot } from './snapshot.ts';
