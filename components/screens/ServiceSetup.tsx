import { useId, useState, type FormEvent, type JSX } from 'react';
import { passphraseMinimum } from '../../lib/run/view.ts';
import type { ServiceAbout } from '../../lib/run/services-view.ts';
import { accessIdOf } from '../../lib/services/service.ts';
import { Button } from '../parts/Button.tsx';
import { Field } from '../parts/Field.tsx';
import { Screen } from '../parts/Screen.tsx';
import { Select } from '../parts/Select.tsx';
import { typed } from '../parts/SignInForm.tsx';
import { useMessages } from '../text/context.tsx';
import type { ScreenOf } from './screen-props.ts';

/** Where the service is and the admin's key for it, or the passphrase for a kept key. Secrets stand in fields only, never in state. */
export function ServiceSetup(props: ScreenOf<'service-setup'>): JSX.Element {
  const { view, notice, working, isBlocked, onIntent } = props;
  const [entersKey, setEntersKey] = useState(false);
  const text = useMessages();
  const form = useId();
  const { service, about, isChange } = view;
  const { key, account } = about;
  const name = about.name === '' ? undefined : about.name;
  const isLocked = service !== undefined && view.isLocked && !isChange && !entersKey;
  const isKeyMissing = service !== undefined && !isChange;
  // Before anything is typed: where the browser asks, Chromium closes the popup, and what was typed is gone.
  const asksFirst = view.needsAccess && !isLocked;
  const isUnreachable = notice?.code === 'service-unreachable' && notice.params['status'] === '';
  const host = notice?.params['host'];
  const console = view.tenant && text.consoles[view.tenant.console];
  const title = isLocked ? text.setup.titleLocked : isKeyMissing ? text.setup.titleKeyMissing : isChange ? text.setup.titleChange : name === undefined ? text.setup.title : text.setup.titleNamed(name);
  const what = console === undefined ? undefined : name === undefined ? text.setup.lead(console) : text.setup.leadNamed(name, console);
  const lead = isLocked ? text.setup.leadLocked(service.organization) : isKeyMissing && !view.isLocked ? text.setup.leadKeyMissing(service.organization) : what;
  const sent = isLocked ? 'unlock-service' : asksFirst ? 'allow-address' : 'set-up-service';
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const address = typed(event, 'address').trim() || view.address;
    if (isLocked) onIntent({ type: 'unlock-service', access: accessIdOf(service), passphrase: typed(event, 'passphrase') });
    else if (asksFirst) onIntent({ type: 'allow-address', address });
    else onIntent({ type: 'set-up-service', id: about.id, account: typed(event, 'account').trim(), address, key: typed(event, 'key').trim(), passphrase: typed(event, 'passphrase') || null });
  };
  return (
    <Screen
      title={title}
      lead={lead}
      notice={notice}
      actions={
        <>
          <Button look="primary" form={form} isBusy={working === sent} isBlocked={isBlocked}>
            {isLocked ? text.setup.unlock : asksFirst ? text.setup.accessSubmit : isUnreachable ? text.setup.allowAndSubmit : key ? text.setup.submit : text.setup.without}
          </Button>
          <div className="actions-more">
            {isLocked && (
              <Button look="quiet" isBlocked={isBlocked} onClick={() => setEntersKey(true)}>
                {text.setup.enterKey}
              </Button>
            )}
            {key?.isOptional && !isLocked && !asksFirst && (
              <Button look="quiet" isBlocked={isBlocked} onClick={() => onIntent({ type: 'set-up-service', id: about.id, account: '', address: view.address, key: '', passphrase: null })}>
                {text.setup.without}
              </Button>
            )}
            {isChange ? (
              <Button look="quiet" isBlocked={isBlocked} onClick={() => onIntent({ type: 'show' })}>
                {text.common.back}
              </Button>
            ) : (
              <Button look="quiet" isBlocked={isBlocked} onClick={() => onIntent({ type: 'show', place: { at: 'services' } })}>
                {text.setup.another}
              </Button>
            )}
          </div>
        </>
      }
    >
      {isUnreachable && typeof host === 'string' && <p className="aside">{text.setup.allowHint(host)}</p>}
      <form id={form} key={sent} className="form" autoComplete="off" onSubmit={submit}>
        {isLocked ? (
          <Field label={text.setup.passphrase} name="passphrase" type="password" autoComplete="off" required maxLength={1000} />
        ) : (
          <>
            <Address about={about} address={view.address} />
            {asksFirst && <p className="aside">{text.setup.accessAbout(name ?? text.services.open)}</p>}
            {!asksFirst && account && <Field label={account.isOptional ? text.setup.optional(account.name) : account.name} name="account" defaultValue={service?.account ?? ''} placeholder={account.placeholder} autoComplete="off" required={!account.isOptional} maxLength={200} hint={account.isOptional ? text.setup.accountHint : undefined} />}
            {!asksFirst && key && (
              <>
                <Field
                  label={key.isOptional ? text.setup.optional(key.name) : key.name === '' ? text.setup.key : key.name}
                  name="key"
                  type="password"
                  autoComplete="off"
                  required
                  maxLength={4000}
                  hint={[key.madeAt !== '' && `${text.setup.madeAt(key.madeAt)}.`, key.isOptional && text.setup.optionalHint(about.name), text.setup.keyHint].filter(Boolean).join(' ')}
                />
                <KeepKey />
              </>
            )}
          </>
        )}
      </form>
    </Screen>
  );
}

/** Typed, or one of few; where there is one only, nothing is asked. */
function Address({ about, address }: { about: ServiceAbout; address: string }): JSX.Element | null {
  const text = useMessages();
  if (about.address.kind === 'typed') {
    return <Field label={text.setup.address} name="address" inputMode="url" defaultValue={address} placeholder={about.address.placeholder} autoComplete="off" required maxLength={2000} hint={text.setup.addressHint} />;
  }
  if (about.address.options.length < 2) return null;
  return (
    <Select label={text.setup.place} hint={text.setup.placeHint} name="address" defaultValue={address}>
      {about.address.options.map((option) => (
        <option key={option.address} value={option.address}>
          {option.label}
        </option>
      ))}
    </Select>
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
