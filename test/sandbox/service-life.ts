import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { failureOf } from '../fixtures/failure-of.ts';
import { fillTarget } from '../../lib/recipes/recipe.ts';
import { getRecipe } from '../../lib/recipes/registry.ts';
import type { Registration, RegistrationRequest, Service, ServiceAccess, ServiceAdapter } from '../../lib/services/service.ts';
import { Secret } from '../../lib/vault/secret.ts';
import { startSandbox } from './sandbox.ts';
import type { NodeSandbox } from './sandbox.ts';
import { jamfClient, uemClient } from './service-credentials.ts';
import type { Credentials } from './service-credentials.ts';
import type { RequestMatch, VendorServiceControl } from './types.ts';

/* What every service with an API of its own has to stand, against its sandbox: the body of each adapter's test. */

export const unbroken = new AbortController().signal;

export interface ServiceLife {
  service: Service;
  adapter: ServiceAdapter;
  console: 'jamf-pro' | 'workspace-one';
  control: (sandbox: NodeSandbox) => VendorServiceControl;
  answers?: Record<string, string>;
  /** What the service makes of a wrong secret. */
  wrongSecret: 'refused' | 'reported' | 'unnoticed';
  /** Which of its requests creates a connection. */
  creation: RequestMatch;
}

/** One service and console of the sandbox. */
export class ServiceBench {
  readonly life: ServiceLife;
  sandbox!: NodeSandbox;
  credentials!: Credentials;

  constructor(life: ServiceLife) {
    this.life = life;
  }

  get control(): VendorServiceControl {
    return this.life.control(this.sandbox);
  }

  access(changes: Partial<Record<'key' | 'account', string>> = {}): ServiceAccess {
    const { origin, account, apiKey } = this.control;
    return { address: origin, account: changes.account ?? account, key: new Secret(changes.key ?? apiKey) };
  }

  request(changes: Partial<RegistrationRequest> = {}): RegistrationRequest {
    const { console, service, answers = {} } = this.life;
    const { target } = getRecipe(console, service.id);
    const at =
      console === 'jamf-pro'
        ? { key: 'acme', base: 'https://acme.jamfcloud.com', apiAddress: 'https://acme.jamfcloud.com', tokenUrl: 'https://acme.jamfcloud.com/api/v1/oauth/token' }
        : { key: 'cn1234', base: 'https://cn1234.awmdm.com', apiAddress: 'https://as1234.awmdm.com', tokenUrl: 'https://na.uemauth.workspaceone.com/connect/token' };
    const { clientId } = this.credentials;
    return { console, tenant: at.key, address: at.base, apiAddress: at.apiAddress, tokenUrl: at.tokenUrl, target: fillTarget(target, at), name: 'Keyferry: Larkspur', dataSets: ['devices'], group: null, clientId, answers, ...changes };
  }

  async newCredentials(): Promise<Credentials> {
    const { console, service } = this.life;
    const { dataSets, builtInRole } = getRecipe(console, service.id);
    return console === 'jamf-pro' ? await jamfClient(this.sandbox, dataSets.flatMap(({ privileges }) => privileges)) : uemClient(this.sandbox, builtInRole);
  }

  create(changes: Partial<RegistrationRequest> = {}, secret = this.credentials.clientSecret, access = this.access()): Promise<Registration> {
    return this.life.adapter.createRegistration(access, this.request(changes), new Secret(secret), 'run-1', unbroken);
  }

  /** Once the service is back from the console. */
  async read(id: string): Promise<Registration> {
    await this.control.settled();
    return await this.life.adapter.readRegistration(this.access(), id, unbroken);
  }

  find(): Promise<Registration | undefined> {
    return this.life.adapter.findRegistration(this.access(), this.request(), unbroken);
  }
}

