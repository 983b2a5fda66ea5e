import { useId, type JSX, type ReactNode, type SelectHTMLAttributes } from 'react';
import { Icon } from './Icon.tsx';

export interface SelectProps extends Pick<SelectHTMLAttributes<HTMLSelectElement>, 'name' | 'value' | 'defaultValue' | 'required'> {
  label: string;
  hint?: string | undefined;
  onValue?: (value: string) => void;
  /** The options. */
  children: ReactNode;
}

/** One of few, with its label above and its hint below. */
export function Select({ label, hint, onValue, children, ...select }: SelectProps): JSX.Element {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <div className="select">
        <select {...select} id={id} aria-describedby={hint === undefined ? undefined : `${id}-hint`} onChange={onValue && ((event) => onValue(event.target.value))}>
          {children}
        </select>
        <Icon name="chevron" />
      </div>
      {hint !== undefined && (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}
