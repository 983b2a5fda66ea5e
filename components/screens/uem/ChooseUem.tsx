import { useId, useState, type JSX } from 'react';
import type { UemChoice } from '../../../lib/run/run.ts';
import { Button } from '../../parts/Button.tsx';
import { Field } from '../../parts/Field.tsx';
import { Fold } from '../../parts/Fold.tsx';
import { Icon } from '../../parts/Icon.tsx';
import { Screen } from '../../parts/Screen.tsx';
import { Select } from '../../parts/Select.tsx';
import { typed } from '../../parts/SignInForm.tsx';
import { useMessages } from '../../text/context.tsx';
import type { ScreenOf } from '../screen-props.ts';
import { Check } from './Check.tsx';
import { Rights } from './Rights.tsx';

/** What to connect: Workspace ONE UEM. */
export function ChooseUem({ view, notice, working, isBlocked, onIntent }: ScreenOf<'uem-choose'>): JSX.Element {
  const text = useMessages();
  const { choose } = text.uem;
  const id = useId();
  // From the first change on what is shown is what was chosen here: the way through storage must not undo a keystroke.
  const [changed, setChanged] = useState<UemChoice>();
  const choice = changed ?? view.choice;
  const role = view.roles.find(({ variant }) => variant === choice.role.variant) ?? view.roles[0];
  const change = (part: Partial<UemChoice>): void => {
    const next = { ...choice, ...part };
    setChanged(next);
    onIntent({ type: 'choose-uem', choice: next });
  };
  return (
    <Screen
      title={text.choose.title(text.consoles[view.tenant.console])}
      notice={notice}
      actions={
        <Button look="primary" form={`${id}-form`} isBusy={working === 'connect'} isBlocked={isBlocked}>
          {text.choose.connect}
        </Button>
      }
    >
      <div className="card ends">
        <div className="end">
          <Icon name="console" />
          <div className="end-main">
            <p className="end-name">{text.consoles[view.tenant.console]}</p>
            <p className="end-detail">{new URL(view.tenant.base).host}</p>
            <p className="end-detail">
              {choose.apiServer}: {new URL(view.facts.apiAddress).host}
            </p>
            {view.facts.organizationGroup !== undefined && (
              <p className="end-detail">
                {choose.organizationGroup}: {view.facts.organizationGroup}
              </p>
            )}
          </div>
        </div>
        <div className="end">
          <Icon name="service" />
          <div className="end-main">
            <p className="end-name">{view.service.organization}</p>
            <p className="end-detail">{new URL(view.service.address).host}</p>
          </div>
          <Button look="text" isBlocked={isBlocked} onClick={() => onIntent({ type: 'show', place: { at: 'services' } })}>
            {text.common.change}
          </Button>
        </div>
      </div>
      <form
        id={`${id}-form`}
        className="form"
        autoComplete="off"
        onSubmit={(event) => {
          event.preventDefault();
          onIntent({ type: 'connect' });
        }}
      >
        <Field label={choose.email} hint={choose.emailHint} type="email" required maxLength={200} autoComplete="off" value={choice.email} onValue={(email) => change({ email })} />
        <fieldset className="choice">
          <legend>{choose.rights}</legend>
          {view.roles.map(({ variant, name, description }) => (
            <div key={variant} className="check">
              <input
                type="radio"
                id={`${id}-${variant}`}
                name="rights"
                checked={choice.role.variant === variant}
                aria-describedby={`${id}-${variant}-hint`}
                onChange={() => change({ role: { variant, name, description } })}
              />
              <div className="check-name">
                <label htmlFor={`${id}-${variant}`}>{choose[variant].name}</label>
              </div>
              <p className="hint" id={`${id}-${variant}-hint`}>
                {choose[variant].hint}
                {variant === 'vendor' && <span className="hint-danger"> {choose.wipeWarning}</span>}
              </p>
            </div>
          ))}
        </fieldset>
        <Fold title={choose.creates}>
          <div className="fold-body">
            <Field label={choose.roleName} value={choice.role.name} required maxLength={100} autoComplete="off" onValue={(name) => change({ role: { ...choice.role, name } })} />
            {role && <Rights role={role} />}
            <Field label={choose.username} value={choice.username} required maxLength={100} autoComplete="off" onValue={(username) => change({ username })} />
            <Field label={choose.key} hint={choose.keyHint} value={choice.keyService} required maxLength={100} autoComplete="off" onValue={(keyService) => change({ keyService })} />
            <Check label={choose.tags} hint={choose.tagsHint(view.tags.join(', '))} checked={choice.makesTags} onChange={(makesTags) => change({ makesTags })} />
          </div>
        </Fold>
        <Fold title={choose.service}>
          <div className="fold-body">
            <Field label={choose.connectionName} value={choice.name} required maxLength={100} autoComplete="off" onValue={(name) => change({ name })} />
            <fieldset className="choice">
              <legend>{choose.pii}</legend>
              <Check label={choose.deviceName} checked={choice.pii.deviceName} onChange={(deviceName) => change({ pii: { ...choice.pii, deviceName } })} />
              <Check label={choose.ownerEmail} checked={choice.pii.email} onChange={(email) => change({ pii: { ...choice.pii, email } })} />
              <Check label={choose.number} checked={choice.pii.number} onChange={(number) => change({ pii: { ...choice.pii, number } })} />
            </fieldset>
            <Check label={choose.connector} hint={choose.connectorHint} checked={choice.usesConnector} onChange={(usesConnector) => change({ usesConnector })} />
            <p className="hint">{choose.existingDevices}</p>
          </div>
        </Fold>
      </form>
      <StatusKey isHeld={view.hasStatusKey} isBusy={working === 'status-key'} isBlocked={isBlocked} onIntent={onIntent} />
    </Screen>
  );
}

const regions = ['eu', 'us', 'ap'] as const;

/** The optional key for the service's own API; a form of its own, read when it is sent. */
function StatusKey({ isHeld, isBusy, isBlocked, onIntent }: { isHeld: boolean; isBusy: boolean; isBlocked: boolean; onIntent: ScreenOf<'uem-choose'>['onIntent'] }): JSX.Element {
  const { choose } = useMessages().uem;
  const id = useId();
  return (
    <Fold title={choose.status}>
      <div className="fold-body">
        {isHeld ? (
          <>
            <p>{choose.statusHeld}</p>
            <Button isBusy={isBusy} isBlocked={isBlocked} onClick={() => onIntent({ type: 'status-key', key: null })}>
              {choose.statusForget}
            </Button>
          </>
        ) : (
          <form
            id={id}
            className="form"
            autoComplete="off"
            onSubmit={(event) => {
              event.preventDefault();
              const region = regions.find((one) => one === typed(event, 'region')) ?? 'eu';
              onIntent({ type: 'status-key', key: { clientId: typed(event, 'clientId').trim(), accessKey: typed(event, 'accessKey').trim(), region } });
            }}
          >
            <p className="hint">{choose.statusLead}</p>
            <Field label={choose.clientId} name="clientId" required maxLength={200} autoComplete="off" />
            <Field label={choose.accessKey} name="accessKey" type="password" required maxLength={1000} autoComplete="off" />
            <Select label={choose.region} name="region">
              {regions.map((region) => (
                <option key={region} value={region}>
                  {choose.regions[region]}
                </option>
              ))}
            </Select>
            <Button form={id} isBusy={isBusy} isBlocked={isBlocked}>
              {choose.statusSave}
            </Button>
          </form>
        )}
      </div>
    </Fold>
  );
}
