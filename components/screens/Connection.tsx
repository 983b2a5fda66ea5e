import { useEffect, useId, useRef, useState, type JSX } from 'react';
import type { ConnectionAction, ConnectionView } from '../../lib/run/connections-view.ts';
import type { DataSetId } from '../../lib/recipes/recipe.ts';
import type { Intent } from '../../lib/run/view.ts';
import { answersOf, Asks } from '../parts/Asks.tsx';
import { Button } from '../parts/Button.tsx';
import { DataChoice, type Group } from '../parts/DataChoice.tsx';
import { Field } from '../parts/Field.tsx';
import { FailureDetails, FailureNotice } from '../parts/Notice.tsx';
import { Icon } from '../parts/Icon.tsx';
import { Row } from '../parts/Rows.tsx';
import { Route } from '../parts/Route.tsx';
import { Screen } from '../parts/Screen.tsx';
import { useMessages } from '../text/context.tsx';
import type { Messages } from '../text/messages.ts';
import type { ScreenOf } from './screen-props.ts';
import { Check } from './uem/Check.tsx';

/** What is asked once more, or has something to fill in. */
type Form = 'edit' | 'rotate' | 'disconnect' | 'forget';

/** Which intent a press sends, where that is all. */
const sends: Partial<Record<ConnectionAction, Intent['type']>> = { 'check': 'check', 'sync': 'sync', 'rights': 'renew', 'reconnect': 'renew', 'open-console': 'visit-console' };

/** One connection: how it stands, and what can be done with it. */
export function Connection({ view, notice, working, isBlocked, onIntent }: ScreenOf<'connection'>): JSX.Element {
  const text = useMessages();
  const words = text.connections;
  const id = useId();
  const [open, setOpen] = useState<Form>();
  const shown = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (open) shown.current?.querySelector<HTMLElement>('h2')?.focus();
  }, [open]);
  const { line, receipt } = view;
  const { tenant, service, failure, state } = line;
  const console = text.consoles[tenant.console];

  const act = (action: ConnectionAction): void => {
    switch (action) {
      case 'show-run':
        return onIntent({ type: 'show', place: { at: 'run', id: line.id } });
      case 'set-up':
        // On the course "UEM" nothing is set up beforehand.
        return onIntent({ type: 'choose-service', id: service.id, access: receipt ? '' : service.access });
      case 'service-key':
        return onIntent({ type: 'show', place: { at: 'set-up', id: service.id, access: service.access } });
      case 'rights':
      case 'reconnect':
        return onIntent({ type: 'renew', id: line.id, purpose: action });
      case 'check':
      case 'sync':
        return onIntent({ type: action, id: line.id });
      case 'open-console':
        return onIntent({ type: 'visit-console', id: line.id });
      case 'edit':
        // What the site filter offers may have changed since.
        if (view.dataSets.some(({ groupFilter }) => groupFilter)) onIntent({ type: 'list-groups', id: line.id });
        return setOpen(action);
      case 'rotate':
      case 'disconnect':
      case 'forget':
        return setOpen(action);
      case 'open-service':
        return undefined;
    }
  };
  const [main, ...more] = view.actions;
  const button = (action: ConnectionAction, look: 'primary' | 'secondary' | 'quiet'): JSX.Element =>
    action === 'open-service' ? (
      <a key={action} className={`button button-${look}`} href={receipt?.accountsUrl ?? ''} target="_blank" rel="noopener noreferrer">
        {words.actions[action](service.organization)}
        <Icon name="external" />
        <span className="only-read">({text.common.newTab})</span>
      </a>
    ) : (
      <Button key={action} look={look} isBusy={working !== undefined && sends[action] === working && (working !== 'renew' || action === main)} isBlocked={isBlocked} onClick={() => act(action)}>
        {labelOf(action, service.organization, console, text)}
      </Button>
    );
  return (
    <Screen
      top={<Route view={{ tenant, service: { id: service.id, access: service.access, address: service.access.split(' ')[0]!, organization: service.organization } }} />}
      title={state === 'connecting' && line.purpose ? text.purposes[line.purpose].doing : words.states[state]}
      lead={line.at === undefined ? undefined : (line.isChecked ? words.checked : words.made)(text.moment(line.at))}
      notice={notice}
      actions={
        open ? (
          <>
            <Button look="primary" form={id} isBusy={working === (open === 'edit' || open === 'rotate' ? 'renew' : open)} isBlocked={isBlocked}>
              {open === 'edit' ? words.edit.submit : words[open].submit}
            </Button>
            <div className="actions-more">
              <Button look="quiet" isBlocked={isBlocked} onClick={() => setOpen(undefined)}>
                {text.actions.cancel}
              </Button>
            </div>
          </>
        ) : (
          <>
            {main && button(main, 'primary')}
            <div className="actions-more">
              <Button look="quiet" isBlocked={isBlocked} onClick={() => onIntent({ type: 'show', place: { at: 'connections' } })}>
                {words.toList}
              </Button>
            </div>
          </>
        )
      }
    >
      {open ? (
        <div className="group" ref={shown}>
          <ConfirmForm key={open} id={id} form={open} view={view} onIntent={onIntent} />
          {open !== 'forget' && !view.hasTab && <p className="aside">{words.needsTab(console, tenant.key)}</p>}
        </div>
      ) : (
        <>
          {failure && !notice && <FailureNotice failure={failure} tone={state === 'unknown' ? 'calm' : 'danger'} />}
          {(state === 'rights-changed' || view.missing.length + view.surplus.length > 0) && (
            <div className="card">
              <Names title={words.missing(view.missing.length)} names={view.missing} />
              <Names title={words.surplus(view.surplus.length)} names={view.surplus} />
            </div>
          )}
          <dl className="counts">
            {line.accounts !== null && <Count value={text.number(line.accounts)} word={text.connected.account(line.accounts)} />}
            {line.devices !== null && <Count value={text.number(line.devices)} word={text.connected.device(line.devices)} />}
          </dl>
          {receipt && (
            <dl className="card rows">
              <Row title={text.choose.data} value={view.dataSets.filter(({ checked }) => checked).map(({ id: set }) => text.dataSets[set].name).join(', ')} />
              <Row title={text.connected.site} value={view.group?.name} />
              <Row title={text.objects[tenant.console].role} value={receipt.role.name} />
              <Row title={text.objects[tenant.console].client} value={receipt.client?.name} />
            </dl>
          )}
          {more.length > 0 && (
            <section className="group">
              <h2>{words.more}</h2>
              {!view.hasTab && receipt && <p className="hint">{words.needsTab(console, tenant.key)}</p>}
              <div className="actions-more">{more.map((action) => button(action, action === 'disconnect' || action === 'forget' ? 'quiet' : 'secondary'))}</div>
            </section>
          )}
          {failure && !notice && <FailureDetails failure={failure} />}
        </>
      )}
    </Screen>
  );
}

