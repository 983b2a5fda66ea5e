/** `npm run recipe -- check`: every recipe against the consoles' own lists and the languages. */
import { en } from '../../components/text/en.ts';
import { allRecipes } from './all.ts';
import { problemsOf } from './check.ts';

if (process.argv[2] !== 'check') {
  console.error('npm run recipe -- check');
  process.exit(2);
}
let failed = 0;
for (const recipe of allRecipes()) {
  const problems = problemsOf(recipe, [en]);
  if (problems.length > 0) failed += 1;
  console.log(`${problems.length === 0 ? 'ok    ' : 'WRONG '} ${recipe.id}${recipe.unverified.length === 0 ? '' : ` (unverified: ${String(recipe.unverified.length)})`}`);
  for (const problem of problems) console.log(`         ${problem}`);
}
console.log(`${String(allRecipes().length - failed)} sound, ${String(failed)} wrong`);
process.exitCode = failed === 0 ? 0 : 1;
