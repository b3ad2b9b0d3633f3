/**
 * The import rules of `.dependency-cruiser.mjs`, one test a rule, on the program and on a small house in which each
 * rule is broken.
 */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import extractDepcruiseOptions from 'dependency-cruiser/config-utl/extract-depcruise-options';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ROOT } from './source.ts';

const options = await extractDepcruiseOptions(join(ROOT, '.dependency-cruiser.mjs'));
const names = [...new Set(options.ruleSet?.forbidden?.map((rule) => rule.name ?? ''))];

async function judge(baseDir: string): Promise<ICruiseResult> {
  const { output } = await cruise(['src', 'migrations'], { ...options, baseDir, validate: true });
  return output as ICruiseResult;
}

function breaches(result: ICruiseResult, name: string): string[] {
  return result.summary.violations
    .filter((violation) => violation.rule.name === name)
    .map((violation) => [violation.from, ...(violation.cycle?.map((step) => step.name) ?? [violation.to])].join(' → '));
}

/** A house with one breach a rule, and what each file would say if it were in order. */
const PLANTED: Record<string, Record<string, string>> = {
  'Nothing reaches up a level': {
    'src/features/tags/actions.ts': `import type { Work } from '../works/index.ts';`,
    'src/features/site/queries.ts': `import { a } from '../tags/index.ts';`,
    'src/ui/Blurb.tsx': `import { a } from '../features/works/index.ts';`,
  },
  'Features on one level do not know each other': {
    'src/features/reading/actions.ts': `import { a } from '../imports/index.ts';`,
  },
  'The platform knows no feature': {
    'src/platform/http/server.ts': `import type { Work } from '../../features/works/index.ts';`,
    'src/platform/http/page.ts': `import { a } from '../../ui/Page.tsx';`,
  },
  'Nothing imports app': {
    'src/features/works/feature.ts': `import { a } from '../../app/web.ts';`,
    'src/platform/log/log.ts': `import '../../main.ts';`,
  },
  'The ui knows no table': {
    'src/ui/Form.tsx': `import type { Tables } from '../platform/db/tables.ts';`,
    'src/ui/Time.tsx': `import { sql } from 'kysely';`,
  },
  'Another feature is entered by its index.ts': {
    'src/features/works/actions.ts': `import { a } from '../tags/queries.ts';`,
    'src/features/works/pages/WorkPage.tsx': `import type { A } from '../../tags/tag.ts';`,
    'src/app/other.ts': `import { a } from '../features/tags/queries.ts';`,
  },
  'A noun is pure': {
    'src/features/works/one.ts': `import type { Generated } from 'kysely';`,
    'src/features/works/two.ts': `import { readFile } from 'node:fs/promises';`,
    'src/features/works/three.ts': `import { a } from './queries.ts';`,
    'src/features/works/four.ts': `import { a } from '../../platform/db/database.ts';`,
    'src/features/works/five.ts': `import type { A } from './pages/WorkPage.tsx';`,
    'src/features/works/six.ts': `import { a } from '../../ui/Page.tsx';`,
    'src/features/works/seven.ts': `import { get } from 'http';`,
    'src/features/works/eight.ts': `import { a } from './chapter-queries.ts';`,
  },
  'A page takes its data as props': {
    'src/features/tags/pages/One.tsx': `import { a } from '../queries.ts';`,
    'src/features/tags/pages/Two.tsx': `import { a } from '../../../platform/db/database.ts';`,
    'src/features/tags/pages/Three.tsx': `import { z } from 'zod';`,
    'src/features/tags/pages/Four.tsx': `import { readFileSync } from 'node:fs';`,
  },
  'A route does not ask the database': {
    'src/features/tags/routes.tsx': `import { sql } from 'kysely';`,
    'src/features/tags/api.ts': `import { a } from '../../platform/db/database.ts';`,
    'src/features/tags/other-routes.tsx': `import type { TagsTable } from './tables.ts';`,
  },
  'No cycles': {
    'src/platform/files/one.ts': `import { a } from './two.ts'; export const b = a;`,
  },
  'Test files are not imported by the program': {
    'src/platform/files/three.ts': `import { a } from './blobs.test.ts';`,
    'src/platform/files/four.ts': `import { a } from '../../../test/cast.ts';`,
  },
  'The program runs without development packages': {
    'src/platform/files/five.ts': `import { test } from 'vitest';`,
  },
  'A migration stands on its own': {
    'migrations/0001-works.ts': `import { a } from '../src/features/works/index.ts';`,
  },
};

