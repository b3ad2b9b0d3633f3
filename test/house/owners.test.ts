import { describe, expect, test } from 'vitest';
import { migrations } from '../../migrations/index.ts';
import { columnsFor } from '../../src/platform/db/columns.ts';
import { foreignWrites, ownerOf, ownersFrom, tablesMade } from './owners.ts';
import { listed, programFiles } from './source.ts';

const OWNERS = new Map([
  ['works', 'works'],
  ['jobs', 'platform/jobs'],
]);
const found = (path: string, text: string) => listed(foreignWrites({ path, text }, OWNERS));

test('Only the feature that owns a table writes to it', () => {
  const owners = ownersFrom(migrations);
  expect(owners.size).toBeGreaterThan(10);
  expect(listed(programFiles().flatMap((file) => foreignWrites(file, owners)))).toEqual([]);
});

test('Every table has an owner, and every owner a table', () => {
  const made = tablesMade(migrations.flatMap((migration) => migration.statements(columnsFor('sqlite'))));
  expect([...ownersFrom(migrations).keys()].sort()).toEqual(made.sort());
});

describe('a planted write is found', () => {
  test.each([
    ['an insert', `tx.insertInto('works').values(row)`],
    ['an update', `tx\n.updateTable('works as w').set(row)`],
    ['a delete', `await tx.deleteFrom('works').execute()`],
    ['one of several', `tx.deleteFrom(['other', 'works'])`],
    ['one in a helper expression', `tx.with('gone', (q) => q.deleteFrom('works').returning('id'))`],
    ['written out', 'await sql`insert into works (id) values (${id})`.execute(tx)'],
    ['written out over lines', 'await sql`update\n  works set title = ${title}`.execute(tx)'],
    ['written out in capitals', `db.prepare('DELETE FROM WORKS')`],
    ['after a part of its own', 'sql`with gone as (delete from works returning id) select ${x}`'],
    ['to a platform table', `tx.insertInto('jobs').values(row)`],
    ['to a table that stands in a variable', 'tx.insertInto(table).values(row)'],
  ])('%s', (_name, text) => {
    expect(found('src/features/series/actions.ts', text)).toHaveLength(1);
  });
});

describe('what is in order is left alone', () => {
  test.each([
    ['the owner writes', 'src/features/works/actions.ts', `tx.insertInto('works').values(row)`],
    ['the platform writes', 'src/platform/jobs/queue.ts', 'sql`update jobs set state = 1`'],
    ['another reads', 'src/features/series/queries.ts', `db.selectFrom('works').selectAll()`],
    ['a comment speaks of it', 'src/features/series/queries.ts', `// insertInto('works')\nexport {};`],
    ['a sentence speaks of it', 'src/features/series/pages/A.tsx', `const text = 'Update works here';`],
    ['a clause that is no write', 'src/features/works/actions.ts', 'sql`on conflict do update set x = 1`'],
  ])('%s', (_name, path, text) => {
    expect(found(path, text)).toEqual([]);
  });
});

test('a table that a later step drops is nobody’s', () => {
  expect(
    tablesMade(['create table counts (id integer)', 'create table works (id integer)', 'drop table counts']),
  ).toEqual(['works']);
});

test('a table with two owners is refused', () => {
  const twice = [
    { name: '1', owns: { works: ['works'] } },
    { name: '2', owns: { series: ['works'] } },
  ];
  expect(() => ownersFrom(twice)).toThrow('belongs to works');
});

test('files belong to their feature, or to their part of the platform', () => {
  expect(ownerOf('src/features/works/pages/A.tsx')).toBe('works');
  expect(ownerOf('src/platform/jobs/queue.ts')).toBe('platform/jobs');
  expect(ownerOf('src/app/web.ts')).toBe('src/app/web.ts');
});
