import type { JamfProStep } from '../../consoles/jamf-pro/guide.ts';
import type { GuideWords } from './messages.ts';

export const jamfPro: GuideWords<JamfProStep> = {
  steps: {
    'open-settings': { title: (control) => `Open “${control}”` },
    'open-system': { title: (control) => `Open “${control}”` },
    'open-roles-and-clients': { title: (control) => `Open “${control}”` },
    'open-roles': { title: (control) => `Open “${control}”`, text: 'First the role, then the client.' },
    'open-role': { title: (control) => `Open “${control}”`, text: 'This role is there already. Keyferry checks it.' },
    'edit-role': { title: (control) => `Press “${control}”`, text: 'The role lacks privileges. Keyferry adds them.' },
    'new-role': { title: (control) => `Press “${control}”`, text: 'A role with exactly the privileges needed.' },
    'fill-role': { title: (control) => `Check it, then press “${control}”`, text: 'Keyferry has filled in name and privileges.' },
    'open-clients': { title: (control) => `Open “${control}”`, text: 'The role is ready. Now the client.' },
    'open-client': { title: (control) => `Open “${control}”` },
    'edit-client': { title: (control) => `Press “${control}”`, text: 'This client is there already. Keyferry checks it.' },
    'new-client': { title: (control) => `Press “${control}”`, text: 'A client with this role alone.' },
    'fill-client': { title: (control) => `Check it, then press “${control}”`, text: 'Keyferry has filled in name, role and lifetime.' },
    'generate-secret': { title: (control) => `Press “${control}”`, text: 'A secret that this client had before stops working.' },
    'create-secret': { title: (control) => `Press “${control}”` },
    'capture': { title: () => 'The secret is here', text: 'Open Keyferry from the toolbar and press “Capture it”. Leave this page as it is until then.' },
    'secret-unreadable': { title: () => 'Paste the secret into Keyferry', text: 'The page does not show it in full. Copy client ID and secret from here.' },
    'other-object': { title: () => 'This form is of something else', text: 'Keyferry fills in nothing here. Go back, then choose New.' },
    'sign-in': { title: () => 'Sign in first', text: 'Keyferry goes on as soon as you are in.' },
    'wait': { title: () => 'Waiting for the page' },
    'lost': { title: () => 'Not the right page', text: 'Go to the API roles and clients.' },
  },
  goToStart: 'Go to API roles and clients',
};
