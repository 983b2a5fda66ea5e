import { expect, it, vi } from 'vitest';
import { describeServiceLife, unbroken, type ServiceBench } from '../../../test/sandbox/service-life.ts';
import { n8nAdapter as adapter } from './adapter.ts';
import { n8n as service } from './service.ts';

const creation = { method: 'POST' };
const works = (url: string) => (bench: ServiceBench) => {
  it('a workflow that uses it reaches the console', async () => {
    const { id } = await bench.create();
    await bench.sandbox.n8n.use(id, url);
    expect(bench.control.registrations()).toMatchObject([{ id, status: 'works' }]);
  });
};

describeServiceLife(
  'n8n and Jamf Pro',
  { service, adapter, console: 'jamf-pro', control: (sandbox) => sandbox.n8n, wrongSecret: 'unnoticed', creation },
  (bench) => {
    works('https://acme.jamfcloud.com/api/v1/computers-inventory?page-size=1')(bench);

    it('is found on a later page, and not taken for another’s', async () => {
      const wanted = await bench.create();
      for (const key of ['initech', 'hooli', 'umbrella']) await bench.create({ target: `${key}.jamfcloud.com` });
      const inner = fetch;
      vi.stubGlobal('fetch', (input: string, init: RequestInit) => inner(input.replace('limit=250', 'limit=2'), init));
      expect((await bench.find())?.id).toBe(wanted.id);
      expect((await adapter.findRegistration(bench.access(), bench.request({ target: 'hooli.jamfcloud.com' }), unbroken))?.id).not.toBe(wanted.id);
    });

    it('long names are cut, the console’s is not', async () => {
      await bench.create({ name: 'ü'.repeat(100), target: `${'a'.repeat(63)}.jamfcloud.com` });
      const [{ name } = { name: '' }] = bench.control.registrations();
      expect(name).toHaveLength(128);
      expect(name.endsWith('.jamfcloud.com)')).toBe(true);
    });

    it.each([
      ['https://n8n.acme-tools.example/', 'https://n8n.acme-tools.example'],
      ['n8n.acme-tools.example/automation/api/v1/docs', 'https://n8n.acme-tools.example/automation'],
    ])('%s', (typed, expected) => expect(adapter.normaliseAddress(typed)).toBe(expected));
  },
);

describeServiceLife(
  'n8n and Workspace ONE UEM',
  { service, adapter, console: 'workspace-one', control: (sandbox) => sandbox.n8n, wrongSecret: 'unnoticed', creation },
  works('https://as1234.awmdm.com/API/mdm/devices/search?pagesize=1'),
);
