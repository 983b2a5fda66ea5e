/** Builds one bundle: `node build-bundle.ts <entry> <folder> [angular]`, with NODE_ENV=production, which the bundler reads from there alone. */
import path from 'node:path';
import { build } from 'vite';
import { angular } from './angular.ts';

const [entry = '', outDir = '', framework] = process.argv.slice(2);

await build({
  configFile: false,
  root: path.dirname(entry),
  publicDir: false,
  logLevel: 'error',
  plugins: framework === 'angular' ? [angular(entry)] : [],
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
