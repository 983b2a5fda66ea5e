import { expect, it } from 'vitest';
import { failureOf } from '../../../test/fixtures/failure-of.ts';
import { describeServiceLife, unbroken } from '../../../test/sandbox/service-life.ts';
import { Secret } from '../../vault/secret.ts';
import { juniperMistAdapter as adapter } from './adapter.ts';
import { juniperMist as service } from './service.ts';

const creation = { method: 'POST', path: /link_accounts/ };

describeServiceLife(
  'Juniper Mist and Jamf Pro',
  { service, adapter, console: 'jamf-pro', control: (sandbox) => sandbox.mist, answers: { smartGroup: 'Compliant Macs' }, wrongSecret: 'reported', creation },
  (bench) => {
    it('a smart group that is not there', async () => {
      const { id } = await bench.create({ answers: { smartGroup: 'Nobody' } });
      expect(await bench.read(id)).toMatchObject({ status: 'failed', error: { code: '', message: 'Smart group Nobody not found' } });
    });

    it('links without an ID are found and read, and neither replaced nor removed', async () => {
      const { switches } = bench.sandbox.mist;
      switches.hidesJamfIds = true;
      try {
        const { id } = await bench.create();
        expect(id).toBe('jamf:acme.jamfcloud.com');
        expect((await bench.read(id)).status).toBe('connected');
        expect(await failureOf(adapter.deleteRegistration(bench.access(), id, unbroken))).toMatchObject({ code: 'service-refused', params: { reason: expect.stringContaining('without an ID') as string } });
        expect((await failureOf(adapter.updateRegistration(bench.access(), id, bench.request(), new Secret('s'), unbroken))).code).toBe('service-refused');
        expect(bench.control.registrations()).toHaveLength(1);
      } finally {
        switches.hidesJamfIds = false;
      }
    });

    it('another’s link to the same console stays', async () => {
      const { id } = await bench.create();
      const { target, clientId } = bench.request();
      await fetch(`${bench.control.origin}/api/v1/orgs/${bench.control.account}/setting/jamf/link_accounts`, {
        method: 'POST', credentials: 'omit', redirect: 'error', cache: 'no-store', referrerPolicy: 'no-referrer',
        headers: { authorization: `Token ${bench.control.apiKey}`, 'content-type': 'application/json' },
        body: JSON.stringify({ instance_url: target, client_id: 'theirs', client_secret: 'x', smartgroup_name: 'y' }),
      });
      const replaced = await adapter.updateRegistration(bench.access(), id, bench.request(), new Secret(bench.credentials.clientSecret), unbroken);
      expect(bench.control.registrations().map((one) => one.clientId)).toEqual(['theirs', clientId]);
      expect(await bench.read(replaced.id)).toMatchObject({ status: 'connected' });
    });

    it('one that is refused when the earlier one is gone already may have been done', async () => {
      const { id } = await bench.create();
      bench.sandbox.fault({ when: 'before', action: { status: 422, body: '{}' }, host: new URL(bench.control.origin).host, ...creation });
      const again = (): Promise<unknown> => adapter.updateRegistration(bench.access(), id, bench.request(), new Secret(bench.credentials.clientSecret), unbroken);
      expect(await failureOf(again())).toMatchObject({ code: 'service-refused', certainty: 'unknown' });
      expect(bench.control.registrations()).toEqual([]);
      await again();
      expect(bench.control.registrations()).toHaveLength(1);
    });

    it('which organization', async () => {
      expect(await adapter.readOrganization(bench.access({ account: '' }), unbroken)).toEqual({ name: 'Larkspur Robotics', account: bench.control.account, consoles: ['jamf-pro', 'workspace-one'], ownHosts: false, mayWrite: true });
      expect(await failureOf(adapter.readOrganization(bench.access({ account: bench.sandbox.mistEu.account }), unbroken))).toMatchObject({ code: 'service-account-unclear' });
      expect(await adapter.readOrganization(bench.access({ key: bench.control.readOnlyApiKey }), unbroken)).toMatchObject({ mayWrite: false });
    });
  },
);

describeServiceLife(
  'Juniper Mist and Workspace ONE UEM',
  { service, adapter, console: 'workspace-one', control: (sandbox) => sandbox.mistEu, wrongSecret: 'reported', creation },
  (bench) => {
    it('a webhook’s password goes no further', async () => {
      const made = await bench.create();
      const all = JSON.stringify([made, await bench.read(made.id), await bench.find()]);
      expect(all).not.toMatch(/webhook/);
      for (const secret of bench.control.secrets()) expect(all).not.toContain(secret);
    });
  },
);
