import { nameOf } from './accessible-name.ts';
import { roleOf } from './accessible-role.ts';
import { compareField, fillField, type FillResult, readFor } from './fill.ts';
import { type FieldReading, type FieldValue, findTextField } from './read-field.ts';
import type { AnyGoal, FillableSecret } from './goals.ts';
import type { GuideField, GuideMemo, Observation, PageGuide } from './guide.ts';
import type { Located } from './locate.ts';
import { isOverlay } from './overlay-host.ts';
import type { CardContent, Overlay } from './overlay.ts';
import { ObservedPage, pathOf, type Pointed, pointedNameOf, type ShownSecret } from './page.ts';
import { reportPage } from './page-report.ts';
import type { GuideMessages, GuideWords, StepWords } from './text/messages.ts';
import { normalise } from './wording.ts';

/** What the background lets a page's guide know: names and numbers, no secret. */
export interface GuideOrders {
  /** Origin and context path of the site. */
  base: string;
  goal: AnyGoal;
  memo: GuideMemo;
  /** What the admin pointed at in this console before. */
  pointed: readonly Pointed[];
}

/** Where the guide stands, for the popup; never a value of the page. */
export interface GuideState {
  step: string;
  /** The card's line. */
  title: string;
  /** "3 of 9"; empty off the straight way. */
  progress: string;
  isSecretShown: boolean;
  memo: GuideMemo;
  /** Facts of the page that the Run needs, by name; no secret. */
  found: Readonly<Record<string, string>>;
  /** The goal is reached, as far as the pages show. */
  isDone: boolean;
}

/** The way to the background. */
export interface GuideLink {
  report(state: GuideState): void;
  remember(pointed: Pointed): void;
  /** Has the background type the value into the field of this control (it calls {@link GuideSession.fillSecret}); `false` where it could not. */
  fillSecret(control: string, secret: FillableSecret): Promise<boolean>;
}

/** ms without a change before the page is looked at, and at most between a change and the look. */
const quiet = 100;
const longest = 500;
/** ms that a page may take to show a control before the card says that it is missing. */
const patience = 2_000;
/** How often a field is filled by itself before the admin is asked. */
const maxFills = 2;

const watched = [
  'aria-busy', 'aria-checked', 'aria-current', 'aria-disabled', 'aria-expanded', 'aria-hidden', 'aria-label', 'aria-modal', 'aria-selected', 'checked', 'class', 'disabled', 'hidden', 'href', 'inert', 'open', 'readonly', 'role', 'selected', 'style', 'value',
];

/** The guide in one document, until `signal` ends it. It looks when the page changes, and holds no position of its own. */
export class GuideSession {
  readonly #document: Document;
  readonly #guide: PageGuide;
  readonly #overlay: Overlay;
  readonly #link: GuideLink;
  readonly #text: GuideMessages;
  readonly #signal: AbortSignal;
  #goal: AnyGoal;
  readonly #words: GuideWords;
  readonly #base: string;
  readonly #observer: MutationObserver;
  readonly #watched = new WeakSet<Node>();
  #memo: GuideMemo;
  #pointed: readonly Pointed[];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #changedAt: number | undefined;
  #missingSince: number | undefined;
  #isOccupied = false;
  /** Lengths of the secrets that were typed into these fields; the values are not kept. */
  readonly #secretLengths = new WeakMap<Element, number>();
  /** Fills so far on this form, by control; a field in a row counts as its column's. */
  #fills = new Map<string, { count: number; result: FillResult | undefined }>();
  #step = '';
  /** What a click on the target will teach. */
  #awaited: { target: Element; learned: GuideMemo } | undefined;
  /** What the card asks the admin to point at. */
  #sought: { control: string; what: string } | undefined;
  #shown: CardContent | undefined;
  #reported = '';