/** What stands beside the breaches: the targets, and lawful imports that no rule may name. */
const LAWFUL: Record<string, string> = {
  'package.json': JSON.stringify({ dependencies: { kysely: '1', zod: '1' }, devDependencies: { vitest: '1' } }),
  'test/cast.ts': 'export const a = 1;',
  'migrations/index.ts': `import type { A } from '../src/platform/db/tables.ts'; export type B = A;`,
  'src/main.ts': `import { a } from './app/web.ts'; export const b = a;`,
  'src/app/web.ts': `import { a } from '../features/series/feature.ts'; export { a };`,
  'src/app/web.test.ts': `import { a } from '../features/tags/queries.ts'; export { a };`,
  'src/platform/files/two.ts': `import { b } from './one.ts'; export const a = b;`,
  'src/platform/db/database.ts': 'export const a = 1;',
  'src/platform/db/name-key.ts': 'export const a = 1;',
  'src/platform/db/tables.ts': 'export type A = 1; export interface Tables { a: A }',
  'src/platform/files/blobs.test.ts': 'export const a = 1;',
  'src/ui/Page.tsx': 'export const a = 1;',
  'src/features/site/index.ts': 'export const a = 1;',
  'src/features/tags/index.ts': `export { type A, a } from './tag.ts';`,
  'src/features/tags/tag.ts': `import { a } from '../site/index.ts'; import { createHash } from 'node:crypto'; export type A = 1; export { a, createHash };`,
  'src/features/tags/tables.ts': `import type { A } from '../../platform/db/tables.ts';
    declare module '../../platform/db/tables.ts' { interface Tables { tags: A } }
    export interface TagsTable { id: A }`,
  'src/features/tags/queries.ts': `import { sql } from 'kysely'; import './tables.ts'; export const a = sql;`,
  'src/features/works/index.ts': `export const a = 1; export type Work = 1;`,
  'src/features/works/queries.ts': `import { a } from '../tags/index.ts'; export { a };`,
  'src/features/works/chapter-queries.ts': `export const a = 1;`,
  'src/features/works/work.ts': `import type { Tables } from '../../platform/db/tables.ts';
    import { type A, a } from '../tags/index.ts';
    import { a as key } from '../../platform/db/name-key.ts';
    export type Work = Tables | A; export { a, key };`,
  'src/features/imports/index.ts': 'export const a = 1;',
  'src/features/series/feature.ts': `import { a } from './routes.tsx'; export { a };`,
  'src/features/series/routes.tsx': `import type { A } from '../../platform/db/tables.ts';
    import { a } from './queries.ts'; import { Page } from './pages/SeriesPage.tsx'; export type B = A; export { a, Page };`,
  'src/features/series/series.worker.ts': `import { a } from './feature.ts'; import type { D } from './pages/SeriesPage.tsx'; export type E = D; export { a };`,
  'src/features/series/second.worker.ts': `import { a } from './series.ts'; import type { D } from './pages/SeriesPage.tsx';
    export type F = D; export { a };`,
  'src/features/series/queries.ts': `import { a } from '../works/index.ts'; export { a };`,
  'src/features/series/series.ts': 'export const a = 1;',
  'src/features/series/pages/SeriesPage.tsx': `import { a } from '../series.ts'; import { a as b } from '../../works/index.ts';
    import { a as c } from '../../../ui/Page.tsx'; import type { ComponentChildren } from 'preact';
    export type D = ComponentChildren; export const Page = [a, b, c];`,
};

describe('the program', () => {
  let result: ICruiseResult;
  beforeAll(async () => {
    result = await judge(ROOT);
  });

  test('is read at all: more than 20 modules', () => {
    expect(result.modules.filter((module) => /^src\/.*\.tsx?$/.test(module.source)).length).toBeGreaterThan(20);
  });

  test.each(names)('%s', (name) => {
    expect(breaches(result, name)).toEqual([]);
  });

  test('A thread imports no page', () => {
    expect(pagesReached(result)).toEqual([]);
  });
});

/** The ways in which a thread's file comes to a page: Node runs no TSX, so such a thread never begins. */
function pagesReached(result: ICruiseResult): string[] {
  const modules = new Map(result.modules.map((module) => [module.source, module]));
  const reached = new Map<string, string>();
  const from = result.modules.map((module) => module.source).filter((source) => source.endsWith('.worker.ts'));
  for (const source of from) reached.set(source, source);
  // Those that are found on the way join the end of the list.
  for (const source of from) {
    for (const { resolved, dependencyTypes } of modules.get(source)?.dependencies ?? []) {
      if (dependencyTypes.includes('type-only') || !resolved.startsWith('src/') || reached.has(resolved)) continue;
      reached.set(resolved, `${reached.get(source)} → ${resolved}`);
      from.push(resolved);
    }
  }
  return [...reached].filter(([source]) => source.endsWith('.tsx')).map(([, way]) => way);
}

describe('a breach is found', () => {
  const house = mkdtempSync(join(tmpdir(), 'fanfold-house-'));
  let result: ICruiseResult;
  beforeAll(async () => {
    const files = Object.assign({}, LAWFUL, ...Object.values(PLANTED)) as Record<string, string>;
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(house, path)), { recursive: true });
      writeFileSync(join(house, path), `${text}\n`);
    }
    symlinkSync(join(ROOT, 'node_modules'), join(house, 'node_modules'));
    result = await judge(house);
  });
  afterAll(() => rmSync(house, { recursive: true }));

  test.each(names)('%s', (name) => {
    const named = new Set(breaches(result, name).map((breach) => breach.split(' → ')[0]));
    expect([...named]).toEqual(expect.arrayContaining(Object.keys(PLANTED[name] ?? { 'a planted breach': '' })));
  });

  test('A thread imports no page', () => {
    expect(pagesReached(result)).toEqual([
      ['series.worker.ts', 'feature.ts', 'routes.tsx'].map((name) => `src/features/series/${name}`).join(' → '),
      expect.stringMatching(/^src\/features\/series\/series\.worker\.ts → .*SeriesPage\.tsx$/),
      expect.stringMatching(/Page\.tsx$/),
    ]);
  });

  test('and what is in order is left alone', () => {
    const blamed = result.summary.violations.map((violation) => `${violation.rule.name}: ${violation.from}`);
    expect(blamed.filter((line) => Object.keys(LAWFUL).some((path) => line.endsWith(`: ${path}`)))).toEqual([]);
  });
});
