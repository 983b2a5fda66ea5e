import type { AnyGoal, FillableSecret } from './goals.ts';
import type { FieldValue } from './read-field.ts';
import type { Located, Wanted } from './locate.ts';

/*
 * What the guide of a console's or a service's pages is made of: their controls by name (data), and one pure function from what
 * the page shows to what the admin does next. The guide holds no position of its own.
 */

/**
 * What was seen on earlier pages and can be seen again (a role that is as wanted, while the page shows clients): spares a look,
 * and nothing is wrong without it.
 */
export type GuideMemo = Readonly<Record<string, boolean>>;

/** One control of the console's pages, by meaning. */
export interface Control extends Omit<Wanted, 'within'> {
  /** How to know it in a language whose wordings are not known. Counts only where it leads to exactly one control. */
  structure?: Structure;
}

export interface Structure {
  /** On pages with this address alone (path and query of the tab). */
  on?: RegExp;
  /** A link that leads to this path. */
  href?: RegExp;
  selector?: string;
  /** The n-th of exactly `of` controls with its roles, from 0. Without it: the only one. */
  nth?: { index: number; of: number };
}

/** A row of a table: the one in which this very text stands, or is the value of a field. */
export interface Row<Id extends string = string> {
  text: string;
  /** In the column of this control alone: an empty text is found there. */
  of?: Id;
}

/** The page as an {@link PageGuide.observe} sees it; everything is looked up once per look. */
export interface GuidePage<Id extends string> {
  /** Path and query of the tab, and its fragment where that is a route (`#/…`). */
  address: string;
  /** In a row, a control is known by the head of its column too; one without names is the only one of its roles there. */
  find(id: Id, row?: Row<Id>): Located;
  has(id: Id, row?: Row<Id>): boolean;
  /** What a text field holds; in a row, also a choice, or the text of the cell. Undefined where it is not found. */
  textOf(id: Id, row?: Row<Id>): string | undefined;
  /** Whether it is on, checked or chosen; undefined where it does not say. */
  isOn(id: Id, row?: Row<Id>): boolean | undefined;
  /** Whether a text field still holds what it came with: nobody has typed in it. */
  isUntouched(id: Id, row?: Row<Id>): boolean;
  /** What the rows of a table hold in this control's column, from the top. */
  rows(id: Id): readonly string[];
  /** The text that stands on it or in it, whatever it is called, also where it is greyed out or something lies over it. */
  textOn(id: Id): string | undefined;
  /** The one text or value of this form on the page. */
  textLike(pattern: RegExp): string | undefined;
  /** Whether this very text is visible as the whole text of something, or the value of a field. */
  shows(text: string): boolean;
  /** Whether a visible text fits; each is tried as a whole and in lower case. `raised`: of alerts and what explains a wrong field alone. */
  says(pattern: RegExp, which?: 'all' | 'raised'): boolean;
  /** The row or card of a list with this very text (or all of these) in it and such a control; undefined where there is none, or where it is not clear. */
  partWith(text: string | readonly string[], mark: Id): PagePart<Id> | undefined;
  /** How many such rows or cards there are. */
  countWith(text: string | readonly string[], mark: Id): number;
  /** Something named exactly so that can be followed: a row's link, or the row's cell. */
  findNamed(name: string): Located;
  /** Whether a one-time secret is on the page; never its value. */
  secret: 'shown' | 'unreadable' | 'none';
  /** It says that it works, or a part of it has not come yet. */
  isBusy: boolean;
}

/** A row of a table, an entry of a list, a card among cards. */
export interface PagePart<Id extends string> {
  find(id: Id): Located;
  /** As the page writes them. */
  texts: readonly string[];
}

export interface GuideField<Id extends string> {
  control: Id;
  row?: Row<Id>;
  /** `secret`: typed by the background into this very field; the guide never has it. */
  value: FieldValue | { kind: 'secret'; secret: FillableSecret };
}

/** Where the admin is and what comes next. */
export interface Observation<Id extends string, Step extends string = string> {
  step: Step;
  /** The control to use next, once the fields are right. */
  target?: Id;
  /** Where the target is in a table. */
  row?: Row<Id>;
  /** Of several such controls, the one in the row or card with this very text, or all of these. */
  beside?: string | readonly string[];
  /** In place of a control of the console: what is named exactly so. */
  named?: string;
  fields?: readonly GuideField<Id>[];
  /** In place of this, where all fields were right and nothing had to be filled in: there is nothing to save. */
  asIs?: Observation<Id, Step>;
  /** The page shows it now. */
  learned?: GuideMemo;
  /** Known once the admin has used the target with all fields right. */
  learnedByUse?: GuideMemo;
  /** What the Run needs to know and the page says, by name; no secret. */
  found?: Readonly<Record<string, string>>;
  /** The site is at work: nothing to do but wait. */
  isWaiting?: true;
  /** The goal is reached, as far as the pages show. */
  isDone?: true;
}

/** How a one-time secret is known when it is shown. */
export interface SecretShape {
  secretNames: readonly string[];
  secret: RegExp;
  id: RegExp;
}

/** A key that stands in a row of a table for as long as it is there. */
export interface RowSecret<Id extends string = string> {
  row: Row<Id>;
  /** What the row holds beside, or the key is none of ours. */
  beside: { control: Id; texts: readonly string[] };
  control: Id;
  /** A key in full; whatever else stands in its place is a key that cannot be read. */
  key: RegExp;
}

export interface PageGuide<Id extends string = string, Step extends string = string, Goal extends AnyGoal = AnyGoal> {
  controls: Readonly<Record<Id, Control>>;
  /** In order, for "3 of 9". */
  steps(goal: Goal): readonly Step[];
  /** `undefined` where the pages show none. */
  secret: SecretShape | undefined;
  /** In place of `secret`, where it is not the same for every goal. */
  secretFor?(goal: Goal): SecretShape | RowSecret<Id> | undefined;
  /** How the pages say their version; matched on whole texts, lower case. */
  version: RegExp;
  /** Path of the page where the work begins. */
  start(goal: Goal): string;
  observe(page: GuidePage<Id>, goal: Goal, memo: GuideMemo): Observation<Id, Step>;
}
