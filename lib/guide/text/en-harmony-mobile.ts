import type { HarmonyMobileStep } from '../../services/harmony-mobile/guide.ts';
import type { GuideWords } from './messages.ts';

export const harmonyMobile: GuideWords<HarmonyMobileStep> = {
  steps: {
    'open-app': { title: (control) => `Open “${control}”`, text: 'The connection goes on in Harmony Mobile.' },
    'open-settings': { title: (control) => `Open “${control}”` },
    'open-integrations': { title: (control) => `Open “${control}”` },
    'new-integration': { title: (control) => `Press “${control}”`, text: 'A new integration for Workspace ONE UEM.' },
    'open-integration': { title: (control) => `Open “${control}”, then press Edit`, text: 'This integration is there already. Keyferry updates it.' },
    'edit-integration': { title: (control) => `Press “${control}”`, text: 'This integration is there already. Keyferry updates it.' },
    'choose-uems': { title: (control) => `Choose “${control}”` },
    'choose-uem': { title: (control) => `Choose “${control}”` },
    'existing-devices': {
      title: (control) => `Old devices first, then “${control}”`,
      text: 'Check Point says to delete devices that are in the dashboard before the first integration. You decide: Keyferry deletes nothing.',
    },
    'verify': { title: (control) => `Check it, then press “${control}”`, text: 'Keyferry has filled in server, user name, password and API key.' },
    'verify-connector': { title: (control) => `Choose your connector, then press “${control}”`, text: 'Keyferry has filled in server, user name, password and API key.' },
    'verification-failed': { title: (control) => `Read the page’s message, then press “${control}” again`, text: 'Harmony Mobile could not verify the server. Open Keyferry from the toolbar: it says what its own check found.' },
    'synchronization': { title: (control) => `Check the groups, then press “${control}”`, text: 'A group brings its own devices, not those of groups below it.' },
    'advanced': { title: (control) => `Check it, then press “${control}”`, text: 'Keyferry has set the personal data as you chose. The rest stays as it is.' },
    'finish': { title: (control) => `Press “${control}”` },
    'done': { title: () => 'The integration is there', text: 'Open Keyferry from the toolbar to see how it went.' },
    'exists-already': { title: () => 'This integration is there already', text: 'Close this form. Keyferry then leads you to the one that is there.' },
    'other-object': { title: () => 'This form is of something else', text: 'Keyferry fills in nothing here. Close it to go on with Workspace ONE UEM.' },
    'sign-in': { title: () => 'Sign in first', text: 'Keyferry goes on as soon as you are in.' },
    'wait': { title: () => 'Waiting for the page' },
    'lost': { title: () => 'Not the right page', text: 'Open Harmony Mobile, then Settings › Integrations.' },
  },
  goToStart: 'Go to the Infinity Portal',
};
