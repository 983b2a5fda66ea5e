import { describe, expect, it } from 'vitest';
import { fogbank, ledgerly, meshOrganization, meshpoint, northwind, sampleServices, servicesInput } from '../../test/fixtures/service-samples.ts';
import { services } from '../services/registry.ts';
import { accessIdOf } from '../services/service.ts';
import { chosenOf, settingFor, unanswered, viewOfServices } from './services-view.ts';

const jamf = { console: 'jamf-pro', key: 'acme', origin: 'https://acme.jamfcloud.com', base: 'https://acme.jamfcloud.com' } as const;
const uem = { console: 'workspace-one', key: 'cn1234', origin: 'https://cn1234.awmdm.com', base: 'https://cn1234.awmdm.com' } as const;
const input = servicesInput({ all: sampleServices });
const both = servicesInput({ all: sampleServices, settings: [northwind, meshOrganization] });

describe('the list', () => {
  it.each([
    ['jamf-pro', jamf, ['meshpoint', 'fogbank', 'ledgerly', 'integration-api']],
    ['workspace-one', uem, ['harmony-mobile', 'fogbank']],
  ] as const)('%s: what takes it, the nameless one last', (_console, tenant, ids) => {
    expect(viewOfServices(tenant, input, [], false).offers.map(({ id }) => id)).toEqual(ids);
  });

  it.each(services)('$id: says what it reads, of every console that it takes', (service) => {
    const consoles = [...service.recipes.map(({ console }) => console), ...(service.uemRecipe ? [service.uemRecipe.console] : [])];
    for (const console of consoles) {
      const [offer] = viewOfServices({ ...jamf, console }, { ...input, all: [service] }, [], false).offers;
      expect(offer?.gets.length).toBeGreaterThan(0);
      for (const { privileges, exact } of offer?.gets ?? []) expect(exact).toHaveLength(privileges.length);
    }
  });

  it('has what is set up for this console first, with its organization', () => {
    expect(viewOfServices(jamf, both, [{ id: `${jamf.base} ${northwind.address}`, state: 'failing' }, { id: `${jamf.base} ${accessIdOf(meshOrganization)}`, state: 'never' }], true).setUp).toEqual([
      { id: 'integration-api', access: northwind.address, name: '', organization: 'Northwind Trading', host: 'api.northwind-saas.example', connection: `${jamf.base} ${northwind.address}` },
      { id: 'meshpoint', access: 'https://api.meshpoint.example northwind.example', name: 'Meshpoint', organization: 'northwind.example', host: 'api.meshpoint.example', connection: undefined },
    ]);
    expect(viewOfServices(uem, both, [], true).setUp).toEqual([]);
  });
});

describe('the one that is meant', () => {
  const chosen = (id: string, access = ''): { id: string; access: string } => ({ id, access });
  it.each([
    ['nothing set up, nothing chosen', jamf, input, undefined, undefined],
    ['one set up: no choice', jamf, servicesInput({ all: sampleServices, settings: [northwind] }), undefined, ['integration-api', northwind]],
    ['two set up: a choice', jamf, both, undefined, undefined],
    ['set up, for another console', uem, both, undefined, undefined],
    ['chosen and set up', jamf, both, chosen('meshpoint', accessIdOf(meshOrganization)), ['meshpoint', meshOrganization]],
    ['another organization of one that is set up', jamf, both, chosen('meshpoint'), ['meshpoint', undefined]],
    ['chosen, and forgotten since', jamf, both, chosen('meshpoint', 'https://gone.example'), undefined],
    ['chosen, and forgotten since, one left', jamf, servicesInput({ all: sampleServices, settings: [northwind] }), chosen('meshpoint', 'https://gone.example'), ['integration-api', northwind]],
    ['chosen, not set up', jamf, input, chosen('ledgerly'), ['ledgerly', undefined]],
    ['chosen, does not take this console', uem, input, chosen('ledgerly'), undefined],
    ['chosen, no longer there', jamf, input, chosen('nowhere'), undefined],
    ['chosen on the course "UEM"', uem, input, chosen('harmony-mobile'), ['harmony-mobile', undefined]],
  ] as const)('%s', (_what, { console }, known, choice, expected) => {
    const found = chosenOf(console, known, choice);
    expect(found && [found.about.id, found.setting]).toEqual(expected);
  });
});

it('nothing is to be set up where nothing is to be asked', () => {
  expect(settingFor({ ...ledgerly, key: undefined })).toEqual({ id: 'ledgerly', address: 'https://app.ledgerly.example', account: '', organization: 'Ledgerly' });
  for (const service of [ledgerly, meshpoint, fogbank, { ...fogbank, key: undefined }]) expect(settingFor(service)).toBeUndefined();
});

it('required fields are not to be left empty', () => {
  const ask = { placeholder: '', isRequired: true };
  expect(unanswered([{ ...ask, id: 'a', name: 'A', value: ' ' }, { ...ask, id: 'b', name: 'B', value: 'x' }, { ...ask, isRequired: false, id: 'c', name: 'C', value: '' }]).map(({ id }) => id)).toEqual(['a']);
});
