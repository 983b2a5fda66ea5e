/** `npm start`: Keyferry in a real browser, in front of the sandbox. */
import { run, SetupError } from './setup/bootstrap.mjs';

try {
  process.exitCode = await run('test/demo/main.ts');
} catch (error) {
  console.error(error instanceof SetupError ? error.message : error);
  process.exitCode = 1;
}
