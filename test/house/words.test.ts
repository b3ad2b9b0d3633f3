import { expect, test } from 'vitest';
import { listed, read, repositoryPaths } from './source.ts';
import { foreignWords } from './words.ts';

const BINARY = /\.(?:woff2?|png|jpe?g|gif|webp|avif|ico|zip|epub|gz|db)$/;

test('The repository speaks of the project alone', () => {
  const files = read(repositoryPaths().filter((path) => !BINARY.test(path)));
  expect(files.length).toBeGreaterThan(20);
  expect(listed(files.flatMap(foreignWords))).toEqual([]);
});

test.each([
  ['see ', 'work/main', 'src'],
  ['cd ', 'work/shared/design', ''],
  ['ls ', 'tmp/bash_jobs', '1'],
  ['open ', 'home/mary', 'notes'],
])('a planted path is found: %s/%s', (before, path, after) => {
  expect(foreignWords({ path: 'README.md', text: `${before}/${path}/${after}` })).toHaveLength(1);
});

test('a planted package host is found', () => {
  const text = `fine\nhttps://registry.${'npmjs'}.org/kysely`;
  expect(listed(foreignWords({ path: 'package-lock.json', text }))).toEqual([
    'package-lock.json:2 names a package host',
  ]);
});

test('a planted task number is found, but not in a story', () => {
  const text = `as ${'issue'} 12 says`;
  expect(foreignWords({ path: 'docs/a.md', text })).toHaveLength(1);
  expect(foreignWords({ path: 'samples/a.md', text })).toEqual([]);
});

test.each(['/works/k3m9x2q4zt', '../shared/corpora', '/usr/lib/postgresql', 'https://example.org/work/main', '/home'])(
  'what is in order is left alone: %s',
  (text) => {
    expect(foreignWords({ path: 'README.md', text })).toEqual([]);
  },
);
