import type { WorkspaceOneStep } from '../../consoles/workspace-one/guide.ts';
import type { GuideWords } from './messages.ts';

export const workspaceOne: GuideWords<WorkspaceOneStep> = {
  steps: {
    // REST API key
    'open-settings': { title: (control) => `Open “${control}”`, text: 'Then System › Advanced › API › REST API.' },
    'open-rest-api': { title: (control) => `Open “${control}”`, text: 'On the way to System › Advanced › API › REST API.' },
    'switch-group': { title: () => 'Switch to the top organization group', text: 'These settings come from a group above. Choose the top group in the list beside the title. If it is chosen already, turn on “Override”.' },
    'open-authentication': { title: (control) => `Open “${control}”`, text: 'The account was refused: perhaps because Basic is off there.' },
    'basic-off': { title: (control) => `Basic was off: press “${control}”`, text: 'Keyferry has turned it on: the service signs in with user name and password.' },
    'open-general': { title: (control) => `Open “${control}”`, text: 'The keys are there.' },
    'add-key': { title: (control) => `Press “${control}”`, text: 'It adds a row for the new key.' },
    'fill-key': { title: (control) => `Check the row, then press “${control}”`, text: 'Keyferry has filled in the key’s name, and made sure that API access is on.' },
    'key-other-type': { title: () => 'This key is not for administrators', text: 'Keyferry leaves it as it is. Choose another name for the key in Keyferry.' },
    'secret-unreadable': { title: () => 'It is not shown in full', text: 'Paste it into Keyferry if you have it. If not, choose another name in Keyferry, and make a new one here.' },
    // Role
    'open-administrators': { title: (control) => `Open “${control}”`, text: 'On the way to Accounts › Administrators.' },
    'open-roles': { title: (control) => `Open “${control}”` },
    'select-role': { title: (control) => `Select “${control}”`, text: 'The new role begins as a copy of it.' },
    'copy-role': { title: (control) => `Press “${control}”` },
    'new-role': { title: (control) => `Press “${control}”`, text: 'A role with exactly the rights needed.' },
    'open-role': { title: (control) => `Open “${control}”`, text: 'This role is there already. Keyferry checks it.' },
    'edit-role': { title: (control) => `Press “${control}”`, text: 'This role is there already. Keyferry checks it.' },
    'fill-role': { title: (control) => `Check it, then press “${control}”`, text: 'Keyferry has filled in name, description and categories.' },
    'role-done': { title: () => 'The role is ready', text: 'Keyferry goes on in the toolbar.' },
    // Administrator
    'open-admins': { title: (control) => `Open “${control}”` },
    'add-admin': { title: (control) => `Press “${control}”`, text: 'An account for the service alone.' },
    'fill-admin': { title: (control) => `Now open “${control}”`, text: 'Keyferry has filled in user name, password and names.' },
    'open-basic-tab': { title: (control) => `Open “${control}” first`, text: 'Keyferry fills in user name and password there.' },
    'open-roles-tab': { title: (control) => `Open “${control}”` },
    'add-admin-role': { title: (control) => `Press “${control}”`, text: 'It adds a row for organization group and role.' },
    'fill-admin-roles': { title: (control) => `Check it, then press “${control}”`, text: 'Keyferry has filled in organization group and role.' },
    'admin-exists': { title: () => 'This user is there already', text: 'Choose another user name in Keyferry, or set a new password for this one.' },
    'open-admin': { title: (control) => `Open “${control}”`, text: 'Keyferry made this user before. It gets a new password.' },
    'edit-admin': { title: (control) => `Press “${control}”`, text: 'Keyferry made this user before. It gets a new password.' },
    'change-admin': { title: (control) => `Now open “${control}”`, text: 'Keyferry has filled in a new password. The rest stays as it is.' },
    'admin-done': { title: () => 'The administrator is ready', text: 'Keyferry goes on in the toolbar.' },
    // OAuth client
    'open-configurations': { title: (control) => `Open “${control}”`, text: 'On the way to Configurations › OAuth Client Management.' },
    'add-client': { title: (control) => `Press “${control}”`, text: 'A client for the service alone.' },
    'fill-client': { title: (control) => `Check it, then press “${control}”`, text: 'Keyferry has filled in name, group and role.' },
    'client-exists': { title: () => 'This client is there already', text: 'Its secret is not shown again. Choose another name in Keyferry.' },
    'show-secret': { title: (control) => `Press “${control}”`, text: 'The secret is shown this once.' },
    // Everywhere
    'capture': { title: () => 'Here it is', text: 'Open Keyferry from the toolbar and press “Capture it”. Leave this page as it is until then.' },
    'close-dialog': { title: () => 'Close this window', text: 'What you saved stays. The rest is done elsewhere.' },
    'other-object': { title: () => 'This form is of something else', text: 'Keyferry fills in nothing here. Go back, or empty its name.' },
    'sign-in': { title: () => 'Sign in first', text: 'Keyferry goes on as soon as you are in.' },
    'wait': { title: () => 'Waiting for the page' },
    'lost': { title: () => 'Not the right page', text: 'Go to where this is done.' },
  },
  goToStart: 'Go there',
};
