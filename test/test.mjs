/** `npm test`: everything, from a bare checkout. The last line says `N passed, N failed`. */
import { run, SetupError } from './setup/bootstrap.mjs';

try {
  process.exitCode = await run('test/run-all.ts');
} catch (error) {
  console.error(error instanceof SetupError ? error.message : error);
  console.log('0 passed, 1 failed');
  process.exitCode = 1;
}
