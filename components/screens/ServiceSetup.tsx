import { useId, type JSX } from 'react';
import { Button } from '../parts/Button.tsx';
import { Field } from '../parts/Field.tsx';
import { Screen } from '../parts/Screen.tsx';
import { typed } from '../parts/SignInForm.tsx';
import { useMessages } from '../text/context.tsx';
import type { ScreenOf } from './screen-props.ts';

/** Where the service is and the admin's key for it. The key stands in the field only, never in state. */
export function ServiceSetup({ view, notice, working, isBlocked, onIntent }: ScreenOf<'service-setup'>): JSX.Element {
  const text = useMessages();
  const form = useId();
  const isKeyMissing = view.service !== undefined && !view.canGoBack;
  const isUnreachable = notice?.code === 'service-unreachable';
  const host = notice?.params['host'];
  return (
    <Screen
      title={isKeyMissing ? text.setup.titleKeyMissing : view.canGoBack ? text.setup.titleChange : text.setup.title}
      lead={isKeyMissing ? text.setup.leadKeyMissing(view.service?.organization ?? '') : text.setup.lead}
      notice={notice}
      actions={
        <>
          <Button look="primary" form={form} isBusy={working === 'set-up-service'} isBlocked={isBlocked}>
            {isUnreachable ? text.setup.allowAndSubmit : text.setup.submit}
          </Button>
          {view.canGoBack && (
            <div className="actions-more">
              <Button look="quiet" isBlocked={isBlocked} onClick={() => onIntent({ type: 'back' })}>
                {text.common.back}
              </Button>
            </div>
          )}
        </>
      }
    >
      {isUnreachable && typeof host === 'string' && <p className="aside">{text.setup.allowHint(host)}</p>}
      <form
        id={form}
        className="form"
        autoComplete="off"
        onSubmit={(event) => {
          event.preventDefault();
          onIntent({ type: 'set-up-service', address: typed(event, 'address').trim(), key: typed(event, 'key').trim() });
        }}
      >
        <Field label={text.setup.address} name="address" inputMode="url" defaultValue={view.service?.address ?? ''} placeholder="https://" autoComplete="off" required maxLength={2000} hint={text.setup.addressHint} />
        <Field label={text.setup.key} name="key" type="password" autoComplete="off" required maxLength={4000} hint={text.setup.keyHint} />
      </form>
    </Screen>
  );
}
