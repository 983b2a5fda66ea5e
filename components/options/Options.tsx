import { useId, useRef, type JSX, type ReactNode } from 'react';
import type { Failure } from '../../lib/failure.ts';
import type { OptionsIntent, OptionsView } from '../../lib/options/view.ts';
import { Button } from '../parts/Button.tsx';
import { Mark } from '../parts/Icon.tsx';
import { FailureNotice } from '../parts/Notice.tsx';
import { useMessages } from '../text/context.tsx';
import { optionsEn as text } from '../text/options-en.ts';

export interface OptionsProps {
  view: OptionsView;
  /** The last intent failed. */
  notice: Failure | undefined;
  onIntent: (intent: OptionsIntent) => void;
}

/** What Keyferry remembers and how it opens; everything here can be taken back. */
export function Options({ view, notice, onIntent }: OptionsProps): JSX.Element {
  const { consoles } = useMessages();
  return (
    <main className="options">
      <header className="options-head">
        <Mark />
        <h1>Keyferry: {text.title}</h1>
      </header>
      {notice && <FailureNotice failure={notice} isAlert />}
      {view.button !== undefined && <ToolbarButton place={view.button} onIntent={onIntent} />}
      <List
        {...text.hosts}
        rows={view.hosts.map(({ base, address, console }) => ({ id: base, name: address, detail: consoles[console], label: text.removeOne(address), action: text.remove, intent: { type: 'forget-host', base } }))}
        onIntent={onIntent}
      />
      <List
        {...text.services}
        rows={view.services.map(({ access, address, organization }) => ({ id: access, name: organization, detail: address.replace('https://', ''), label: text.forgetOne(organization), action: text.forget, intent: { type: 'forget-service', access } }))}
        onIntent={onIntent}
      />
      <List
        {...text.controls}
        rows={view.controls.map(({ id, role, name, host, version }) => ({
          id,
          name,
          tag: role,
          detail: text.controls.where(host, version),
          label: text.removeOne(`${role} ${name}`),
          action: text.remove,
          intent: { type: 'forget-control', id },
        }))}
        onIntent={onIntent}
      >
        {view.controls.length > 1 && (
          <Button look="quiet" onClick={() => onIntent({ type: 'forget-controls' })}>
            {text.removeAll}
          </Button>
        )}
      </List>
    </main>
  );
}

function ToolbarButton({ place, onIntent }: { place: 'popup' | 'panel'; onIntent: OptionsProps['onIntent'] }): JSX.Element {
  const id = useId();
  const choices = [
    { value: 'popup', name: text.button.popup, hint: text.button.popupHint },
    { value: 'panel', name: text.button.panel, hint: text.button.panelHint },
  ] as const;
  return (
    <fieldset className="choice options-part">
      <legend>
        <h2>{text.button.title}</h2>
      </legend>
      {choices.map(({ value, name, hint }) => (
        <div key={value} className="check">
          <input type="radio" id={`${id}-${value}`} name={id} checked={place === value} aria-describedby={`${id}-${value}-hint`} onChange={() => onIntent({ type: 'choose-button', place: value })} />
          <div className="check-name">
            <label htmlFor={`${id}-${value}`}>{name}</label>
          </div>
          <p className="hint" id={`${id}-${value}-hint`}>
            {hint}
          </p>
        </div>
      ))}
    </fieldset>
  );
}

interface Row {
  id: string;
  name: string;
  tag?: string;
  detail: string;
  action: string;
  /** The action with its object, for screen readers. */
  label: string;
  intent: OptionsIntent;
}

interface ListProps {
  title: string;
  lead: string;
  none: string;
  rows: Row[];
  onIntent: OptionsProps['onIntent'];
  /** Below the rows. */
  children?: ReactNode;
}

/** A list of things to take back. The heading takes the focus of a row that goes. */
function List({ title, lead, none, rows, onIntent, children }: ListProps): JSX.Element {
  const id = useId();
  const heading = useRef<HTMLHeadingElement>(null);
  const act = (intent: OptionsIntent): void => {
    heading.current?.focus();
    onIntent(intent);
  };
  return (
    <section className="options-part" aria-labelledby={id}>
      <h2 id={id} ref={heading} tabIndex={-1}>
        {title}
      </h2>
      <p className="lead">{lead}</p>
      {rows.length === 0 ? (
        <p>{none}</p>
      ) : (
        <ul className="card ends">
          {rows.map((row) => (
            <li key={row.id} className="end">
              <div className="end-main">
                <p className="end-name">
                  {row.name} {row.tag !== undefined && <span className="tag">{row.tag}</span>}
                </p>
                <p className="end-detail">{row.detail}</p>
              </div>
              <Button look="text" label={row.label} onClick={() => act(row.intent)}>
                {row.action}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {children}
    </section>
  );
}
