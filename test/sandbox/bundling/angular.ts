import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { performCompilation } from '@angular/compiler-cli';
import linker from '@angular/compiler-cli/linker/babel';
import ts from 'typescript';
import type { Plugin } from 'vite';

interface Babel {
  transformAsync(code: string, options: object): Promise<{ code: string } | null>;
}
/** The very Babel that the linker is a plugin of. */
const babel = createRequire(import.meta.resolve('@angular/compiler-cli'))('@babel/core') as Babel;

/** Zones follow promises, not the language's own `async`, which Angular's CLI rewrites for the same reason. */
const TARGET = 'ES2016';

/**
 * Angular compiled ahead of time, as consoles publish it and as a page without `unsafe-eval` needs it: the templates by Angular's own
 * compiler, the libraries' half-compiled ones by its linker. All that the Angular CLI does for a page like this one.
 */
export function angular(entry: string): Plugin {
  const compiled = new Map<string, string>();
  return {
    name: 'angular',
    buildStart() {
      // The nearest one is the page's own.
      const configFile = ts.findConfigFile(path.dirname(entry), (file) => ts.sys.fileExists(file)) ?? '';
      const { config } = ts.readConfigFile(configFile, (file) => ts.sys.readFile(file)) as { config: { compilerOptions: object } };
      const { options } = ts.convertCompilerOptionsFromJson({ ...config.compilerOptions, noEmit: false, rewriteRelativeImportExtensions: true, target: TARGET }, path.dirname(entry));
      const { diagnostics } = performCompilation({
        rootNames: [entry],
        options: { ...options, strictTemplates: true },
        // TypeScript's own are those of `npm run typecheck`.
        gatherDiagnostics: (program) => [...program.getNgOptionDiagnostics(), ...program.getNgStructuralDiagnostics(), ...program.getNgSemanticDiagnostics()],
        emitCallback: ({ program, customTransformers }) =>
          program.emit(
            undefined,
            (_file, text, _mark, _error, sources) => {
              for (const { fileName } of sources ?? []) compiled.set(path.resolve(fileName), text);
            },
            undefined,
            false,
            customTransformers,
          ),
      });
      if (diagnostics.length > 0) this.error(ts.formatDiagnostics(diagnostics, { getCanonicalFileName: (name) => name, getCurrentDirectory: () => path.dirname(entry), getNewLine: () => '\n' }));
    },
    async load(id) {
      const known = compiled.get(path.resolve(id));
      if (known !== undefined) return { code: known, moduleType: 'js' };
      if (/[\\/]static[\\/].*\.js$/.test(id)) {
        const { outputText } = ts.transpileModule(await readFile(id, 'utf8'), { compilerOptions: { target: ts.ScriptTarget[TARGET], module: ts.ModuleKind.ESNext } });
        return { code: outputText, moduleType: 'js' };
      }
      if (!/[\\/]@angular[\\/].*\.mjs$/.test(id)) return null;
      const code = await readFile(id, 'utf8');
      if (!code.includes('ɵɵngDeclare')) return null;
      const linked = await babel.transformAsync(code, { filename: id, configFile: false, babelrc: false, compact: false, sourceMaps: false, plugins: [linker] });
      return linked === null ? null : { code: linked.code, moduleType: 'js' };
    },
  };
}
