import path from 'node:path';
import { Bundle } from '../../bundling/bundle.ts';
import type { ConsoleSkin } from '../../types.ts';

export type BundledSkin = Exclude<ConsoleSkin, 'plain'>;

const here = import.meta.dirname;
/** What all skins are made of beside their own folder. */
const sources = [here, ...['pages/static', 'pages/words.ts', 'pages/paths.ts', 'tsconfig.json'].map((name) => path.join(here, '..', name))];
const BUNDLES: Readonly<Record<BundledSkin, Bundle>> = {
  angular: new Bundle({ name: 'angular', entry: path.join(here, 'angular/main.ts'), framework: 'angular', sources }),
  'web-components': new Bundle({ name: 'web-components', entry: path.join(here, 'web-components/main.ts'), sources }),
  react: new Bundle({ name: 'react', entry: path.join(here, 'react/main.tsx'), sources }),
};

/** What a page of this skin loads, as paths on the console's host; the first call builds it where no earlier run did. */
export async function getBundle(skin: BundledSkin): Promise<{ script: string; style: string | undefined }> {
  const files = await BUNDLES[skin].files();
  const pathOf = (file: string): string => `/static/skins/${skin}/${file}`;
  return { script: pathOf('main.js'), style: files.includes('main.css') ? pathOf('main.css') : undefined };
}

/** A file of a bundle, undefined where there is none. */
export async function readBundleFile(skin: string, file: string): Promise<{ type: string; body: string } | undefined> {
  return Object.hasOwn(BUNDLES, skin) ? await BUNDLES[skin as BundledSkin].read(file) : undefined;
}