  constructor(document: Document, guide: PageGuide, orders: GuideOrders, parts: { overlay: Overlay; link: GuideLink; text: GuideMessages }, signal: AbortSignal) {
    this.#document = document;
    this.#guide = guide;
    this.#goal = orders.goal;
    this.#words = parts.text.guides[orders.goal.guide];
    this.#base = orders.base;
    this.#memo = orders.memo;
    this.#pointed = orders.pointed;
    this.#overlay = parts.overlay;
    this.#link = parts.link;
    this.#text = parts.text;
    this.#signal = signal;
    this.#observer = new MutationObserver((records) => {
      if (!records.every(isOwnChange)) this.#schedule();
    });
    signal.addEventListener('abort', () => {
      this.#observer.disconnect();
      clearTimeout(this.#timer);
    }, { once: true });
    this.#document.defaultView?.addEventListener('popstate', () => this.#schedule(), { signal });
    this.#look();
  }

  /** Reads the shown secret; called once, on the admin's click, by the background. */
  readSecret(): ShownSecret {
    return this.#observePage().readSecret();
  }

  /** Types a secret into the field that this page's step wants it in; called by the background, in this very document. */
  async fillSecret(control: string, secret: FillableSecret, value: string): Promise<boolean> {
    const page = this.#observePage();
    const { fields = [] } = this.#guide.observe(page, this.#goal, this.#memo);
    const located = page.find(control);
    if (located.kind !== 'found' || !fields.some((field) => field.control === control && field.value.kind === 'secret' && field.value.secret === secret)) return false;
    const { kind } = await fillField(located.element, { kind: 'text', text: value }, this.#signal);
    if (kind === 'filled') this.#secretLengths.set(located.element, value.length);
    return kind === 'filled';
  }

  /** Another tab may have learned more, or the Run has gone on to its next goal on this site. */
  adopt({ goal, memo }: Pick<GuideOrders, 'goal' | 'memo'>): void {
    if (JSON.stringify(goal) !== JSON.stringify(this.#goal)) {
      // Another guide's goal needs another guide: the page's next load brings it.
      if (goal.guide !== this.#goal.guide) return;
      this.#goal = goal;
      this.#memo = memo;
      this.#step = '';
      this.#reported = '';
      this.#schedule();
      return;
    }
    const next = { ...this.#memo, ...memo };
    if (Object.keys(next).every((key) => next[key] === this.#memo[key])) return;
    this.#memo = next;
    this.#schedule();
  }

  /** The card's own buttons. */
  onAction(id: string): void {
    if (id === 'fill') {
      this.#fills.clear();
      this.#schedule();
    } else if (id === 'point') void this.#point();
    else if (id === 'report') void this.#copyReport();
  }

  #observePage(): ObservedPage<string> {
    const { location } = this.#document;
    const route = location.hash.startsWith('#/') ? location.hash : '';
    const { controls, version } = this.#guide;
    const secret = this.#guide.secretFor ? this.#guide.secretFor(this.#goal) : this.#guide.secret;
    return new ObservedPage(this.#document, location.pathname + location.search + route, { controls, version, secret }, this.#pointed);
  }

  /** Soon after the page has come to rest. */
  #schedule(): void {
    const now = performance.now();
    this.#changedAt ??= now;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#look(), Math.max(0, Math.min(quiet, this.#changedAt + longest - now)));
  }

  #look(): void {
    this.#changedAt = undefined;
    if (this.#signal.aborted || this.#isOccupied) return;
    const page = this.#observePage();
    this.#watch(page);
    const seen = this.#guide.observe(page, this.#goal, this.#memo);
    if (seen.step !== this.#step) {
      this.#step = seen.step;
      this.#fills.clear();
      this.#missingSince = undefined;
    }
    if (seen.learned) this.#memo = { ...this.#memo, ...seen.learned };
    this.#awaited = undefined;
    this.#sought = undefined;
    const asIs = seen.fields ? this.#lookAtFields(page, seen, seen.fields) : undefined;
    if (asIs?.learned) this.#memo = { ...this.#memo, ...asIs.learned };
    if (asIs || !seen.fields) this.#showTarget(page, asIs ?? seen);
    this.#report(asIs ?? seen);
  }

  /** @returns what to say instead, where nothing had to be filled in */
  #lookAtFields(page: ObservedPage<string>, seen: Observation<string>, fields: readonly GuideField<string>[]): Observation<string> | undefined {
    const surplus: string[] = [];
    for (const { control, row, value } of fields) {
      const located = page.find(control, row);
      if (value.kind === 'secret') {
        if (located.kind === 'found' && this.#holdsSecret(located.element)) continue;
        this.#askForSecret(seen, control, value.secret, located);
        return undefined;
      }
      const read = (element: Element): FieldReading => readFor(value, element);
      if (located.kind !== 'found') {
        // Some lists put what is chosen in the place of the field: it can be read all the same.
        if (located.kind === 'absent' && located.unusable.some(({ element }) => compareField(value, read(element)).isRight)) continue;
        this.#showMissing(seen, control, located);
        return undefined;
      }
      const { element } = located;
      const reading = read(element);
      const { count, result } = this.#fills.get(control) ?? { count: 0, result: undefined };
      const compared = compareField(value, reading);
      const isUnseen = reading.kind === 'unreadable' || compared.isUnseen === true;
      surplus.push(...(compared.isUnseen && result && result.kind !== 'refused' ? result.surplus : compared.surplus));
      if (compared.isRight || (isUnseen && result?.kind === 'filled')) continue;
      if (count < maxFills) {
        void this.#fill(element, control, value);
        return undefined;
      }
      const missing = result?.kind === 'differs' && (isUnseen || compared.missing.length === 0) ? result.missing : compared.missing;
      this.#show(
        {
          tone: 'attention',
          title: this.#text.differs(nameOf(element)),
          text: this.#text.differsText,
          items: missing.map((text) => ({ text, state: 'missing' as const })),
          actions: [{ id: 'fill', label: this.#text.fillAgain }],
        },
        seen,
        element,
      );
      return undefined;
    }
    const isAsWas = surplus.length === 0 && this.#fills.values().every(({ result }) => result?.kind === 'filled' && result.isUnchanged === true);
    if (isAsWas && seen.asIs) return seen.asIs;
    this.#showTarget(page, seen, surplus);
    return undefined;
  }

  #askForSecret(seen: Observation<string>, control: string, secret: FillableSecret, located: Located): void {
    if (located.kind !== 'found') this.#showMissing(seen, control, located);
    else if ((this.#fills.get(control)?.count ?? 0) < maxFills) void this.#fillSecret(located.element, control, secret);
    else this.#show({ tone: 'attention', title: this.#text.differs(nameOf(located.element)), text: this.#text.secretNotFilled, actions: [{ id: 'fill', label: this.#text.fillAgain }] }, seen, located.element);
  }

  /** One field, then the page is looked at anew: filling may have changed it. */
  #fill(element: Element, control: string, value: FieldValue): Promise<void> {
    return this.#occupy(element, control, () => fillField(element, value, this.#signal));
  }

  #fillSecret(element: Element, control: string, secret: FillableSecret): Promise<void> {
    return this.#occupy(element, control, async () => {
      await this.#link.fillSecret(control, secret);
      return undefined;
    });
  }

  async #occupy(element: Element, control: string, work: () => Promise<FillResult | undefined>): Promise<void> {
    this.#isOccupied = true;
    this.#overlay.show({ tone: 'busy', title: this.#text.filling }, element, { bringIntoView: true });
    const count = (this.#fills.get(control)?.count ?? 0) + 1;
    try {
      this.#fills.set(control, { count, result: await work() });
    } catch {
      // The page took the field away in the middle.
      this.#fills.set(control, { count, result: undefined });
    } finally {
      this.#isOccupied = false;
    }
    if (!this.#signal.aborted) this.#look();
  }

  /** What was typed is still there, as far as can be told without knowing it. */
  #holdsSecret(element: Element): boolean {
    const length = this.#secretLengths.get(element);
    return length !== undefined && findTextField(element)?.value.length === length;
  }

  #showTarget(page: ObservedPage<string>, seen: Observation<string>, surplus: readonly string[] = []): void {
    const { title, text } = this.#wordsOf(seen.step);
    const part = seen.beside === undefined || seen.target === undefined ? undefined : page.partWith(seen.beside, seen.target);
    const located = seen.named !== undefined ? page.findNamed(seen.named) : seen.target !== undefined ? (part?.find(seen.target) ?? page.find(seen.target, seen.row)) : undefined;
    if (!located) {
      if (seen.step === 'lost' || seen.step === 'wait') this.#showNowhere(seen);
      else this.#show({ tone: seen.step === 'capture' ? 'done' : seen.isWaiting ? 'busy' : 'attention', title: title(''), ...(text === undefined ? {} : { text }), ...(seen.step === 'other-object' ? { actions: [this.#start] } : {}) }, seen);
      return;
    }
    if (located.kind !== 'found') {
      this.#showMissing(seen, seen.target ?? seen.step, located);
      return;
    }
    this.#missingSince = undefined;
    const { element } = located;
    if (seen.learnedByUse) this.#awaited = { target: element, learned: seen.learnedByUse };
    const marked = surplus.map((name) => ({ text: name, state: 'surplus' as const }));
    const note = marked.length > 0 ? this.#text.surplus : text;
    this.#show({ tone: 'step', title: title(this.#nameOf(element, seen)), ...(note === undefined ? {} : { text: note }), ...(marked.length > 0 ? { items: marked } : {}) }, seen, element);
  }

  /** A page that is still loading is given a moment. */
  #isPatient(): boolean {
    const now = performance.now();
    this.#missingSince ??= now;
    const left = this.#missingSince + patience - now;
    if (left <= 0) return false;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#look(), left);
    // Nothing new to say meanwhile, but what was pointed at may be gone.
    this.#overlay.show(this.#shown ?? { tone: 'busy', title: this.#wordsOf('wait').title('') });
    return true;
  }

  #showNowhere(seen: Observation<string>): void {
    if (this.#isPatient()) return;
    const { title, text } = this.#wordsOf('lost');
    if (seen.step === 'wait') this.#show({ tone: 'busy', title: this.#wordsOf('wait').title('') }, seen);
    else this.#show({ tone: 'attention', title: title(''), ...(text === undefined ? {} : { text }), actions: [this.#start, { id: 'report', label: this.#text.report }] }, seen);
  }

  #showMissing(seen: Observation<string>, control: string, located: Exclude<Located, { kind: 'found' }>): void {
    if (this.#isPatient()) return;
    const what = seen.named ?? this.#wordingOf(control);
    this.#sought = { control, what };
    // There, but greyed out or covered: nothing to point at.
    if (located.kind === 'absent' && located.unusable.length > 0) {
      this.#show({ tone: 'attention', title: this.#text.blocked(what), text: this.#text.blockedText }, seen);
      return;
    }
    const [title, text] = located.kind === 'ambiguous' ? [this.#text.several(what), this.#text.severalText] : [this.#text.notFound(what), this.#text.notFoundText];
    this.#show({ tone: 'attention', title, text, actions: [{ id: 'point', label: this.#text.point }, { id: 'report', label: this.#text.report }, this.#start] }, seen);
  }

  /** What the page calls it, without what else is said on it. */
  #nameOf(element: Element, { target, row }: Observation<string>): string {
    const name = nameOf(element);
    // What has no name of its own goes by its row.
    if (name === '' && row) return row.text;
    const wording = target === undefined ? name : this.#wordingOf(target);
    return name === '' || normalise(name).includes(normalise(wording)) ? wording : name;
  }

  /** In the page's language where that is known. */
  #wordingOf(control: string): string {
    const names = this.#guide.controls[control]?.names ?? [];
    const isJapanese = (name: string): boolean => /[\u3040-\u30ff\u4e00-\u9fff]/.test(name);
    const wantsJapanese = this.#document.documentElement.lang.startsWith('ja');
    return names.find((name) => isJapanese(name) === wantsJapanese) ?? names[0] ?? control;
  }

  get #start(): { href: string; label: string } {
    return { href: this.#base + this.#guide.start(this.#goal), label: this.#words.goToStart };
  }

  #wordsOf(step: string): StepWords {
    const words = this.#words.steps[step];
    if (!words) throw new Error(`no words for ${step}`);
    return words;
  }

  #show(content: CardContent, seen: Observation<string>, target?: Element): void {
    const progress = this.#progressOf(seen);
    const whole = { ...content, ...(progress === '' ? {} : { progress }) };
    const isNew = this.#shown?.title !== whole.title;
    this.#shown = whole;
    this.#overlay.show(whole, target, { bringIntoView: isNew });
  }

  #progressOf({ step }: Observation<string>): string {
    const steps = this.#guide.steps(this.#goal);
    const index = steps.indexOf(step);
    return index === -1 ? '' : this.#text.progress(index + 1, steps.length);
  }

  #report(seen: Observation<string>): void {
    const state: GuideState = { step: seen.step, title: this.#shown?.title ?? '', progress: this.#progressOf(seen), isSecretShown: seen.step === 'capture', memo: this.#memo, found: seen.found ?? {}, isDone: seen.isDone === true };
    const text = JSON.stringify(state);
    if (text === this.#reported) return;
    this.#reported = text;
    this.#link.report(state);
  }

  /** Every tree of the page, also those that came since. */
  #watch(page: ObservedPage<string>): void {
    for (const root of page.roots) {
      if (this.#watched.has(root)) continue;
      this.#watched.add(root);
      this.#observer.observe(root, { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: watched });
      for (const type of ['input', 'change', 'load'] as const) root.addEventListener(type, () => this.#schedule(), { capture: true, signal: this.#signal });
      if (root.nodeType === 9) root.addEventListener('click', (event) => this.#onClick(event), { capture: true, signal: this.#signal });
    }
  }

  #onClick(event: Event): void {
    const { target, learned } = this.#awaited ?? {};
    if (!target || !learned || !event.isTrusted || !event.composedPath().includes(target)) return;
    this.#memo = { ...this.#memo, ...learned };
    this.#awaited = undefined;
    // At once: the page may be on its way out.
    this.#link.report({ step: this.#step, title: this.#shown?.title ?? '', progress: '', isSecretShown: false, memo: this.#memo, found: {}, isDone: false });
    this.#schedule();
  }

  async #point(): Promise<void> {
    const sought = this.#sought;
    if (!sought) return;
    this.#isOccupied = true;
    let element: Element | undefined;
    try {
      element = await this.#overlay.point((one) => `${roleOf(one)} “${nameOf(one)}”`);
    } finally {
      this.#isOccupied = false;
    }
    if (element) {
      const pointed: Pointed = { control: sought.control, role: roleOf(element), name: pointedNameOf(element), path: pathOf(element), version: this.#observePage().version };
      this.#pointed = [pointed, ...this.#pointed.filter(({ control }) => control !== sought.control)];
      this.#link.remember(pointed);
    }
    this.#look();
  }

  async #copyReport(): Promise<void> {
    const report = reportPage(this.#document, this.#document.location.pathname, this.#sought?.what ?? this.#step);
    let text = this.#text.reportCopied;
    try {
      await this.#document.defaultView?.navigator.clipboard.writeText(report);
    } catch {
      text = this.#text.reportNotCopied;
    }
    if (this.#shown) this.#overlay.show({ ...this.#shown, text });
  }
}

/** The overlay itself, or its coming and going. */
const isOwnChange = ({ type, target, addedNodes, removedNodes }: MutationRecord): boolean => isOverlay(target) || (type === 'childList' && [...addedNodes, ...removedNodes].every((node) => isOverlay(node)));
