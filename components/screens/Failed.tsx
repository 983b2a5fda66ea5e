import { useEffect, useId, useRef, useState, type JSX } from 'react';
import { answersOf, Asks } from '../parts/Asks.tsx';
import { ActionButtons, type OpenForm } from '../parts/ActionButtons.tsx';
import { Borrowing } from '../parts/Borrowing.tsx';
import { DataChoice, type Group } from '../parts/DataChoice.tsx';
import { Made } from '../parts/Made.tsx';
import { FailureDetails, FailureNotice } from '../parts/Notice.tsx';
import { Route } from '../parts/Route.tsx';
import { Screen } from '../parts/Screen.tsx';
import { SignInForm } from '../parts/SignInForm.tsx';
import { useMessages } from '../text/context.tsx';
import type { DataSetId } from '../../lib/recipes/recipe.ts';
import type { RunView } from '../../lib/run/view.ts';
import type { ScreenProps } from './screen-props.ts';

/** Why it stopped and every way on from here. */
export function Failed(props: ScreenProps<RunView>): JSX.Element {
  const text = useMessages();
  const form = useId();
  const { view, notice, onIntent } = props;
  const [open, setOpen] = useState<OpenForm['action']>();
  const shownForm = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (open) shownForm.current?.querySelector<HTMLElement>('input:enabled, select')?.focus();
  }, [open]);
  const [choice, setChoice] = useState<{ dataSets: DataSetId[]; group: Group; answers: Record<string, string> }>({ dataSets: view.dataSets.filter((set) => set.checked).map((set) => set.id), group: view.group, answers: answersOf(view.asks) });
  const groups = choice.dataSets.includes('devices') ? view.groups : undefined;
  return (
    <Screen
      top={<Route view={view} />}
      title={view.purpose ? text.purposes[view.purpose].failed : view.isUndoing ? text.failed.titleUndo : text.failed.title}
      notice={notice}
      actions={<ActionButtons {...props} open={open && { action: open, id: form }} onOpen={(action) => {
            setOpen(action);
            // What the site filter offers may have changed since.
            if (action === 'edit' && view.groups) onIntent({ type: 'load-groups' });
          }} />}
    >
      {view.failure && !(notice && open) && <FailureNotice failure={view.failure} isAlert={!notice} />}
      <div ref={shownForm} hidden={!open}>
        {open === 'sign-in' && <SignInForm id={form} onSubmit={(username, password) => onIntent({ type: 'sign-in', runId: view.runId, username, password })} />}
        {open === 'edit' && (
          <form
            id={form}
            className="form"
            onSubmit={(event) => {
              event.preventDefault();
              onIntent({ type: 'edit', runId: view.runId, dataSets: choice.dataSets, group: groups ? choice.group : null, answers: choice.answers });
            }}
          >
            <Asks asks={view.asks} answers={choice.answers} onChange={(answers) => setChoice({ ...choice, answers })} />
            <DataChoice
              sets={view.dataSets}
              chosen={choice.dataSets}
              group={choice.group}
              groups={groups}
              onChange={(dataSets, group) => setChoice({ ...choice, dataSets, group })}
              onIntent={onIntent}
            />
          </form>
        )}
      </div>
      {!open && <Borrowing view={view} />}
      <Made view={view} {...(view.isUndoing ? { title: text.made.undoFailed } : {})} />
      {view.failure && !notice && <FailureDetails failure={view.failure} />}
    </Screen>
  );
}
