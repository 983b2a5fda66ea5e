import type { Ws1RoleRow } from '../types.ts';
import { findCategory, findPermission } from './permissions.ts';
import type { RoleInput } from './records.ts';

const escapeXml = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
const plain = (text: string): string => text.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

/** A role as the console exports it. unverified: the whole schema; that it is XML is all that is documented. */
export function writeRoleFile({ name, description, categories, permissions }: Ws1RoleRow): string {
  const lines = [
    ...Object.entries(categories).map(([path, access]) => `    <Category Path="${escapeXml(path)}" Access="${access}" />`),
    ...Object.entries(permissions).map(([one, access]) => `    <Resource Name="${escapeXml(one)}" Access="${access}" />`),
  ];
  return `<?xml version="1.0" encoding="utf-8"?>
<Role>
  <Name>${escapeXml(name)}</Name>
  <Description>${escapeXml(description)}</Description>
  <Resources>
${lines.join('\n')}
  </Resources>
</Role>
`;
}

/** Undefined for what is no such file, or names what no version knows. */
export function readRoleFile(text: string): RoleInput | undefined {
  const whole = /^\s*<\?xml[^>]*\?>\s*<Role>\s*<Name>([^<]*)<\/Name>\s*<Description>([^<]*)<\/Description>\s*<Resources>([\s\S]*)<\/Resources>\s*<\/Role>\s*$/.exec(text);
  if (whole === null) return undefined;
  const [, name = '', description = '', lines = ''] = whole;
  const categories: Record<string, 'read' | 'edit'> = {};
  const permissions: Record<string, 'read' | 'edit'> = {};
  for (const line of lines.split('\n').filter((one) => one.trim() !== '')) {
    const [, kind, , named = '', access = ''] = /^\s*<(Category|Resource) (Path|Name)="([^"<]*)" Access="(read|edit)" \/>\s*$/.exec(line) ?? [];
    const what = plain(named);
    if (kind === 'Category' && findCategory(what) !== undefined) categories[what] = access as 'read' | 'edit';
    else if (kind === 'Resource' && findPermission(what) !== undefined) permissions[what] = access as 'read' | 'edit';
    else return undefined;
  }
  return { name: plain(name), description: plain(description), categories, permissions };
}
