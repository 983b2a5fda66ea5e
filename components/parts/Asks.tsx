import type { JSX } from 'react';
import { Field } from './Field.tsx';
import { useMessages } from '../text/context.tsx';
import type { AskView } from '../../lib/run/services-view.ts';

/** A service's own questions. */
export function Asks({ asks, answers, onChange }: { asks: readonly AskView[]; answers: Readonly<Record<string, string>>; onChange: (answers: Record<string, string>) => void }): JSX.Element | null {
  const text = useMessages();
  if (asks.length === 0) return null;
  return (
    <fieldset className="choice">
      <legend>{text.choose.asks}</legend>
      {asks.map(({ id, name, placeholder, isRequired }) => (
        <Field
          key={id}
          label={isRequired ? name : text.choose.optional(name)}
          placeholder={placeholder}
          value={answers[id] ?? ''}
          required={isRequired}
          maxLength={300}
          autoComplete="off"
          onValue={(value) => onChange({ ...answers, [id]: value })}
        />
      ))}
    </fieldset>
  );
}

/** By their ids, as they stand. */
export const answersOf = (asks: readonly AskView[]): Record<string, string> => Object.fromEntries(asks.map(({ id, value }) => [id, value]));
