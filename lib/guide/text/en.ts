import { admina } from './en-admina.ts';
import { harmonyMobile } from './en-harmony-mobile.ts';
import { jamfPro } from './en-jamf-pro.ts';
import { workspaceOne } from './en-workspace-one.ts';
import type { GuideMessages } from './messages.ts';

export const en: GuideMessages = {
  card: {
    lang: 'en',
    name: 'Keyferry guide',
    minimise: 'Minimise',
    expand: 'Open the guide',
    bringIntoView: 'Show me',
    states: { done: 'Done', missing: 'Missing', surplus: 'Not needed' },
    point: { title: 'Point at it', text: 'Click it in the page, or reach it with Tab and press Enter. Escape cancels.', cancel: 'Cancel' },
  },
  progress: (step, of) => `${String(step)} of ${String(of)}`,
  guides: { 'jamf-pro': jamfPro, 'workspace-one': workspaceOne, 'harmony-mobile': harmonyMobile, admina },
  filling: 'Filling in the form',
  differs: (field) => `Please check “${field}”`,
  differsText: 'This could not be filled in. Add it by hand, then save.',
  secretNotFilled: 'Keyferry could not type it in. Try again, or open Keyferry from the toolbar.',
  surplus: 'Remove what is marked, unless you want it.',
  fillAgain: 'Fill in again',
  notFound: (what) => `Cannot find “${what}”`,
  notFoundText: 'It may have another name here. Point at it, and Keyferry remembers.',
  blocked: (what) => `“${what}” cannot be used yet`,
  blockedText: 'The page has it greyed out, or something lies over it.',
  several: (what) => `There are several “${what}”`,
  severalText: 'Point at the right one, and Keyferry remembers.',
  point: 'Point at it',
  report: 'Copy page report',
  reportCopied: 'Copied. It holds names and structure of this page, no values.',
  reportNotCopied: 'The browser did not allow copying. Click into the page, then try again.',
  elsewhere: { title: 'The guide is off in this tab', text: 'This page is not the console that the connection was started for.' },
};
