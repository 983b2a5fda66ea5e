import { useEffect, useId, useRef, useState, type JSX, type ReactNode } from 'react';
import { ActionButtons } from '../parts/ActionButtons.tsx';
import { Borrowing } from '../parts/Borrowing.tsx';
import { FailureNotice } from '../parts/Notice.tsx';
import { Route } from '../parts/Route.tsx';
import { Screen } from '../parts/Screen.tsx';
import { SignInForm } from '../parts/SignInForm.tsx';
import { useMessages } from '../text/context.tsx';
import { AtService } from './AtService.tsx';
import { Guided } from './Guided.tsx';
import type { Ask, Change } from '../../lib/run/run.ts';
import type { RunView } from '../../lib/run/view.ts';
import type { ScreenProps } from './screen-props.ts';
import { Part } from './uem/Part.tsx';

interface AskProps<K extends Ask['kind']> extends ScreenProps<RunView> {
  ask: Extract<Ask, { kind: K }>;
}

/** What only the admin can decide or do. */
export function NeedsAdmin(props: ScreenProps<RunView>): JSX.Element | null {
  const { ask } = props.view;
  switch (ask?.kind) {
    case 'consent':
      return <Consent {...props} ask={ask} />;
    case 'unknown-privileges':
      return <UnknownPrivileges {...props} ask={ask} />;
    case 'rung':
      return <AnotherRung {...props} ask={ask} />;
    case 'capture':
      return <Guided {...props} failure={ask.failure} />;
    case 'guide':
      return props.view.uem ? <Part {...props} failure={ask.failure} uem={props.view.uem} /> : <AtService {...props} failure={ask.failure} />;
    case undefined:
      return null;
  }
}

/** What can stop something that works comes first. */
const gravity: Change['object'][] = ['client', 'registration', 'role'];

function Consent({ ask, ...props }: AskProps<'consent'>): JSX.Element {
  const text = useMessages();
  return (
    <Screen
      top={<Route view={props.view} />}
      title={text.consent.title}
      lead={text.consent.lead(text.consoles[props.view.tenant.console])}
      notice={props.notice}
      actions={<ActionButtons {...props} />}
    >
      <ul className="changes">
        {[...ask.changes].sort((a, b) => gravity.indexOf(a.object) - gravity.indexOf(b.object)).map((change) => (
          <li key={change.object} className="card">
            <ChangeText change={change} />
          </li>
        ))}
      </ul>
    </Screen>
  );
}

function ChangeText({ change }: { change: Change }): ReactNode {
  const text = useMessages().consent;
  const list = new Intl.ListFormat(useMessages().locale, { type: 'conjunction' });
  switch (change.object) {
    case 'role':
      return (
        <>
          <p className="card-title">{text.role(change.name)}</p>
          {change.missing.length > 0 && <Privileges title={text.roleGains(change.missing.length)} names={change.missing} />}
          {change.surplus.length > 0 && <Privileges title={text.roleLoses(change.surplus.length)} names={change.surplus} />}
          <p className="hint">{text.roleMeaning}</p>
        </>
      );
    case 'client':
      return (
        <>
          <p className="card-title">{text.client(change.name)}</p>
          <p>{text.newSecret}</p>
          {change.otherRoles.length > 0 && <p>{text.otherRoles(list.format(change.otherRoles))}</p>}
          {change.enable && <p>{text.enable}</p>}
        </>
      );
    case 'registration':
      return (
        <>
          <p className="card-title">{text.registration(change.name)}</p>
          <p>{text.registrationMeaning}</p>
        </>
      );
  }
}

function Privileges({ title, names }: { title: string; names: string[] }): JSX.Element {
  return (
    <>
      <p>{title}</p>
      <ul className="privileges">
        {names.map((name) => (
          <li key={name}>{name}</li>
        ))}
      </ul>
    </>
  );
}

function UnknownPrivileges({ ask, ...props }: AskProps<'unknown-privileges'>): JSX.Element {
  const text = useMessages();
  const { view } = props;
  return (
    <Screen
      top={<Route view={view} />}
      title={text.unknownPrivileges.title(ask.names.length)}
      notice={props.notice}
      actions={<ActionButtons {...props} />}
    >
      <div className="card">
        <Privileges title={text.unknownPrivileges.lead(text.consoles[view.tenant.console])} names={ask.names} />
        <p>{text.unknownPrivileges.meaning(view.service.organization)}</p>
      </div>
    </Screen>
  );
}

/** The console does not take its own session, or what was used instead has run out: the ways on, the best first. */
function AnotherRung({ ask, ...props }: AskProps<'rung'>): JSX.Element {
  const text = useMessages();
  const form = useId();
  const { view, onIntent } = props;
  const isFirst = ask.offered[0] === 'sign-in';
  const [isOpen, setOpen] = useState(isFirst);
  const shownForm = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isOpen && !isFirst) shownForm.current?.querySelector('input')?.focus();
  }, [isOpen, isFirst]);
  return (
    <Screen
      top={<Route view={view} />}
      title={isOpen ? text.signIn.title(text.consoles[view.tenant.console]) : text.borrow.title}
      notice={props.notice}
      actions={<ActionButtons {...props} open={isOpen ? { action: 'sign-in', id: form } : undefined} onOpen={() => setOpen(true)} />}
    >
      {!props.notice && <FailureNotice failure={ask.failure} tone="calm" />}
      {isOpen ? (
        <div ref={shownForm}>
          <SignInForm id={form} onSubmit={(username, password) => onIntent({ type: 'sign-in', runId: view.runId, username, password })} />
        </div>
      ) : (
        <Borrowing view={view} />
      )}
    </Screen>
  );
}
