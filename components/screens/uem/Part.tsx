import { useEffect, useId, useRef, useState, type JSX } from 'react';
import type { Failure } from '../../../lib/failure.ts';
import type { RunView } from '../../../lib/run/view.ts';
import type { UemRunView } from '../../../lib/run/uem-view.ts';
import { ActionButtons } from '../../parts/ActionButtons.tsx';
import { Button } from '../../parts/Button.tsx';
import { Field } from '../../parts/Field.tsx';
import { Fold } from '../../parts/Fold.tsx';
import { FailureNotice } from '../../parts/Notice.tsx';
import { Route } from '../../parts/Route.tsx';
import { Screen } from '../../parts/Screen.tsx';
import { SignInForm, typed } from '../../parts/SignInForm.tsx';
import { Steps } from '../../parts/Steps.tsx';
import { useMessages } from '../../text/context.tsx';
import type { ScreenProps } from '../screen-props.ts';
import { Check } from './Check.tsx';
import { Rights } from './Rights.tsx';

/** The admin works through a site's pages, led by the guide in them. */
export function Part({ failure, uem, ...props }: ScreenProps<RunView> & { failure: Failure | null; uem: UemRunView }): JSX.Element | null {
  const text = useMessages();
  const { view, notice, onIntent } = props;
  const form = useId();
  const [isByApi, setByApi] = useState(false);
  const shownForm = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isByApi) shownForm.current?.querySelector('input')?.focus();
  }, [isByApi]);
  const [chosen, setChosen] = useState<string[]>();
  const { guide } = view;
  const { part } = uem;
  if (!part) return null;
  const groups = chosen ?? (uem.groups ?? []).filter(({ checked }) => checked).map(({ id }) => id);
  const isKeyShown = part === 'api-key' && guide?.isSecretShown === true;
  const words = isKeyShown ? text.uem.keyShown : isByApi ? text.uem.byApi : text.uem.parts[part];
  const isOpen = failure !== null || notice?.code === 'capture-unreadable';
  return (
    <Screen
      top={<Route view={view} />}
      title={words.title}
      lead={words.lead}
      notice={notice}
      actions={<ActionButtons {...props} groups={groups} open={isByApi ? { action: 'by-api', id: form } : undefined} onOpen={() => setByApi(true)} />}
    >
      {failure && !notice && <FailureNotice failure={failure} />}
      {view.actions.includes('take-over') && <p className="card">{text.uem.exists(uem.setup.username)}</p>}
      {isByApi && (
        <div ref={shownForm}>
          <SignInForm id={form} hint={text.uem.byApi.lead} onSubmit={(username, password) => onIntent({ type: 'by-api', runId: view.runId, username, password })} />
        </div>
      )}
      {part === 'wizard' && uem.groups && (
        <fieldset className="choice">
          <legend>{text.uem.groups.title}</legend>
          <p className="hint">{text.uem.groups.hint}</p>
          {uem.groups.map(({ id, name, code, devices }) => (
            <Check
              key={id}
              label={name}
              hint={[code, devices === null ? '' : text.uem.groups.devices(devices)].filter((one) => one !== '').join(', ')}
              checked={groups.includes(id)}
              onChange={(checked) => setChosen(checked ? [...groups, id] : groups.filter((one) => one !== id))}
            />
          ))}
        </fieldset>
      )}
      {!isKeyShown && !isByApi && guide && !view.actions.includes('take-over') && (
        <p className="card guide-line" role="status">
          {guide.title}
          {guide.progress && <span className="quiet">{guide.progress}</span>}
        </p>
      )}
      {!isByApi && <Steps view={view} />}
      {part !== 'wizard' && (
        <Fold title={text.uem.names.title} isOpen={failure?.code === 'uem-admin-exists' || view.actions.includes('take-over')}>
          <Names uem={uem} part={part} {...props} />
        </Fold>
      )}
      <Fold title={text.uem.byHand.title} isOpen={isOpen}>
        <ByHand uem={uem} part={part} {...props} />
      </Fold>
    </Screen>
  );
}

/** Other names, where something of that name is somebody else's. */
function Names({ uem: { setup }, part, view, working, isBlocked, onIntent }: ScreenProps<RunView> & { uem: UemRunView; part: NonNullable<UemRunView['part']> }): JSX.Element {
  const { choose, names } = useMessages().uem;
  const id = useId();
  const field = {
    'api-key': { label: choose.key, value: setup.keyService },
    'uem-role': { label: choose.roleName, value: setup.role.name },
    'administrator': { label: choose.username, value: setup.username },
    'wizard': { label: '', value: '' },
  }[part];
  return (
    <form
      id={id}
      className="fold-body"
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        const name = typed(event, 'name').trim();
        const uem = part === 'api-key' ? { ...setup, keyService: name } : part === 'uem-role' ? { ...setup, role: { ...setup.role, name } } : { ...setup, username: name };
        onIntent({ type: 'edit-uem', runId: view.runId, uem });
      }}
    >
      <Field label={field.label} name="name" defaultValue={field.value} required maxLength={100} autoComplete="off" />
      <Button form={id} isBusy={working === 'edit-uem'} isBlocked={isBlocked}>
        {names.submit}
      </Button>
    </form>
  );
}

/** The same without the guide: what is to be entered where. */
function ByHand({ uem, part, view, working, isBlocked, onIntent }: ScreenProps<RunView> & { uem: UemRunView; part: NonNullable<UemRunView['part']> }): JSX.Element {
  const { byHand } = useMessages().uem;
  const id = useId();
  const { setup, role } = uem;
  const lines = {
    'api-key': byHand.key(setup.keyService),
    'uem-role': byHand.role(role.name, role.copyOf),
    'administrator': byHand.administrator(setup.username, role.name, uem.organizationGroup),
    'wizard': byHand.wizard(uem.apiAddress ?? '', setup.username),
  }[part];
  return (
    <div className="fold-body">
      <ol className="by-hand">
        {lines.map((line) => (
          <li key={line}>
            <p>{line}</p>
          </li>
        ))}
      </ol>
      {part === 'uem-role' && <Rights role={role} />}
      {part === 'api-key' && (
        <form
          id={id}
          className="form"
          autoComplete="off"
          onSubmit={(event) => {
            event.preventDefault();
            onIntent({ type: 'capture-key', runId: view.runId, key: typed(event, 'key') });
          }}
        >
          <Field label={byHand.keyLabel} name="key" type="password" autoComplete="off" maxLength={2000} hint={byHand.keyHint} />
          <Button form={id} isBusy={working === 'capture-key'} isBlocked={isBlocked}>
            {byHand.submit}
          </Button>
        </form>
      )}
    </div>
  );
}
