import { describe, expect, it } from 'vitest';
import { at, failed, uemViewInput } from '../../test/fixtures/uem-samples.ts';
import type { Run } from './run.ts';
import { viewOf, type GuideView, type RunView } from './view.ts';

const viewAt = (run: Run, guide?: Partial<GuideView>): RunView => {
  const view = viewOf({ ...uemViewInput, run, guide: guide && { step: 'lost', part: 'uem-role', title: '', progress: '', isSecretShown: false, ...guide } });
  if (!('runId' in view)) throw new Error(view.kind);
  return view;
};

describe('the buttons while the guide leads', () => {
  it.each<[string, Run, Partial<GuideView> | undefined, string[]]>([
    ['no page yet', at('uem-role'), undefined, ['open-part', 'cancel']],
    ['on the way there', at('uem-role'), { step: 'open-administrators' }, ['open-part', 'cancel']],
    ['begun on the page, which is not taken away', at('uem-role'), { step: 'copy-role' }, ['open-console', 'cancel']],
    ['the key is shown', at('api-key'), { part: 'api-key', step: 'capture', isSecretShown: true }, ['capture-shown', 'cancel']],
    ['the key is not shown in full', at('api-key'), { part: 'api-key', step: 'secret-unreadable' }, ['open-console', 'cancel']],
    ['a new administrator', at('administrator'), { part: 'administrator', step: 'fill-admin' }, ['open-console', 'by-api', 'cancel']],
    ['one that was there before', at('administrator'), { part: 'administrator', step: 'admin-exists' }, ['take-over', 'by-api', 'cancel']],
    ['one that this Run made', failed(at('uem-proof'), 'uem-sign-in-refused').run, { part: 'administrator', step: 'admin-exists' }, ['open-console', 'by-api', 'cancel']],
    ['at the service', at('wizard'), { part: 'wizard', step: 'verify' }, ['open-service', 'cancel']],
  ])('%s', (_what, run, guide, actions) => {
    expect(viewAt(run, guide).actions).toEqual(actions);
  });

  it('what was said of the part before is of no use', () => {
    const { actions, guide } = viewAt(at('uem-role'), { part: 'api-key', step: 'capture', isSecretShown: true });
    expect([actions, guide]).toEqual([['open-part', 'cancel'], undefined]);
  });
});
