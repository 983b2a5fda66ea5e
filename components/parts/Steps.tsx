import type { JSX } from 'react';
import { uemStepIds, type UemStepId } from '../../lib/run/run.ts';
import type { RunView, StepLine } from '../../lib/run/view.ts';
import type { Messages } from '../text/messages.ts';
import { useMessages } from '../text/context.tsx';
import { Icon, type IconName } from './Icon.tsx';

const isUem = (id: StepLine['id']): id is UemStepId => (uemStepIds as readonly string[]).includes(id);

const icons: Partial<Record<StepLine['state'], IconName>> = { done: 'check', failed: 'cross', stopped: 'pause' };

export function stepText(text: Messages, line: StepLine, service: string): string {
  const step = isUem(line.id) ? text.uem.steps[line.id] : text.steps[line.id];
  if (line.state === 'done') return step.done(service, line.origin);
  return line.state === 'active' ? step.doing(service) : step.todo(service);
}

/** `1,204 accounts, 96 devices`; what has not been counted yet is left out. */
export function countsText(text: Messages, counts: RunView['progress']): string {
  return [counts?.accounts != null && text.common.accounts(counts.accounts), counts?.devices != null && text.common.devices(counts.devices)].filter(Boolean).join(', ');
}

/** The progress list. */
export function Steps({ view }: { view: RunView }): JSX.Element {
  const text = useMessages();
  const counts = countsText(text, view.progress);
  return (
    <ol className="steps">
      {view.lines.map((line) => {
        const icon = icons[line.state];
        const slow = line.id === 'access' && view.rung === 'borrowed-token' ? text.borrow.waiting(text.consoles[view.tenant.console]) : isUem(line.id) ? text.uem.slow[line.id] : text.slow[line.id];
        return (
          <li key={line.id} className={`step step-${line.state}`} aria-current={line.state === 'active' ? 'step' : undefined}>
            <span className="step-sign">{icon ? <Icon name={icon} /> : line.state === 'active' && <span className="spinner" />}</span>
            <span className="step-text">
              {stepText(text, line, view.service.organization)}
              {line.id === 'outcome' && counts !== '' && <span className="step-counts">{counts}</span>}
              {line.state === 'active' && slow !== undefined && <span className="step-slow">{slow}</span>}
            </span>
            <span className="only-read">{text.stepState[line.state]}</span>
          </li>
        );
      })}
    </ol>
  );
}
