import type { JSX } from 'react';
import type { RunAction, RunView } from '../../lib/run/view.ts';
import type { ScreenProps } from '../screens/screen-props.ts';
import { useMessages } from '../text/context.tsx';
import type { Messages } from '../text/messages.ts';
import { Button, type ButtonProps } from './Button.tsx';
import { hasMade } from './Made.tsx';

/** A form that is open on the screen and the button that sends it. */
export interface OpenForm {
  action: 'sign-in' | 'edit' | 'by-api';
  id: string;
}

export interface ActionButtonsProps extends ScreenProps<RunView> {
  open?: OpenForm | undefined;
  /** What `open-service` hands on. */
  groups?: string[];
  /** Opens the form of `sign-in`, `edit` or `by-api`. */
  onOpen?: (action: OpenForm['action']) => void;
}

/** The view's actions as buttons: an open form's first, then in the view's order; the first is the main one. */
export function ActionButtons({ view, working, isBlocked, onIntent, open, onOpen, groups = [] }: ActionButtonsProps): JSX.Element | null {
  const text = useMessages();
  const order = open ? [open.action, ...view.actions.filter((action) => action !== open.action)] : view.actions;
  const button = (action: RunAction, look: NonNullable<ButtonProps['look']>): JSX.Element => {
    const isForm = action === 'sign-in' || action === 'edit' || action === 'by-api';
    if (open?.action === action) {
      return (
        <Button key={`${action}-send`} look={look} form={open.id} isBusy={working === action} isBlocked={isBlocked}>
          {action === 'sign-in' ? text.signIn.submit : action === 'by-api' ? text.uem.byApi.submit : text.edit.submit}
        </Button>
      );
    }
    return (
      <Button
        key={action}
        look={look}
        isBusy={working === action}
        isBlocked={isBlocked}
        isExpanded={isForm ? false : undefined}
        onClick={() => {
          if (action === 'sign-in' || action === 'edit' || action === 'by-api') onOpen?.(action);
          else if (action === 'service-key') onIntent({ type: 'show', place: { at: 'set-up', id: view.service.id, access: view.service.access } });
          else if (action === 'open-service') onIntent({ type: action, runId: view.runId, groups });
          else onIntent({ type: action, runId: view.runId });
        }}
      >
        {labelOf(action, view, text)}
      </Button>
    );
  };
  // Among the ways on, the one that was refused is none of its own.
  const isAside = (action: RunAction): boolean => isLeaving(action) || (action === 'retry' && view.ask?.kind === 'rung');
  const [first, ...rest] = order;
  if (first === undefined) return null;
  // Few enough stand side by side.
  const rows = rest.length <= 2 ? [rest] : [rest.filter((action) => !isAside(action)), rest.filter(isAside)];
  return (
    <>
      {button(first, first === 'cancel' ? 'secondary' : 'primary')}
      {rows
        .filter((row) => row.length > 0)
        .map((row) => (
          <div key={row.join(' ')} className="actions-more">
            {row.map((action) => button(action, isAside(action) ? 'quiet' : 'secondary'))}
          </div>
        ))}
    </>
  );
}

/** Gives up instead of going on: drawn more quietly. */
const isLeaving = (action: RunAction): boolean => action === 'undo' || action === 'dismiss' || action === 'cancel';

/** Every action's button text, as it fits the view. */
export function labelOf(action: RunAction, view: RunView, text: Messages): string {
  const { actions } = text;
  switch (action) {
    case 'retry':
      return view.ask?.kind === 'unknown-privileges' ? actions.checkAgain : actions.retry;
    case 'sign-in':
      return view.ask?.kind === 'rung' ? actions.signInLocal : actions.signInOther;
    case 'borrow-token':
      return text.borrow.submit;
    case 'open-console':
      return actions.openConsole(text.consoles[view.tenant.console]);
    case 'allow-console':
      return actions.allow(new URL(view.tenant.origin).host);
    case 'allow-service':
      return actions.allow(new URL(view.service.address).host);
    case 'capture-shown':
      return text.guided.capture;
    case 'open-part':
      return text.uem.parts[view.uem?.part ?? 'api-key'].open;
    case 'open-service':
      return text.uem.actions.openService((!view.uem && view.service.name) || view.service.organization);
    case 'by-api':
      return text.uem.actions.byApi;
    case 'take-over':
      return text.uem.actions.takeOver;
    case 'finish':
      return text.uem.actions.finish;
    case 'open-credentials':
      return text.guided.open(text.consoles[view.tenant.console]);
    case 'guide':
      return actions.guide(text.consoles[view.tenant.console]);
    case 'service-key':
      return actions.serviceKey;
    case 'undo':
      return isAllCreated(view) ? actions.undoCreated : actions.undoChanges;
    case 'dismiss':
      if (view.kind === 'connected' || view.kind === 'undone') return actions.done;
      return view.actions.includes('undo') || view.isUndoing ? actions.keep : actions.close;
    case 'continue':
    case 'edit':
    case 'cancel':
    case 'consent':
    case 'waive':
      return actions[action];
  }
}

function isAllCreated(view: RunView): boolean {
  const { role, client, registration } = view.made;
  return hasMade(view) && [role?.origin, client?.origin, registration].every((origin) => origin === undefined || origin === 'created');
}
