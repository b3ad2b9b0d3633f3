/**
 * `npm test`: everything that must hold, as named steps one after another. A failing step shows what it said and the
 * next one runs all the same. What this machine lacks is named at the end; with `CI=true` it is a failure.
 * The last line counts all tests: `812 passed, 0 failed`, and how many were skipped, if any.
 *
 *   npm test                             all steps
 *   npm test -- --only types,sqlite      some of them
 */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { COMPILED, tryCompiled } from './steps/compiled.ts';
import { openTestPostgres, type TestPostgres } from './steps/postgres.ts';
import {
  type Counts,
  endRunning,
  type Environment,
  oneCheck,
  type Outcome,
  ROOT,
  run,
  runNode,
  type Step,
} from './steps/step.ts';
import { runTests } from './steps/vitest.ts';

const APART = ['test/house/**', 'test/browser/**', 'test/crash/**'];
/** What a test that uses the database mentions: the archive in a temporary folder, or the database to use. */
const USES_DATABASE = /\/site\.ts'|TEST_DATABASE_URL/;
const CHROMIUM = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

let postgres: TestPostgres | null = null;
/** Whether this run has made `dist/`. */
let built = false;

const steps: Step[] = [
  {
    id: 'types',
    name: 'types',
    run: async () =>
      oneCheck([await run('tsc', ['--noEmit']), await run('tsc', ['--noEmit', '-p', 'tsconfig.client.json'])]),
  },
  { id: 'lint', name: 'lint', run: async () => oneCheck([await run('oxlint', ['--type-aware', '--deny-warnings'])]) },
  { id: 'format', name: 'format', run: async () => oneCheck([await run('oxfmt', ['--check'])]) },
  { id: 'house', name: 'house rules', run: () => runTests({ only: ['test/house/'] }) },
  { id: 'sqlite', name: 'suite (SQLite)', run: () => runTests({ without: APART, together: true }) },
  { id: 'postgresql', name: 'suite (PostgreSQL)', run: suiteOnPostgres },
  { id: 'build', name: 'build', run: buildAndStart },
  { id: 'crash', name: 'crash', run: crash },
  { id: 'browser', name: 'browser', run: inBrowser },
];

/** The tests that use the database, once more: the same stories on the other engine. */
async function suiteOnPostgres(): Promise<Outcome> {
  const apart = /^test\/(?:house|browser|crash)\//;
  const files = globSync(['src/**/*.test.{ts,tsx}', 'test/**/*.test.{ts,tsx}'], { cwd: ROOT })
    .filter((file) => !apart.test(file) && USES_DATABASE.test(readFileSync(join(ROOT, file), 'utf8')))
    .sort();
  if (files.length === 0) {
    return { ran: true, counts: { passed: 0, failed: 1, skipped: 0 }, output: 'No test uses the database.\n' };
  }
  postgres = await openTestPostgres();
  if (postgres === null) {
    return {
      ran: false,
      reason: 'PostgreSQL 15 or newer is not here',
      needs: 'install postgresql, or name one in TEST_DATABASE_URL',
    };
  }
  try {
    return await runTests({ only: files, environment: { TEST_DATABASE_URL: postgres.url }, together: true });
  } finally {
    postgres.stop();
  }
}

async function inBrowser(): Promise<Outcome> {
  const found = chromium();
  if (found === null)
    return { ran: false, reason: 'Chromium is not here', needs: 'install chromium, or name it in CHROMIUM' };
  // Each has a browser of its own beside it: with a third, all wait for each other.
  return runTests({ only: ['test/browser/'], environment: { CHROMIUM: found, ...program() }, workers: 2 });
}

function chromium(): string | null {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const places = CHROMIUM.flatMap((name) => folders.map((folder) => join(folder, name)));
  return process.env.CHROMIUM ?? places.find((place) => existsSync(place)) ?? null;
}

