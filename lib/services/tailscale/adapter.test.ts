import { expect, it } from 'vitest';
import { failureOf } from '../../../test/fixtures/failure-of.ts';
import { describeServiceLife, unbroken } from '../../../test/sandbox/service-life.ts';
import { tailscaleAdapter as adapter } from './adapter.ts';
import { tailscale as service } from './service.ts';

describeServiceLife(
  'Tailscale and Jamf Pro',
  { service, adapter, console: 'jamf-pro', control: (sandbox) => sandbox.tailscale, wrongSecret: 'reported', creation: { method: 'POST', path: /posture/ } },
  (bench) => {
    it('the one place may be taken by another console', async () => {
      await bench.create({ target: 'globex.jamfcloud.com' });
      const taken = { code: 'service-refused', params: { code: 'conflict', reason: expect.stringContaining('globex.jamfcloud.com') as string }, certainty: 'not-done' };
      expect(await failureOf(bench.find())).toMatchObject(taken);
      expect(await failureOf(bench.create())).toMatchObject(taken);
    });

    it('somebody is quicker', async () => {
      bench.sandbox.fault({ when: 'before', action: { status: 409, body: '{"message":"conflict"}' }, host: 'api.tailscale.com', method: 'POST' });
      expect((await failureOf(bench.create())).code).toBe('registration-appeared');
    });

    it('connecting until the first synchronization; devices are counted', async () => {
      const hold = bench.sandbox.hold({ when: 'before', host: 'acme.jamfcloud.com', path: /oauth\/token/ });
      const { id, clientId, status } = await bench.create();
      expect([status, clientId]).toEqual(['connecting', bench.credentials.clientId]);
      expect((await adapter.readRegistration(bench.access(), id, unbroken)).status).toBe('connecting');
      hold.release();
      const { computers, mobileDevices } = bench.sandbox.tenant('acme').counts();
      expect(await bench.read(id)).toMatchObject({ status: 'connected', counts: { devices: computers + mobileDevices } });
    });

    it('what was found with the credentials of before says nothing of the new ones', async () => {
      const { id } = await bench.create({}, 'wrong');
      expect((await bench.read(id)).status).toBe('failed');
      const hold = bench.sandbox.hold({ when: 'before', host: 'acme.jamfcloud.com', path: /oauth\/token/ });
      bench.sandbox.advance(1000);
      await adapter.updateRegistration(bench.access(), id, bench.request(), undefined, unbroken);
      expect(await adapter.readRegistration(bench.access(), id, unbroken)).toMatchObject({ status: 'connecting', error: undefined });
      hold.release();
      expect((await bench.read(id)).status).toBe('failed');
    });

    it('an OAuth client’s secret is exchanged for a token', async () => {
      const access = bench.access({ key: bench.sandbox.tailscale.oauthClientSecret, account: '' });
      expect(await adapter.readOrganization(access, unbroken)).toMatchObject({ name: 'Tailscale' });
      const { id } = await bench.create({}, undefined, access);
      expect((await bench.read(id)).status).toBe('connected');
      expect(await failureOf(adapter.readOrganization(bench.access({ key: 'tskey-client-wrong' }), unbroken))).toMatchObject({ code: 'service-key-refused' });
    });

    it('an unknown tailnet', async () => {
      expect((await failureOf(adapter.readOrganization(bench.access({ account: 'T0/../x' }), unbroken))).code).toBe('service-account-unclear');
    });
  },
);