/** Declares the tests of one adapter; what is its own comes in `more`. */
export function describeServiceLife(name: string, life: ServiceLife, more?: (bench: ServiceBench) => void): void {
  describe(name, { timeout: 60_000 }, () => {
    const bench = new ServiceBench(life);
    const { adapter, service } = life;
    const host = (): string => new URL(bench.control.origin).host;
    const created = (): number => bench.control.registrations().length;

    beforeAll(async () => {
      bench.sandbox = await startSandbox({ largeTenantComputers: 20, largeEnvironmentDevices: 300 });
      bench.credentials = await bench.newCredentials();
    });
    afterAll(() => bench.sandbox.close());
    beforeEach(() => {
      vi.stubGlobal('fetch', async (input: string, init: RequestInit) => {
        expect(init).toMatchObject({ credentials: 'omit', redirect: 'error', cache: 'no-store', referrerPolicy: 'no-referrer' });
        for (const secret of bench.control.secrets()) if (secret.length > 8) expect(input).not.toContain(secret);
        return await bench.sandbox.fetch(input, init);
      });
    });
    afterEach(async () => {
      bench.sandbox.clearFaults();
      await bench.control.settled();
      for (const { id } of bench.control.registrations()) {
        // As the service itself says it, or with the adapter's own mark before it.
        for (const one of [id, `jamf:${id}`, `vmware:${id}`]) await adapter.deleteRegistration(bench.access(), one, unbroken);
      }
      vi.unstubAllGlobals();
      expect(created()).toBe(0);
    });

    it('says who the key belongs to', async () => {
      const organization = await adapter.readOrganization(bench.access(), unbroken);
      expect(organization).toMatchObject({ mayWrite: true, consoles: expect.arrayContaining([life.console]) as string[] });
      expect(organization.name).not.toBe('');
      if (service.account) expect(await adapter.readOrganization(bench.access({ account: '' }), unbroken)).toMatchObject({ mayWrite: true });
    });

    it('a whole life: nothing there, connected, found, changed, rotated, gone', async () => {
      expect(await bench.find()).toBeUndefined();
      const { id } = await bench.create();
      const connected = await bench.read(id);
      expect(connected).toMatchObject({ id, status: 'connected', error: undefined });
      expect(await bench.find()).toEqual(connected);

      if (service.can.keepSecret) {
        await adapter.updateRegistration(bench.access(), id, bench.request(), undefined, unbroken);
        expect(await bench.read(id)).toMatchObject({ status: 'connected' });
      }
      const next = await bench.newCredentials();
      const rotated = await adapter.updateRegistration(bench.access(), id, bench.request({ clientId: next.clientId }), new Secret(next.clientSecret), unbroken);
      expect(await bench.read(rotated.id)).toMatchObject({ status: 'connected' });
      expect(bench.control.registrations()).toMatchObject([{ clientId: next.clientId }]);
      if (service.outcome !== 'by-use') expect(bench.control.registrations()).toMatchObject([{ status: 'works' }]);

      await adapter.deleteRegistration(bench.access(), rotated.id, unbroken);
      expect(created()).toBe(0);
      await adapter.deleteRegistration(bench.access(), rotated.id, unbroken);
      expect(await bench.find()).toBeUndefined();
      expect((await failureOf(adapter.readRegistration(bench.access(), rotated.id, unbroken))).params['status']).toBe('404');
    });

    it('connecting twice makes no second one', async () => {
      await bench.create();
      expect(await failureOf(bench.create())).toEqual({ code: 'registration-appeared', params: { host: host() }, certainty: 'not-done' });
      expect(created()).toBe(1);
    });

    it('an answer that got lost is looked for', async () => {
      bench.sandbox.fault({ when: 'after', action: 'reset', host: host(), ...life.creation });
      const { id } = await bench.create();
      expect(await bench.read(id)).toMatchObject({ id, status: 'connected' });
      expect(created()).toBe(1);
    });

    it('an answer that got lost, with the service away for a while: once more, and no second one', async () => {
      bench.sandbox.fault({ when: 'after', action: 'reset', host: host(), ...life.creation });
      // All but the look before.
      let looks = 0;
      const inner = fetch;
      vi.stubGlobal('fetch', async (input: string, init: RequestInit) => {
        const isLook = init.method === 'GET';
        if (isLook && (looks += 1) > 1) throw new TypeError('fetch failed');
        return await inner(input, init);
      });
      expect(await failureOf(bench.create())).toEqual({ code: 'service-unreachable', params: { host: host(), status: '' }, certainty: 'unknown' });
      vi.stubGlobal('fetch', inner);
      expect((await failureOf(bench.create())).code).toBe('registration-appeared');
      // As the Run goes on: its own, or one that it asks about.
      const found = await bench.find();
      expect(['', bench.credentials.clientId]).toContain(found?.clientId);
      const { id } = await adapter.updateRegistration(bench.access(), found!.id, bench.request(), new Secret(bench.credentials.clientSecret), unbroken);
      expect(await bench.read(id)).toMatchObject({ status: 'connected' });
      expect(created()).toBe(1);
    });

    it(`a wrong secret is ${life.wrongSecret}`, async () => {
      const wrong = 'wrong-secret-wrong-secret';
      if (life.wrongSecret === 'refused') {
        const failure = await failureOf(bench.create({}, wrong));
        expect(failure).toMatchObject({ code: 'service-refused', certainty: 'not-done' });
        expect(failure.params['reason']).not.toBe('');
        expect(JSON.stringify(failure)).not.toContain(wrong);
        expect(created()).toBe(0);
        return;
      }
      const { id } = await bench.create({}, wrong);
      const registration = await bench.read(id);
      if (life.wrongSecret === 'unnoticed') expect(registration.status).toBe('connected');
      else expect(registration).toMatchObject({ status: 'failed', error: { code: 'credentials_rejected', message: expect.stringMatching(/./) as string } });
    });

    it('a key that is none', async () => {
      const access = bench.access({ key: 'nonsense-nonsense' });
      expect(await failureOf(adapter.readOrganization(access, unbroken))).toEqual({ code: 'service-key-refused', params: { host: host() }, certainty: 'not-done' });
    });

    it('a key for looking only', async () => {
      const access = bench.access({ key: bench.control.readOnlyApiKey });
      expect(await adapter.findRegistration(access, bench.request(), unbroken)).toBeUndefined();
      expect(await failureOf(bench.create({}, undefined, access))).toEqual({ code: 'service-key-read-only', params: { organization: host() }, certainty: 'not-done' });
    });

    it('a key for other things', async () => {
      const access = bench.access({ key: bench.control.otherApiKey });
      expect((await failureOf(adapter.findRegistration(access, bench.request(), unbroken))).code).toBe('service-key-read-only');
    });

    it.each<[what: string, answer: { status: number; body?: string }, code: string, certainty: string]>([
      ['too much to do', { status: 429, body: '{"message":"slow down"}' }, 'service-busy', 'not-done'],
      ['out of order', { status: 502, body: '<html>' }, 'service-unreachable', 'unknown'],
      ['a page', { status: 200, body: '<html>' }, 'service-answer-unreadable', 'unknown'],
      ['another shape', { status: 200, body: '{"id":1,"result":{},"integrations":7,"accounts":[{"account_id":7}]}' }, 'service-answer-unreadable', 'unknown'],
    ])('%s', async (_what, answer, code, certainty) => {
      bench.sandbox.fault({ when: 'before', action: answer, host: host(), times: 9 });
      for (const work of [() => adapter.readOrganization(bench.access(), unbroken), () => bench.find(), () => adapter.readRegistration(bench.access(), 'jamf:1', unbroken)]) {
        expect((await failureOf(work())).code).toBe(code);
      }
      bench.sandbox.clearFaults();
      // A write that may have happened says so; nothing did.
      bench.sandbox.fault({ when: 'before', action: answer, host: host(), ...life.creation });
      expect(await failureOf(bench.create())).toMatchObject({ code, certainty });
    });

    it('what the service says is cut, and quotes no secret', async () => {
      const quoting = `${bench.control.apiKey} ${bench.credentials.clientSecret} ${'z'.repeat(999)}`;
      const body = JSON.stringify({ message: quoting, detail: quoting, errors: [{ code: 1000, message: quoting }] });
      bench.sandbox.fault({ when: 'before', action: { status: 422, body }, host: host(), ...life.creation });
      const { code, params } = await failureOf(bench.create());
      expect([code, params['reason']]).toEqual(['service-refused', `**** **** ${'z'.repeat(999)}`.slice(0, 400)]);
    });

    if (service.address.kind === 'fixed') {
      const { options } = service.address;
      it('its addresses, and no other', () => {
        for (const { address } of options) for (const typed of [address, `${address}/`, address.slice(8), `${address}/api/v1/x?y`]) expect(adapter.normaliseAddress(typed)).toBe(address);
        expect(new Set(options.map(({ address }) => address)).size).toBe(options.length);
        expect(() => adapter.normaliseAddress('https://evil.example')).toThrow('bad-input');
      });
    }
    more?.(bench);
  });
}
