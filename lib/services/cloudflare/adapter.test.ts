import { expect, it } from 'vitest';
import { failureOf } from '../../../test/fixtures/failure-of.ts';
import { describeServiceLife, unbroken } from '../../../test/sandbox/service-life.ts';
import { uemClient } from '../../../test/sandbox/service-credentials.ts';
import { Secret } from '../../vault/secret.ts';
import { cloudflareAdapter as adapter } from './adapter.ts';
import { cloudflare as service } from './service.ts';

describeServiceLife(
  'Cloudflare and Workspace ONE UEM',
  { service, adapter, console: 'workspace-one', control: (sandbox) => sandbox.cloudflare, wrongSecret: 'refused', creation: { method: 'POST' } },
  (bench) => {
    it('credentials with too few rights are refused with what Cloudflare says', async () => {
      const { clientId, clientSecret } = uemClient(bench.sandbox);
      expect(await failureOf(bench.create({ clientId }, clientSecret))).toMatchObject({ code: 'service-refused', params: { status: '400', code: '1002', reason: 'integration test failed: could not list devices (403)' } });
    });

    it('a change to what does not work leaves what works', async () => {
      const { id } = await bench.create();
      expect((await failureOf(adapter.updateRegistration(bench.access(), id, bench.request(), new Secret('wrong'), unbroken))).code).toBe('service-refused');
      expect(await bench.read(id)).toMatchObject({ clientId: bench.credentials.clientId, status: 'connected' });
    });

    it('another name or another console is another connection', async () => {
      const { id } = await bench.create();
      const find = (changes: object): ReturnType<typeof adapter.findRegistration> => adapter.findRegistration(bench.access(), bench.request(changes), unbroken);
      expect(await find({ name: 'Other' })).toBeUndefined();
      expect(await find({ target: 'https://as1.awmdm.com/API' })).toBeUndefined();
      expect((await find({ target: 'https://as1234.awmdm.com/api/' }))?.id).toBe(id);
    });

    it('which account', async () => {
      expect(await adapter.readOrganization(bench.access({ account: '' }), unbroken)).toMatchObject({ name: 'Meridian Logistics', account: bench.control.account });
      expect(await failureOf(adapter.readOrganization(bench.access({ account: 'f'.repeat(32) }), unbroken))).toMatchObject({ code: 'service-account-unclear', params: { accounts: [`Meridian Logistics (${bench.control.account})`] } });
    });
  },
);
