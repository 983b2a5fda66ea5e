import type { Context } from 'hono';
import type { HtmlEscapedString } from 'hono/utils/html';
import { failed } from './envelope.ts';
import type { Envelope } from './envelope.ts';
import type { Markup, PageFrame } from './pages/layout.ts';
import type { Admin, Session } from './records.ts';
import { Ws1Refusal } from './refusal.ts';

/** What every handler of a signed-in page is given. */
export interface PageEnv {
  Variables: {
    session: Session;
    admin: Admin;
    frame: PageFrame;
    /** Whether the admin may, at the group that the console is at or at another. */
    may: (permission: string, organizationGroupId?: number) => boolean;
  };
}
export type PageContext = Context<PageEnv>;

/** Inputs as the state's operations call them, by the names of the form's fields. */
const FIELDS: Readonly<Record<string, string>> = {
  username: 'UserName',
  password: 'Password',
  firstName: 'FirstName',
  lastName: 'LastName',
  email: 'EmailAddress',
  roles: 'Roles',
  name: 'Name',
  description: 'Description',
  categories: 'Resources',
  service: 'ApiServices',
  current: 'CurrentSetting',
};

/** Does what a form asks for; what the product refuses goes to the field that it is about. */
export async function attempt(c: PageContext, work: () => Envelope | Promise<Envelope>): Promise<Response> {
  try {
    return c.json(await work());
  } catch (error) {
    if (!(error instanceof Ws1Refusal)) throw error;
    return c.json(failed(error.message, error.field === undefined ? {} : { [FIELDS[error.field] ?? error.field]: [error.message] }));
  }
}

/** Only for those who hold the permission: a fragment of a page. */
export const fragment = (c: PageContext, permission: string | undefined, body: () => Markup): Response | Promise<Response> => {
  const { words } = c.get('frame');
  return permission === undefined || c.get('may')(permission) ? c.html(body()) : c.html(`<div class="message error" role="alert">${words.notAllowed}</div>`, 403);
};

export const refuse = (c: PageContext): Response => c.json(failed(c.get('frame').words.notAllowed));

/** Markup as a string, for the envelope. */
export const textOf = async (markup: Markup): Promise<string> => String(await (markup as Promise<HtmlEscapedString>));

export const textField = (form: FormData, name: string): string => {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
};

/** The rows of a table in a form: `Roles[3].RoleId`, in their order. */
export function rowsOf(form: FormData, table: string): Record<string, string>[] {
  const rows = new Map<string, Record<string, string>>();
  for (const [name, value] of form) {
    const [, index, field] = new RegExp(`^${table}\\[(\\d+)\\]\\.(\\w+)$`).exec(name) ?? [];
    if (index === undefined || field === undefined || typeof value !== 'string') continue;
    const row = rows.get(index) ?? {};
    row[field] = value;
    rows.set(index, row);
  }
  return [...rows.values()];
}
