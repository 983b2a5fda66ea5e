/** Builds one bundle: `node build-bundle.ts <folder of sources> <folder>`, with NODE_ENV=production, which the bundler reads from there alone. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { build } from 'vite';
import { angular } from './angular/vite-plugin.ts';

const [sources = '', outDir = ''] = process.argv.slice(2);
const entry = path.join(sources, existsSync(path.join(sources, 'main.tsx')) ? 'main.tsx' : 'main.ts');

await build({
  configFile: false,
  root: path.dirname(entry),
  publicDir: false,
  logLevel: 'error',
  plugins: path.basename(sources) === 'angular' ? [angular(entry)] : [],
  define: { ngDevMode: 'false', ngJitMode: 'false', ngServerMode: 'false' },
  build: {
    outDir,
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: Number.MAX_SAFE_INTEGER,
    cssCodeSplit: false,
    chunkSizeWarningLimit: Number.POSITIVE_INFINITY,
    reportCompressedSize: false,
    rolldownOptions: { input: entry, output: { codeSplitting: false, entryFileNames: 'main.js', assetFileNames: 'main.[ext]' } },
  },
});
