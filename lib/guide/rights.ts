import { normalise } from './wording.ts';

/*
 * What a role may do, as consoles with a tree of categories say it.
 */

export type Access = 'read' | 'edit';
/** `partly`: some of it, or it does not say. */
export type Granted = Access | 'none' | 'partly';

/** Whole categories by path (`API > REST > Devices`), and single permissions by name. */
export interface Rights {
  kind: 'rights';
  categories: readonly { path: string; access: Access }[];
  permissions: readonly { name: string; access: Access }[];
}

/** The categories that the page has now, by path. */
export interface RightsReading {
  kind: 'rights';
  categories: ReadonlyMap<string, Granted>;
}

const ranks: Readonly<Record<Granted, number>> = { none: 0, partly: 0, read: 1, edit: 2 };
/** Edit holds Read. */
export const grants = (granted: Granted | undefined, wanted: Access): boolean => granted !== undefined && ranks[granted] >= ranks[wanted];

export const sayRight = (what: string, access: Access): string => `${what}: ${access === 'edit' ? 'Edit' : 'Read'}`;

export const pathTo = (names: readonly string[]): string => names.join(' > ');
export const namesOf = (path: string): string[] => path.split('>').map((name) => name.trim());
const same = (path: string): string => pathTo(namesOf(path).map(normalise));
const isBelow = (path: string, other: string): boolean => same(path).startsWith(`${same(other)} > `);

/** What the reading says of one category; undefined where it has none of that path. */
export const grantedTo = ({ categories }: RightsReading, path: string): Granted | undefined => [...categories].find(([one]) => same(one) === same(path))?.[1];

/** `isUnseen`: nothing that is to be seen is wrong, but a part is out of sight (closed parents, single permissions). */
export function compareRights({ categories, permissions }: Rights, reading: RightsReading): { isRight: boolean; isUnseen: boolean; missing: readonly string[]; surplus: readonly string[] } {
  const lacking = categories.filter(({ path, access }) => !grants(grantedTo(reading, path), access));
  const missing = [...lacking.map(({ path, access }) => sayRight(path, access)), ...permissions.map(({ name, access }) => sayRight(name, access))];
  const isUnseen = lacking.every(({ path }) => ['partly', undefined].includes(grantedTo(reading, path)));
  return { isRight: missing.length === 0, isUnseen, missing, surplus: permissions.length > 0 ? [] : findSurplus(categories, reading) };
}

/** Categories with Edit beyond the wanted ones; Read is never too much, and a parent is told by its children. */
export function findSurplus(wanted: Rights['categories'], { categories }: RightsReading): string[] {
  const paths = [...categories.keys()];
  const isWanted = (path: string): boolean => wanted.some((one) => (one.access === 'edit' && (same(one.path) === same(path) || isBelow(path, one.path))) || isBelow(one.path, path));
  return paths.filter((path) => categories.get(path) === 'edit' && !isWanted(path) && !paths.some((other) => isBelow(other, path))).map((path) => sayRight(path, 'edit'));
}
