import { createRoot } from 'react-dom/client';
import { Popup } from '../../components/Popup.tsx';
import type { Intent } from '../../lib/run/view.ts';
import { Options } from '../../components/options/Options.tsx';
import type { OptionsIntent } from '../../lib/options/view.ts';
import { optionsStates } from './options-states.ts';
import { states } from './states.ts';

/** Draws the state that `?state=` names; `window.show` changes it in place, `window.intents` holds what was sent. */

declare global {
  interface Window {
    show: (name: string) => void;
    intents: (Intent | OptionsIntent)[];
  }
}

const root = createRoot(document.getElementById('app')!);
window.intents = [];
window.show = (name) => {
  const options = optionsStates.find((one) => one.name === name);
  if (options) return root.render(<Options {...options} onIntent={(intent) => window.intents.push(intent)} />);
  const found = states.find((one) => one.name === name);
  if (!found) throw new Error(`no state ${name}`);
  root.render(<Popup view={found.view} busy={found.busy} notice={found.notice} onIntent={(intent) => window.intents.push(intent)} />);
};
window.show(new URLSearchParams(location.search).get('state') ?? states[0]!.name);
