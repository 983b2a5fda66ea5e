import type { FormEvent, JSX } from 'react';
import { useMessages } from '../text/context.tsx';
import { Field } from './Field.tsx';

/** What was typed into a field; it is read when the form is sent and kept in no state. */
export function typed(event: FormEvent<HTMLFormElement>, name: string): string {
  const value = new FormData(event.currentTarget).get(name);
  return typeof value === 'string' ? value : '';
}

export interface SignInFormProps {
  id: string;
  hint?: string;
  onSubmit: (username: string, password: string) => void;
}

/** A local account's name and password; the button that sends it stands in the view's footer. */
export function SignInForm({ id, hint, onSubmit }: SignInFormProps): JSX.Element {
  const text = useMessages();
  return (
    <form
      id={id}
      className="form"
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit(typed(event, 'username').trim(), typed(event, 'password'));
      }}
    >
      <Field label={text.signIn.username} name="username" autoComplete="off" required maxLength={255} />
      <Field label={text.signIn.password} name="password" type="password" autoComplete="off" required maxLength={1024} hint={hint ?? text.signIn.hint} />
    </form>
  );
}