async function buildAndStart(): Promise<Outcome> {
  const made = await runNode(['--import', 'tsx', 'build/release.ts']);
  built = made.code === 0;
  return built ? oneCheck([made, await tryCompiled()]) : oneCheck([made]);
}

/** What is killed is what a release runs, where this run has made it: it starts in half the time. */
async function crash(): Promise<Outcome> {
  return runTests({ only: ['test/crash/'], environment: program() });
}

function program(): Environment {
  return built ? { FANFOLD_PROGRAM: COMPILED } : {};
}

/** The steps that `--only` names, by id, by name or by how either begins; all without it. */
function chosen(args: readonly string[]): Step[] {
  const at = args.findIndex((arg) => arg === '--only' || arg.startsWith('--only='));
  if (at < 0) return steps;
  const wanted = (args[at]?.split('=')[1] ?? args[at + 1] ?? '').toLowerCase().split(',').filter(Boolean);
  const unknown = wanted.filter((word) => !steps.some((step) => isMeant(step, word)));
  if (wanted.length === 0 || unknown.length > 0) {
    console.error(`--only takes one or more of: ${steps.map((step) => step.id).join(', ')}.`);
    process.exit(2);
  }
  return steps.filter((step) => wanted.some((word) => isMeant(step, word)));
}

function isMeant(step: Step, word: string): boolean {
  return step.id.startsWith(word) || step.name.toLowerCase().startsWith(word);
}

async function attempt(step: Step): Promise<Outcome> {
  try {
    return await step.run();
  } catch (error) {
    const output = `${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`;
    return { ran: true, counts: { passed: 0, failed: 1, skipped: 0 }, output };
  }
}

/** A test or two about works on real files of others is skipped without them. */
function missingCorpora(): string[] {
  const folder = resolve(ROOT, process.env.FANFOLD_CORPORA ?? '../shared/corpora');
  return existsSync(folder)
    ? []
    : ['corpora: the test files are not here. To run their tests, name their folder in FANFOLD_CORPORA.'];
}

async function main(): Promise<void> {
  if (Number(process.versions.node.split('.')[0]) < 24) {
    console.error(`The tests need Node 24 or newer, and this is ${process.version}. On Linux, npm ci brings it.`);
    process.exit(1);
  }
  const strict = process.env.CI === 'true';
  const sum: Counts = { passed: 0, failed: 0, skipped: 0 };
  const missing: string[] = [];
  for (const step of chosen(process.argv.slice(2))) {
    if (process.stdout.isTTY) process.stdout.write(`${step.name} …\r`);
    const start = performance.now();
    const outcome = await attempt(step);
    const seconds = ((performance.now() - start) / 1000).toFixed(1).padStart(6);
    const line = (word: string) => console.log(`${step.name.padEnd(20)} ${seconds} s  ${word}`);
    if (!outcome.ran) {
      line(`not run (${outcome.reason})`);
      missing.push(`${step.name}: ${outcome.reason}. To run it, ${outcome.needs}.`);
      sum[strict ? 'failed' : 'skipped'] += 1;
      continue;
    }
    const { passed, failed, skipped } = outcome.counts;
    const some = skipped > 0 ? `, ${skipped} skipped` : '';
    line(failed > 0 ? `failed (${failed} of ${passed + failed}${some})` : `ok (${passed}${some})`);
    if (failed > 0) process.stdout.write(`${outcome.output.trimEnd()}\n\n`);
    sum.passed += passed;
    sum.failed += failed;
    sum.skipped += skipped;
  }
  missing.push(...missingCorpora());
  if (missing.length > 0) console.log(`\nNot run here:\n${missing.map((line) => `  ${line}`).join('\n')}`);
  console.log(`\n${sum.passed} passed, ${sum.failed} failed${sum.skipped > 0 ? `, ${sum.skipped} skipped` : ''}`);
  process.exitCode = sum.failed > 0 ? 1 : 0;
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    endRunning();
    postgres?.stop();
    process.exit(130);
  });
}
process.on('exit', () => postgres?.stop());

await main();
