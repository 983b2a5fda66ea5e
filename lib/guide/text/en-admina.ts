import type { AdminaStep } from '../../services/admina/guide.ts';
import type { GuideWords } from './messages.ts';

export const admina: GuideWords<AdminaStep> = {
  steps: {
    'open-menu': { title: (control) => `Open “${control}”`, text: 'Then the entry of the same name in it.' },
    'open-integrations': { title: (control) => `Open “${control}”`, text: 'The connection goes on there.' },
    'open-status': { title: (control) => `Open “${control}”`, text: 'Keyferry looks there how this workspace is.' },
    'open-catalog': { title: (control) => `Open “${control}”`, text: 'This workspace is not there yet. Keyferry leads you to the form.' },
    'choose-jamf': { title: (control) => `Choose “${control}”` },
    'integrate': { title: (control) => `Check it, then press “${control}”`, text: 'Keyferry has filled in workspace key, client ID and client secret.' },
    'exists': { title: (control) => `Press “${control}”`, text: 'This workspace is there already. Keyferry updates it.' },
    'open-row': { title: (control) => `Open “${control}”, then choose Edit`, text: 'This workspace is there already. Keyferry updates it.' },
    'save': { title: (control) => `Check it, then press “${control}”`, text: 'Keyferry has filled in client ID and client secret.' },
    'retry': { title: (control) => `Press “${control}”`, text: 'Admina then reads Jamf Pro with the new secret.' },
    'running': { title: () => 'Admina is reading Jamf Pro', text: 'If nothing changes here for some minutes, reload this page.' },
    'refused': { title: (control) => `Read the page’s message, then press “${control}” again`, text: 'Admina did not take the form as it is.' },
    'failed': { title: (control) => `It failed: read why, then press “${control}”`, text: 'Keyferry fills in the form anew. After saving, try again here.' },
    'done': { title: () => 'The workspace is there', text: 'Open Keyferry from the toolbar to see how it went.' },
    'look-first': { title: () => 'Close this form first', text: 'Keyferry looks at the status list, so that no workspace is added twice.' },
    'exists-already': { title: () => 'This workspace is there already', text: 'Close this form. Keyferry then leads you to the one that is there.' },
    'other-object': { title: () => 'This form is of something else', text: 'Keyferry fills in nothing here. Close it to go on with Jamf.' },
    'sign-in': { title: () => 'Sign in first', text: 'Keyferry goes on as soon as you are in.' },
    'wait': { title: () => 'Waiting for the page' },
    'lost': { title: () => 'Not the right page', text: 'Open Admina, then Integration (インテグレーション).' },
  },
  goToStart: 'Go to Admina',
};
