/** The only importer of webextension-polyfill (lint enforces it): one `browser`, promise-based, in every browser. */
import browser from 'webextension-polyfill';

export { browser };
