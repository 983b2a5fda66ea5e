import type { JSX, ReactNode } from 'react';

export interface ButtonProps {
  children: ReactNode;
  look?: 'primary' | 'secondary' | 'quiet' | 'text';
  /** Submits the form with this id. */
  form?: string | undefined;
  onClick?: (() => void) | undefined;
  /** Shown as working; presses are ignored, the focus stays. */
  isBusy?: boolean;
  isBlocked?: boolean;
  isExpanded?: boolean | undefined;
  /** For screen readers, where the text alone does not say what is meant. */
  label?: string | undefined;
}

export function Button({ children, look = 'secondary', form, onClick, isBusy = false, isBlocked = false, isExpanded, label }: ButtonProps): JSX.Element {
  const isOff = isBusy || isBlocked;
  return (
    <button
      type={form === undefined ? 'button' : 'submit'}
      form={form}
      className={`button button-${look}`}
      aria-disabled={isOff || undefined}
      aria-expanded={isExpanded}
      aria-label={label}
      onClick={(event) => {
        if (isOff) event.preventDefault();
        else onClick?.();
      }}
    >
      {isBusy && <span className="spinner" />}
      {children}
    </button>
  );
}
