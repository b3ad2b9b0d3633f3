import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { drawerIn } from './names.ts';
import { repositoryPaths, ROOT } from './source.ts';

test('No file is named utils, helpers, common, misc, service, manager', () => {
  const ours = repositoryPaths().filter((path) => /^(?:src|client|test|bench|build|migrations)\//.test(path));
  expect(ours.length).toBeGreaterThan(20);
  expect(ours.filter((path) => drawerIn(path) !== null)).toEqual([]);
});

test.each([
  'src/platform/utils.ts',
  'src/platform/http/helper.tsx',
  'src/features/works/work-manager.ts',
  'src/features/works/WorkManager.tsx',
  'src/features/works/string.utils.ts',
  'src/common/tags.ts',
  'src/features/imports/services/reader.ts',
  'test/misc.test.ts',
])('a planted name is found: %s', (path) => {
  expect(drawerIn(path)).not.toBeNull();
});

test.each(['client/service-worker.ts', 'src/ui/utilities.css', 'src/features/works/common-tags.ts'])(
  'what is in order is left alone: %s',
  (path) => {
    expect(drawerIn(path)).toBeNull();
  },
);

test('Every feature has its place in levels.json', () => {
  const placed = (JSON.parse(readFileSync(`${ROOT}levels.json`, 'utf8')) as (string | string[])[]).flat();
  const there = readdirSync(`${ROOT}src/features`, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(there.map((entry) => entry.name).filter((name) => !placed.includes(name))).toEqual([]);
  expect(new Set(placed).size).toBe(placed.length);
});
