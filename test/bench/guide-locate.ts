/**
 * Finding controls by role and name in pages of 1,000, 10,000 and 100,000 nodes with 600 labelled checkboxes, beside a bare
 * `querySelectorAll('button')`. `node test/bench/guide-locate.ts [--json] [--firefox]`
 *
 * Rounds alternate between the ways; before each the page changes and is painted, as the guide looks once a frame. (Right after a
 * change the first question about what lies over a control makes Chromium do the frame's own pre-paint: tens of ms in 100,000 nodes.)
 * Medians are compared. Below the clock's step a measurement repeats itself, changing the page each time.
 */
import { gzipSync } from 'node:zlib';
import { bundleGuide, launch, openPage } from '../guide/browser-page.ts';

interface Row {
  nodes: number;
  way: string;
  coldMs: number;
  medianMs: number;
  /** Over the bare pass of the same page. */
  ratio: number;
}

const asJson = process.argv.includes('--json');
const kind = process.argv.includes('--firefox') ? 'firefox' : 'chromium';
const bundle = await bundleGuide();
const browser = await launch(kind);
const rows: Row[] = [];
for (const nodes of [1_000, 10_000, 100_000]) {
  const page = await openPage(browser, bundle);
  rows.push(
    ...(await page.evaluate(async (count) => {
      const privileges = Array.from({ length: 600 }, (_, index) => `${['Create', 'Read', 'Update', 'Delete'][index % 4]} Thing ${String.fromCharCode(97 + (index % 26))}${Math.floor(index / 26)}x`);
      const html = ['<header><button>Save</button><button>Cancel</button></header>', ...privileges.map((name, index) => `<label for=p${index}>${name}</label><input type=checkbox id=p${index}>`)];
      // Elements and texts: 600 × 3, then rows of ten.
      for (let left = count - 1_800; left > 0; left -= 10) html.push(`<div class=row><span>Role ${left}</span><a href="#${left}">Open</a><p>Text of ${left}</p>${left % 50 === 0 ? `<button>Edit ${left}</button>` : '<i></i><b></b>'}</div>`);
      document.body.innerHTML = html.join('');
      const ways: Record<string, () => unknown> = {
        "querySelectorAll('button')": () => document.querySelectorAll('button').length,
        'locate: button Save': () => guide.locate(document, { roles: ['button'], names: ['Save', '保存'] }),
        'locate: checkbox Read Thing b0x': () => guide.locate(document, { roles: ['checkbox'], names: ['Read Thing b0x', 'Update Thing c0x'] }),
        'locate: tab, absent': () => guide.locate(document, { roles: ['tab'], names: ['API Roles'] }),
        'locateMany: 600 checkboxes': () => guide.locateMany(document, privileges.map((name) => ({ roles: ['checkbox'], names: [name] }))),
      };
      const painted = (): Promise<void> => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0)));
      const mark = document.body.appendChild(document.createElement('i'));
      const measure = async (run: () => unknown): Promise<number> => {
        document.body.append(document.createElement('i'));
        await painted();
        const startedAt = performance.now();
        let runs = 0;
        do {
          // What a query may have cached is stale after this; nothing is laid out anew.
          mark.setAttribute('data-run', String(runs));
          run();
          runs++;
        } while (performance.now() - startedAt < 5);
        return (performance.now() - startedAt) / runs;
      };
      const times = new Map<string, number[]>(Object.keys(ways).map((name) => [name, []]));
      for (let round = 0; round < 9; round++) for (const [name, run] of Object.entries(ways)) times.get(name)?.push(await measure(run));
      const median = (list: readonly number[]): number => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0;
      const bare = median(times.get("querySelectorAll('button')") ?? []);
      return [...times].map(([way, list]) => ({ nodes: count, way, coldMs: list[0] ?? 0, medianMs: median(list), ratio: median(list) / bare }));
    }, nodes)),
  );
  await page.close();
}
await browser.close();

const size = { minified: bundle.length, gzip: gzipSync(bundle, { level: 9 }).length };
if (asJson) console.log(JSON.stringify({ browser: kind, size, rows }, null, 2));
else {
  console.log(`${kind}; lib/guide's locate bundled: ${size.minified} bytes, ${size.gzip} gzip`);
  for (const { nodes, way, coldMs, medianMs, ratio } of rows) console.log(`${String(nodes).padStart(7)}  ${way.padEnd(34)} cold ${coldMs.toFixed(2).padStart(8)} ms  median ${medianMs.toFixed(3).padStart(8)} ms  ${ratio.toFixed(1).padStart(6)} x`);
}
