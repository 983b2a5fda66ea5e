/** Numbers, counted words, lists and durations of one language. */
export interface Format {
  number: (value: number) => string;
  /** The word for `count`; `other` is used where a language needs a form that is not given. */
  plural: (count: number, forms: Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }) => string;
  /** `a, b and c` */
  list: (items: readonly string[]) => string;
  /** ms to words, rounded to what a person cares about */
  duration: (ms: number) => string;
  /** ISO 8601 to day and time where the person is; as it came where it is none */
  moment: (iso: string) => string;
}

/** @param locale BCP 47 */
export function formatOf(locale: string): Format {
  const number = new Intl.NumberFormat(locale);
  const rules = new Intl.PluralRules(locale);
  const list = new Intl.ListFormat(locale, { type: 'conjunction' });
  const units = new Intl.ListFormat(locale, { type: 'unit' });
  const unit = (name: 'second' | 'minute', value: number): string =>
    new Intl.NumberFormat(locale, { style: 'unit', unit: name, unitDisplay: 'long' }).format(value);
  const moments = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  return {
    number: (value) => number.format(value),
    plural: (count, forms) => forms[rules.select(count)] ?? forms.other,
    list: (items) => list.format(items),
    duration(ms) {
      const seconds = Math.max(1, Math.round(ms / 1000));
      if (seconds < 60) return unit('second', seconds);
      const rest = seconds % 60;
      const minutes = unit('minute', Math.floor(seconds / 60));
      return rest === 0 ? minutes : units.format([minutes, unit('second', rest)]);
    },
    moment: (iso) => (Number.isNaN(Date.parse(iso)) ? iso : moments.format(Date.parse(iso))),
  };
}
