import { useId, useState, type FormEvent, type JSX } from 'react';
import { passphraseMinimum } from '../../lib/run/view.ts';
import { accessIdOf } from '../../lib/services/service.ts';
import { Button } from '../parts/Button.tsx';
import { Field } from '../parts/Field.tsx';
import { Screen } from '../parts/Screen.tsx';
import { typed } from '../parts/SignInForm.tsx';
import { useMessages } from '../text/context.tsx';
import type { ScreenOf } from './screen-props.ts';

/** Where the service is and the admin's key for it, or the passphrase for a kept key. Secrets stand in fields only, never in state. */
export function ServiceSetup(props: ScreenOf<'service-setup'>): JSX.Element {
  const { view, notice, working, isBlocked, onIntent } = props;
  const [entersKey, setEntersKey] = useState(false);
  const text = useMessages();
  const form = useId();
  const { service } = view;
  const isLocked = service !== undefined && view.isLocked && !view.canGoBack && !entersKey;
  const isKeyMissing = service !== undefined && !view.canGoBack;
  const isUnreachable = notice?.code === 'service-unreachable' && notice.params['status'] === '';
  const host = notice?.params['host'];
  const title = isLocked ? text.setup.titleLocked : isKeyMissing ? text.setup.titleKeyMissing : view.canGoBack ? text.setup.titleChange : text.setup.title;
  const lead = isLocked ? text.setup.leadLocked(service.organization) : isKeyMissing && !view.isLocked ? text.setup.leadKeyMissing(service.organization) : text.setup.lead;
  const sent = isLocked ? 'unlock-service' : 'set-up-service';
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    if (isLocked) onIntent({ type: 'unlock-service', access: accessIdOf(service), passphrase: typed(event, 'passphrase') });
    else onIntent({ type: 'set-up-service', id: service?.id ?? 'integration-api', account: '', address: typed(event, 'address').trim(), key: typed(event, 'key').trim(), passphrase: typed(event, 'passphrase') || null });
  };
  return (
    <Screen
      title={title}
      lead={lead}
      notice={notice}
      actions={
        <>
          <Button look="primary" form={form} isBusy={working === sent} isBlocked={isBlocked}>
            {isLocked ? text.setup.unlock : isUnreachable ? text.setup.allowAndSubmit : text.setup.submit}
          </Button>
          {(view.canGoBack || isLocked) && (
            <div className="actions-more">
              <Button look="quiet" isBlocked={isBlocked} onClick={() => (isLocked ? setEntersKey(true) : onIntent({ type: 'back' }))}>
                {isLocked ? text.setup.enterKey : text.common.back}
              </Button>
            </div>
          )}
        </>
      }
    >
      {isUnreachable && typeof host === 'string' && <p className="aside">{text.setup.allowHint(host)}</p>}
      <form id={form} key={sent} className="form" autoComplete="off" onSubmit={submit}>
        {isLocked ? (
          <Field label={text.setup.passphrase} name="passphrase" type="password" autoComplete="off" required maxLength={1000} />
        ) : (
          <>
            <Field label={text.setup.address} name="address" inputMode="url" defaultValue={service?.address ?? ''} placeholder="https://" autoComplete="off" required maxLength={2000} hint={text.setup.addressHint} />
            <Field label={text.setup.key} name="key" type="password" autoComplete="off" required maxLength={4000} hint={text.setup.keyHint} />
            <KeepKey />
          </>
        )}
      </form>
    </Screen>
  );
}

/** Whether the key outlives the browser session, and the passphrase for it. */
function KeepKey(): JSX.Element {
  const text = useMessages();
  const id = useId();
  const [keeps, setKeeps] = useState(false);
  return (
    <>
      <div className="check">
        <input type="checkbox" id={id} checked={keeps} aria-describedby={`${id}-hint`} onChange={(event) => setKeeps(event.target.checked)} />
        <div className="check-name">
          <label htmlFor={id}>{text.setup.keep}</label>
        </div>
        <p className="hint" id={`${id}-hint`}>
          {text.setup.keepHint}
        </p>
      </div>
      {keeps && <Field label={text.setup.passphrase} name="passphrase" type="password" autoComplete="new-password" required minLength={passphraseMinimum} maxLength={1000} hint={text.setup.passphraseHint(passphraseMinimum)} />}
    </>
  );
}