function labelOf(action: Exclude<ConnectionAction, 'open-service'>, service: string, console: string, text: Messages): string {
  const { actions } = text.connections;
  if (action === 'open-console') return text.actions.openConsole(console);
  if (action === 'service-key') return text.actions.serviceKey;
  return action === 'sync' ? actions.sync(service) : actions[action];
}

/** What will happen, in plain words, and what there is to choose. */
function ConfirmForm({ id, form, view, onIntent }: { id: string; form: Form; view: ConnectionView; onIntent: (intent: Intent) => void }): JSX.Element {
  const text = useMessages();
  const words = text.connections;
  const { line, removable } = view;
  const { organization } = line.service;
  const console = text.consoles[line.tenant.console];
  const hasObjects = removable.role !== undefined || removable.client !== undefined;
  const [removesConsole, setRemovesConsole] = useState(hasObjects);
  const [choice, setChoice] = useState<{ dataSets: DataSetId[]; group: Group; name: string; answers: Record<string, string> }>({ dataSets: view.dataSets.filter(({ checked }) => checked).map(({ id: set }) => set), group: view.group, name: view.name, answers: answersOf(view.asks) });
  const canFilter = view.dataSets.some((set) => set.groupFilter && choice.dataSets.includes(set.id));
  const send = (): void => {
    if (form === 'edit') onIntent({ type: 'renew', id: line.id, purpose: 'edit', changes: { ...choice, name: choice.name.trim(), group: canFilter ? choice.group : null } });
    else if (form === 'rotate') onIntent({ type: 'renew', id: line.id, purpose: 'rotate' });
    else if (form === 'disconnect') onIntent({ type: 'disconnect', id: line.id, removesConsole });
    else onIntent({ type: 'forget', id: line.id });
  };
  return (
    <form
      id={id}
      className="form"
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <h2 tabIndex={-1}>{form === 'edit' ? words.edit.title : words[form].title}</h2>
      {form === 'edit' && (
        <>
          <Asks asks={view.asks} answers={choice.answers} onChange={(answers) => setChoice({ ...choice, answers })} />
          <DataChoice
            sets={view.dataSets}
            chosen={choice.dataSets}
            group={choice.group}
            groups={canFilter ? view.groups : undefined}
            onChange={(dataSets, group) => setChoice({ ...choice, dataSets, group })}
            onIntent={(intent) => onIntent(intent.type === 'load-groups' ? { type: 'list-groups', id: line.id } : intent)}
          />
          <Field label={words.edit.name(organization)} value={choice.name} required maxLength={100} autoComplete="off" onValue={(name) => setChoice({ ...choice, name })} />
        </>
      )}
      {form === 'rotate' && <p>{words.rotate.about(organization)}</p>}
      {form === 'disconnect' && (
        <>
          <p>{removable.atService ? words.disconnect.about(organization, console) : words.disconnect.byHand(organization)}</p>
          {hasObjects && <Check label={words.disconnect.console(console)} hint={words.disconnect.consoleHint([removable.role, removable.client].filter((one) => one !== undefined))} checked={removesConsole} onChange={setRemovesConsole} />}
        </>
      )}
      {form === 'forget' && <p>{words.forget.about(organization, console)}</p>}
    </form>
  );
}

function Names({ title, names }: { title: string; names: string[] }): JSX.Element | null {
  if (names.length === 0) return null;
  return (
    <>
      <p className="card-title">{title}</p>
      <ul className="privileges">
        {names.map((name) => (
          <li key={name}>{name}</li>
        ))}
      </ul>
    </>
  );
}

function Count({ value, word }: { value: string; word: string }): JSX.Element {
  return (
    <div>
      <dt>{word}</dt>
      <dd>{value}</dd>
    </div>
  );
}
