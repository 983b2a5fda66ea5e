import { useId, type InputHTMLAttributes, type JSX } from 'react';

type InputProps = Pick<
  InputHTMLAttributes<HTMLInputElement>,
  'type' | 'name' | 'value' | 'defaultValue' | 'onBlur' | 'autoComplete' | 'required' | 'minLength' | 'maxLength' | 'placeholder' | 'readOnly' | 'inputMode'
>;

export interface FieldProps extends InputProps {
  label: string;
  hint?: string | undefined;
  onValue?: (value: string) => void;
}

/** A text field with its label above and its hint below. */
export function Field({ label, hint, onValue, ...input }: FieldProps): JSX.Element {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        {...input}
        id={id}
        spellCheck={false}
        autoCapitalize="none"
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        onChange={onValue && ((event) => onValue(event.target.value))}
      />
      {hint !== undefined && (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}
