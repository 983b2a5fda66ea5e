import { useId, useRef, type ClipboardEvent, type JSX } from 'react';
import { readCredentials } from '../../lib/run/capture.ts';
import type { Failure } from '../../lib/failure.ts';
import type { RunView } from '../../lib/run/view.ts';
import { ActionButtons } from '../parts/ActionButtons.tsx';
import { Button } from '../parts/Button.tsx';
import { Field } from '../parts/Field.tsx';
import { Fold } from '../parts/Fold.tsx';
import { FailureNotice } from '../parts/Notice.tsx';
import { Route } from '../parts/Route.tsx';
import { Screen } from '../parts/Screen.tsx';
import { typed } from '../parts/SignInForm.tsx';
import { useMessages } from '../text/context.tsx';
import type { ScreenProps } from './screen-props.ts';

/** The admin makes role and client in the console, led by the guide in its page, and hands over what it shows once. */
export function Guided({ failure, ...props }: ScreenProps<RunView> & { failure: Failure | null }): JSX.Element {
  const text = useMessages();
  const form = useRef<HTMLFormElement>(null);
  const id = useId();
  const { view, notice, onIntent, working, isBlocked } = props;
  const { guide, wanted } = view;
  const { name, privileges, tokenLifetime, builtInRole, organizationGroup } = wanted;
  const renaming = useId();
  const { steps, shown } = text.byHand.oauthClient(name, builtInRole ?? '', organizationGroup);
  const makesRole = builtInRole === undefined;
  const isTaken = guide?.step === 'client-exists';
  const needsName = isTaken || failure?.code === 'secret-lost';
  const isShown = guide?.isSecretShown === true;
  const consoleName = text.consoles[view.tenant.console];

  /** One paste of both fills both fields; they are not React's to keep. */
  const onPaste = (event: ClipboardEvent<HTMLFormElement>): void => {
    const read = readCredentials(event.clipboardData.getData('text'), view.tenant.console);
    if ('problem' in read || !form.current) return;
    event.preventDefault();
    for (const [field, value] of [['clientId', read.clientId], ['clientSecret', read.secret]] as const) {
      const input = form.current.elements.namedItem(field);
      if (input instanceof HTMLInputElement) input.value = value;
    }
  };
  return (
    <Screen
      top={<Route view={view} />}
      title={isShown ? text.guided.secretShown : text.guided.title(consoleName)}
      lead={isShown ? text.guided.secretLead : text.guided.lead}
      notice={notice}
      actions={<ActionButtons {...props} />}
    >
      {failure && !notice && <FailureNotice failure={failure} />}
      {!isShown && (
        <p className="card guide-line" role="status">
          {guide?.title || text.guided.waiting(consoleName)}
          {guide?.progress && <span className="quiet">{guide.progress}</span>}
        </p>
      )}
      {!makesRole && (
        <Fold title={text.guided.rename.title} isOpen={needsName}>
          <form
            id={renaming}
            className="fold-body"
            autoComplete="off"
            onSubmit={(event) => {
              event.preventDefault();
              onIntent({ type: 'rename', runId: view.runId, name: typed(event, 'name').trim() });
            }}
          >
            {isTaken && <p>{text.guided.rename.exists(name)}</p>}
            <Field key={name} label={text.guided.rename.label(consoleName)} name="name" defaultValue={needsName ? nextName(name) : name} required maxLength={100} autoComplete="off" />
            <Button form={renaming} isBusy={working === 'rename'} isBlocked={isBlocked}>
              {text.guided.rename.submit}
            </Button>
          </form>
        </Fold>
      )}
      <Fold title={text.byHand.title} isOpen={failure !== null || notice?.code === 'capture-unreadable'}>
        <ol className="by-hand">
          {makesRole ? (
            <>
              <li>
                <p>{text.byHand.role(name)}</p>
                <p>{text.byHand.privileges(privileges.length)}</p>
                <ul className="privileges">
                  {privileges.map((privilege) => (
                    <li key={privilege}>{privilege}</li>
                  ))}
                </ul>
              </li>
              <li>
                <p>{text.byHand.client(name)}</p>
                <p>{text.byHand.lifetime(tokenLifetime)}</p>
              </li>
            </>
          ) : (
            steps.map((line) => (
              <li key={line}>
                <p>{line}</p>
              </li>
            ))
          )}
          <li>
            <p>{makesRole ? text.byHand.secret : shown}</p>
            <form
              id={id}
              ref={form}
              className="form"
              autoComplete="off"
              onPaste={onPaste}
              onSubmit={(event) => {
                event.preventDefault();
                onIntent({ type: 'capture', runId: view.runId, clientId: typed(event, 'clientId'), secret: typed(event, 'clientSecret') });
              }}
            >
              <Field label={text.byHand.clientId} name="clientId" autoComplete="off" maxLength={2000} hint={text.byHand.pasteHint} />
              <Field label={text.byHand.clientSecret} name="clientSecret" type="password" autoComplete="off" maxLength={2000} />
              <Button form={id} isBusy={working === 'capture'} isBlocked={isBlocked}>
                {text.byHand.submit}
              </Button>
            </form>
          </li>
        </ol>
      </Fold>
    </Screen>
  );
}

/** `Acme`, `Acme 2`, `Acme 3`: for what cannot be had a second time under its name. */
function nextName(name: string): string {
  const [, stem = name, count = '1'] = /^(.*?)(?: (\d{1,3}))?$/.exec(name) ?? [];
  const next = ` ${String(Number(count) + 1)}`;
  return stem.slice(0, 100 - next.length) + next;
}
