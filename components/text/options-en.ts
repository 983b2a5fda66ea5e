import type { OptionsMessages } from './options-messages.ts';

export const optionsEn: OptionsMessages = {
  title: 'Options',
  remove: 'Remove',
  removeOne: (what) => `Remove ${what}`,
  forget: 'Forget',
  forgetOne: (what) => `Forget ${what}`,
  removeAll: 'Remove all',
  button: {
    title: 'Toolbar button',
    popup: 'Popup',
    popupHint: 'Opens over the page and closes by itself',
    panel: 'Panel beside the page',
    panelHint: 'Stays open while you work in the console',
  },
  hosts: {
    title: 'Allowed addresses',
    lead: 'Consoles outside of their maker’s cloud that you let Keyferry work with.',
    none: 'None. Open your console, click Keyferry, and allow its address there.',
  },
  services: {
    title: 'Services',
    lead: 'Forgetting a service also forgets its API key. Connections that exist stay as they are.',
    none: 'None yet.',
  },
  controls: {
    title: 'Remembered controls',
    lead: 'What you pointed at in a console’s pages because Keyferry did not find it by itself.',
    none: 'None.',
    where: (host, version) => (version === '' ? host : `${host}, version ${version}`),
  },
};
