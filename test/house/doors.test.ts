import { describe, expect, test } from 'vitest';
import { doorsOf, impureEntries, impureQuestions, isNoun, questionsInRoutes } from './doors.ts';
import { listed, programFiles } from './source.ts';

const program = programFiles();

const DOORS = doorsOf([
  {
    path: 'src/features/works/index.ts',
    text: `export { missing, type Work } from './work.ts';
      export { countWorks } from './queries.ts';`,
  },
  {
    path: 'src/features/site/index.ts',
    text: `export * from './limits.ts';\nexport { siteSettings } from './queries.ts';`,
  },
]);
const entries = (path: string, text: string) => listed(impureEntries({ path, text }, DOORS));

describe('A page takes its data as props, and a noun is pure', () => {
  test('what they take through a front door is a noun’s', () => {
    const doors = doorsOf(program);
    expect(doors.size).toBeGreaterThan(3);
    expect(listed(program.flatMap((file) => impureEntries(file, doors)))).toEqual([]);
  });

  test.each([
    [
      'a page asks a query',
      'src/features/reading/pages/WorkPage.tsx',
      `import { countWorks } from '../../works/index.ts';`,
    ],
    ['a page takes everything', 'src/features/reading/pages/A.tsx', `import * as works from '../../works/index.ts';`],
    [
      'a noun asks a query',
      'src/features/series/series.ts',
      `import { type Work, countWorks as c } from '../works/index.ts';`,
    ],
    ['a noun hands one on', 'src/features/series/series.ts', `export { siteSettings } from '../site/index.ts';`],
    [
      'a noun takes what the door does not name',
      'src/features/series/series.ts',
      `import { other } from '../works/index.ts';`,
    ],
  ])('planted: %s', (_name, path, text) => {
    expect(entries(path, text)).toHaveLength(1);
  });

  test.each([
    [
      'a page takes a rule',
      'src/features/reading/pages/WorkPage.tsx',
      `import { missing } from '../../works/index.ts';`,
    ],
    ['a page takes a type', 'src/features/reading/pages/A.tsx', `import { type Work } from '../../works/index.ts';`],
    ['a noun takes a limit', 'src/features/series/series.ts', `import { TITLE } from '../site/index.ts';`],
    ['a noun takes types', 'src/features/series/series.ts', `import type { countWorks } from '../works/index.ts';`],
    ['a query asks a query', 'src/features/series/queries.ts', `import { countWorks } from '../works/index.ts';`],
  ])('in order: %s', (_name, path, text) => {
    expect(entries(path, text)).toEqual([]);
  });
});

describe('A noun asks neither clock nor chance', () => {
  test('none does', () => {
    expect(program.filter((file) => isNoun(file.path)).length).toBeGreaterThan(5);
    expect(listed(program.flatMap(impureQuestions))).toEqual([]);
  });

  test.each(['const at = Date.now();', 'const at = new Date();', 'Math.random() > 0.5;', `await fetch('/');`])(
    'planted: %s',
    (text) => {
      expect(impureQuestions({ path: 'src/features/works/work.ts', text })).toHaveLength(1);
      expect(impureQuestions({ path: 'src/features/works/actions.ts', text })).toEqual([]);
    },
  );

  test('a date that was handed over is no question', () => {
    expect(impureQuestions({ path: 'src/features/works/work.ts', text: 'new Date(at).getUTCFullYear();' })).toEqual([]);
  });
});

describe('A route does not ask the database', () => {
  test('none does', () => {
    expect(listed(program.flatMap(questionsInRoutes))).toEqual([]);
  });

  test.each([`ground.db.reads.selectFrom('works')`, 'await sql`select 1`.execute(db)', 'sql<Row>`select 1`'])(
    'planted: %s',
    (text) => {
      expect(questionsInRoutes({ path: 'src/features/works/routes.tsx', text })).toHaveLength(1);
      expect(questionsInRoutes({ path: 'src/features/works/work-api.ts', text })).toHaveLength(1);
      expect(questionsInRoutes({ path: 'src/features/works/queries.ts', text })).toEqual([]);
    },
  );
});
