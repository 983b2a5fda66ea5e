import { useId, type JSX } from 'react';

export interface CheckProps {
  label: string;
  hint?: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
}

/** One check box with its label and hint. */
export function Check({ label, hint, checked, onChange }: CheckProps): JSX.Element {
  const id = useId();
  return (
    <div className="check">
      <input type="checkbox" id={id} checked={checked} aria-describedby={hint === undefined ? undefined : `${id}-hint`} onChange={(event) => onChange(event.target.checked)} />
      <div className="check-name">
        <label htmlFor={id}>{label}</label>
      </div>
      {hint !== undefined && (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}
