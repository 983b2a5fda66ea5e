import { failureOf, type Failure } from '../failure.ts';
import { send } from '../messages/send.ts';
import { browser } from '../platform/browser.ts';
import { canOpenPanel, setButton } from '../platform/panel.ts';
import { buttonOpens } from '../storage/button.ts';
import { ownHosts } from '../storage/hosts.ts';
import { forgetControl, pointedControls } from '../storage/pointed.ts';
import { accessIdOf } from '../services/service.ts';
import { serviceSettings } from '../storage/services.ts';
import type { OptionsIntent, OptionsView } from './view.ts';

/** Reads what is to be shown, and shows it again whenever something stored changes. */
export function watchOptions(show: (view: OptionsView) => void): void {
  const refresh = async (): Promise<void> => show(await read());
  browser.storage.onChanged.addListener(() => void refresh());
  void refresh();
}

async function read(): Promise<OptionsView> {
  const [button, hosts, services, controls] = await Promise.all([buttonOpens.get(), ownHosts.get(), serviceSettings.get(), pointedControls.get()]);
  return {
    button: canOpenPanel() ? button : undefined,
    hosts: hosts.map(({ base, key, console }) => ({ base, address: key, console })),
    services: services.map((service) => ({ access: accessIdOf(service), address: service.address, organization: service.organization })),
    controls: controls.map(({ id, role, name, origin, version }) => ({ id, role, name, host: origin.replace('https://', ''), version })),
  };
}

/** Does what the admin asked for. @returns why it failed */
export async function perform(intent: OptionsIntent): Promise<Failure | undefined> {
  try {
    switch (intent.type) {
      case 'choose-button':
        await buttonOpens.set(intent.place);
        await setButton(intent.place);
        return undefined;
      case 'forget-host':
        return await send('forget-host', { base: intent.base });
      case 'forget-service':
        return await send('forget-service', { access: intent.access });
      case 'forget-control':
        await forgetControl(intent.id);
        return undefined;
      case 'forget-controls':
        await pointedControls.set([]);
        return undefined;
    }
  } catch (thrown) {
    return failureOf(thrown);
  }
}
