import type { OptionsProps } from '../../components/options/Options.tsx';
import { failureWith } from './states.ts';

/** Every state of the options page, as data. */
export interface OptionsState extends Omit<OptionsProps, 'onIntent'> {
  name: string;
}

const full: OptionsProps['view'] = {
  button: 'panel',
  hosts: [
    { base: 'https://mdm.corp.example:8443/acme', address: 'mdm.corp.example:8443/acme', console: 'jamf-pro' },
    { base: 'https://xn--jmf-6cd.example', address: 'xn--jmf-6cd.example', console: 'jamf-pro' },
  ],
  services: [
    { access: 'https://api.northwind-saas.example/tenant', address: 'https://api.northwind-saas.example/tenant', organization: 'Northwind Trading' },
    { access: 'https://asset-management.region-3.verylongservicename.example', address: 'https://asset-management.region-3.verylongservicename.example', organization: 'Gesellschaft für Informationstechnik und Geräteverwaltung mbH' },
  ],
  controls: [
    { id: 'a', role: 'button', name: 'Generate Client Secret', host: 'acme.jamfcloud.com', version: '11.30.1' },
    { id: 'b', role: 'textbox', name: '表示名', host: 'mdm.corp.example:8443', version: '' },
  ],
};

export const optionsStates: OptionsState[] = [
  { name: 'options', view: full, notice: undefined },
  { name: 'options-empty', view: { button: 'popup', hosts: [], services: [], controls: [] }, notice: undefined },
  { name: 'options-no-panel', view: { ...full, button: undefined, controls: full.controls.slice(0, 1) }, notice: failureWith('storage-failed', { key: 'pointed' }) },
];
