/*
 * Comparing a control's name with the wordings that are looked for. "New" is not "New site": a name matches whole or not at all,
 * but for what a page adds to it (a count) or cuts off (an ellipsis).
 */

/** How well a name fits, best first. */
export type Fit = 'exact' | 'ellipsis' | 'count' | 'title' | 'cut';
export const scores: Readonly<Record<Fit, number>> = { exact: 1, ellipsis: 0.9, count: 0.8, title: 0.7, cut: 0.6 };

const ascii = /^[\x20-\x7e]*$/;
/** Zero-width characters, soft hyphens, and the private-use characters of icon fonts. */
const invisible = /[\u00ad\u200b-\u200f\u2060-\u2064\ufe00-\ufe0f\ufeff\p{Co}]/gu;
/** Also the plus of a button that adds and the arrow of a folder, which often are a style's. */
const decoration = /^[\s*+›»❯▸▾▶▼►⌄]+|[\s*:›»❯▸▾▶▼►⌄]+$/g;
const ellipsis = /\s*\.{3}$/;
const count = /\s*(?:\(\s*\d[\d.,]*\+?\s*\)|\[\s*\d[\d.,]*\+?\s*\])$|\s+\d[\d.,]*\+?$/;

const fold = (text: string): string => (ascii.test(text) ? text : text.normalize('NFKC').replace(invisible, '')).toLowerCase();

/** A blank beside a Chinese or Japanese character is a matter of taste: some libraries put one between two on a button. */
const freeBlank = /(?<=[\u3001-\u9fff\uff00-\uffef])\s+|\s+(?=[\u3001-\u9fff\uff00-\uffef])/g;

/** Without what differs between two spellings of one name: case, width, blanks, the mark of a required field, a colon. */
export const normalise = (name: string): string => {
  const folded = fold(name);
  return (ascii.test(folded) ? folded : folded.replace(freeBlank, '')).replace(/\s+/g, ' ').replace(decoration, '');
};

const inBrackets = String.raw`\(\s*\S+\s*\)|\[\s*\S+\s*\]`;
const note = new RegExp(String.raw`(?<=\S)\s*(?:${inBrackets})$`);
const behindEntry = new RegExp(String.raw`^\s*(?:${inBrackets}|[/|:–—-]\s*\S+)$`);

/** The same without the one word in brackets that some lists put behind a name: `Europe (EU)`, `Europe [12]`. */
export const withoutNote = (name: string): string => normalise(name).replace(note, '');

/** The name itself, or with one word behind it: `World Wide (WW)`, `World Wide / WW`. */
export function isEntryOf(text: string, name: string): boolean {
  const [one, wanted] = [normalise(text), normalise(name)];
  return one === wanted || (one.startsWith(wanted) && behindEntry.test(one.slice(wanted.length)));
}

/** For a first look at raw text: nothing but the characters that count. */
const squash = (text: string): string => fold(text).replace(/[\s*:+›»❯▸▾▶▼►⌄]+/g, '');

/** Are a's characters all in b, in their order? */
function isSubsequence(a: string, b: string): boolean {
  if (a.length > b.length) return false;
  let at = 0;
  for (let i = 0; i < b.length && at < a.length; i++) if (b.charCodeAt(i) === a.charCodeAt(at)) at++;
  return at === a.length;
}

/** A set of wordings, to be asked about many names. Answers are positions in the list that it was made from. */
export class Wordings {
  readonly #exact = new Map<string, number[]>();
  readonly #squashed = new Set<string>();

  constructor(lists: readonly (readonly string[])[]) {
    lists.forEach((names, index) => {
      for (const name of names) {
        const key = normalise(name);
        if (key === '') continue;
        const indexes = this.#exact.get(key);
        if (!indexes) this.#exact.set(key, [index]);
        else if (!indexes.includes(index)) indexes.push(index);
        this.#squashed.add(squash(name));
      }
    });
  }

  /**
   * Can a control with this raw text have one of the names? A style can add to a text, so a part of a wording may be all there is.
   * Where it has elements in it (`isPlain` false) some of it can be hidden too. No false "no" where either is the case.
   */
  mayMatch(raw: string, isPlain = true): boolean {
    const text = squash(raw);
    if (text === '' || this.#squashed.has(text)) return true;
    const stem = text.replace(/(?:\.{3}|[([]?\d[\d.,]*\+?[)\]]?)$/, '');
    for (const wording of this.#squashed) {
      if (isPlain ? wording.includes(stem) : isSubsequence(wording, text) || isSubsequence(stem, wording)) return true;
    }
    return false;
  }

  /** The wordings that the name fits, and how. */
  match(name: string): readonly { index: number; fit: Fit }[] {
    const key = normalise(name);
    const as = (text: string, fit: Fit): { index: number; fit: Fit }[] => (this.#exact.get(text.replace(decoration, '')) ?? []).map((index) => ({ index, fit }));
    const exact = as(key, 'exact');
    if (exact.length > 0) return exact;
    if (ellipsis.test(key)) {
      const stem = key.replace(ellipsis, '').replace(decoration, '');
      // One or two letters say nothing about what was cut off.
      const isTelling = stem.length > 3 || /[^\x20-\x7e]{2}/.test(stem);
      const cut = isTelling ? [...this.#exact].flatMap(([wording, indexes]) => (wording.startsWith(stem) && wording !== stem ? indexes.map((index) => ({ index, fit: 'cut' as const })) : [])) : [];
      return [...as(stem, 'ellipsis'), ...cut];
    }
    return count.test(key) ? as(key.replace(count, ''), 'count') : [];
  }
}
