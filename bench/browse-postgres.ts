/**
 * The same answers from PostgreSQL, as well as one table can give them: all that a work stands under as an array of
 * integers with a GIN index, its figures beside it, and nothing to join but the kinds of what was counted. Of several
 * ways to write a question the fastest counts.
 */
import { Client } from 'pg';
import type { BrowseAnswer, BrowseQuery, Where } from '../src/features/browse/browse-query.ts';
import { AUDIENCE_BITS, type IndexDocument } from '../src/features/browse/engine/index-document.ts';
import { openTestPostgres } from '../test/steps/postgres.ts';
import { COUNTED_KINDS } from './browse-questions.ts';

const SCHEMA = 'fanfold_bench';
const ROWS = 4_000;
const DAY_MS = 86_400_000;
/** Columns of figures that questions ask for or sort by. */
const FIGURES = ['words', 'kudos', 'posted', 'updated', 'updated_at'] as const;

export interface FlatWorks {
  add(documents: readonly IndexDocument[]): Promise<void>;
  /** To be called once all are there. */
  ready(): Promise<void>;
  answer(query: BrowseQuery, form: Form): Promise<Omit<BrowseAnswer, 'version' | 'hidden'>>;
  close(): Promise<void>;
}

/** `apart`: three statements, each of which can use several processes. `together`: one, which finds the works once. */
export const FORMS = ['apart', 'together'] as const;
export type Form = (typeof FORMS)[number];

/** The server that DATABASE_URL names, or one of our own; null where PostgreSQL is not installed. */
export async function openFlatWorks(): Promise<FlatWorks | null> {
  const given = process.env['DATABASE_URL'];
  const server = given ? { url: given, stop: () => undefined } : await openTestPostgres();
  if (server === null) return null;
  // A bench that is broken off leaves no server behind.
  process.once('exit', server.stop);
  const client = new Client({ connectionString: server.url });
  try {
    await client.connect();
    await client.query(`drop schema if exists ${SCHEMA} cascade; create schema ${SCHEMA}; set search_path to ${SCHEMA};
      set work_mem = '256MB'; set maintenance_work_mem = '512MB'; set jit = off; set random_page_cost = 1.1;
      create unlogged table works_flat (id int primary key, guest boolean not null, tags int[] not null,
        words int not null, kudos int not null, posted int not null, updated int not null, updated_at bigint not null);
      create unlogged table terms (term int primary key, kind text not null, id bigint not null);`);
  } catch (error) {
    server.stop();
    throw error;
  }
  return flatWorks(client, server.stop);
}

function flatWorks(client: Client, stop: () => void): FlatWorks {
  const numbers = new Map<string, number>();
  const numberOf = ({ kind, id }: { kind: string; id: number }): number => {
    const key = `${kind} ${id}`;
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, numbers.size + 1);
    return numbers.size;
  };
  return {
    async add(documents) {
      for (let from = 0; from < documents.length; from += ROWS)
        await insert(client, documents.slice(from, from + ROWS), numberOf);
    },
    async ready() {
      const keys = [...numbers].map(([key, term]) => ({ term, kind: key.split(' ')[0], id: key.split(' ')[1] }));
      await client.query('insert into terms select * from unnest($1::int[], $2::text[], $3::bigint[])', [
        keys.map(({ term }) => term),
        keys.map(({ kind }) => kind),
        keys.map(({ id }) => id),
      ]);
      await client.query('create index on works_flat using gin (tags) with (fastupdate = off)');
      for (const by of ['updated_at', 'kudos', 'words', 'posted'])
        await client.query(`create index on works_flat (${by} desc, id desc)`);
      await client.query('vacuum (analyze) works_flat');
      await client.query('vacuum (analyze) terms');
    },
    answer: (query, form) => answer(client, query, form, numberOf),
    async close() {
      await client.query(`drop schema ${SCHEMA} cascade`).catch(() => undefined);
      await client.end();
      stop();
    },
  };
}

type NumberOf = (term: { kind: string; id: number }) => number;

async function insert(client: Client, documents: readonly IndexDocument[], numberOf: NumberOf): Promise<void> {
  const counted: ReadonlySet<string> = new Set(COUNTED_KINDS);
  const columns = [
    documents.map(({ id }) => id),
    documents.map(({ audiences }) => (audiences & AUDIENCE_BITS.guest) !== 0),
    documents.map(
      ({ terms }) =>
        `{${terms
          .filter(({ kind }) => counted.has(kind))
          .map(numberOf)
          .join()}}`,
    ),
    documents.map(({ words }) => words),
    documents.map(({ kudos }) => kudos),
    documents.map(({ postedAt }) => Math.floor(postedAt / DAY_MS)),
    documents.map(({ updatedAt }) => Math.floor(updatedAt / DAY_MS)),
    documents.map(({ updatedAt }) => updatedAt),
  ];
  await client.query(
    `insert into works_flat select id, guest, tags::int[], ${FIGURES.join(', ')}
      from unnest($1::int[], $2::boolean[], $3::text[], $4::int[], $5::int[], $6::int[], $7::int[], $8::bigint[])
      as new (id, guest, tags, ${FIGURES.join(', ')})`,
    columns,
  );
}

/** A condition as SQL. Tags that must all be there, and those of which none may, become one array each. */
function sqlOf(where: Where, numberOf: NumberOf): string {
  if ('term' in where) return `tags @> array[${numberOf(where.term)}]`;
  if ('number' in where) {
    if (!(FIGURES as readonly string[]).includes(where.number)) throw new Error(`No column for ${where.number}.`);
    const ends = [
      where.from === null ? null : `${where.number} >= ${where.from}`,
      where.to === null ? null : `${where.number} <= ${where.to}`,
    ].filter((end) => end !== null);
    return ends.length === 0 ? 'true' : ends.join(' and ');
  }
  if ('works' in where) return `id = any('{${where.works.join()}}')`;
  if ('not' in where) return `not (${sqlOf(where.not, numberOf)})`;
  if ('any' in where) {
    if (where.any.length > 0 && where.any.every((one) => 'term' in one))
      return `tags && array[${where.any.map((one) => numberOf(one.term)).join()}]`;
    return where.any.length === 0 ? 'false' : `(${where.any.map((one) => sqlOf(one, numberOf)).join(' or ')})`;
  }
  const all = where.all.flatMap((one) => ('all' in one ? one.all : [one]));
  const must = all.flatMap((one) => ('term' in one ? [numberOf(one.term)] : []));
  const mustNot = all.flatMap((one) => ('not' in one && 'term' in one.not ? [numberOf(one.not.term)] : []));
  const rest = all.filter((one) => !('term' in one) && !('not' in one && 'term' in one.not));
  return (
    [
      ...(must.length > 0 ? [`tags @> array[${must.join()}]`] : []),
      ...(mustNot.length > 0 ? [`not tags && array[${mustNot.join()}]`] : []),
      ...rest.map((one) => `(${sqlOf(one, numberOf)})`),
    ].join(' and ') || 'true'
  );
}

const SORTS: Partial<Record<BrowseQuery['sort']['by'], string>> = { updated: 'updated_at desc', kudos: 'kudos desc' };

interface CountedRow {
  kind: keyof NonNullable<BrowseAnswer['facets']>;
  id: string;
  works: string;
}

async function answer(client: Client, query: BrowseQuery, form: Form, numberOf: NumberOf) {
  const sort = SORTS[query.sort.by];
  if (sort === undefined || query.facets === null) throw new Error('This question is not written in SQL.');
  const { facets: ask, offset, limit } = query;
  const conditionOf = (where: Where) => `guest and ${sqlOf(where, numberOf)}`;
  const condition = conditionOf(query.where);
  const apart = ask.without.map((one) => one.kind);
  const top = (from: string, kinds: readonly string[]) => `select kind, id, works from (
      select kind, id, works, row_number() over (partition by kind order by works desc, id) as place
      from (select term, count(*) as works from (select unnest(tags) as term from ${from}) as each group by term) as counted
      join terms using (term) where kind in (${kinds.map((kind) => `'${kind}'`).join()})) as ranked
    where place <= ${ask.top} order by kind, place`;
  const page = `order by ${sort}, id desc offset ${offset} limit ${limit}`;
  const kinds = ask.kinds.filter((kind) => !apart.includes(kind));
  const facets: BrowseAnswer['facets'] = {};
  const take = (rows: readonly CountedRow[]) => {
    for (const { kind, id, works } of rows) (facets[kind] ??= []).push({ id: Number(id), works: Number(works) });
  };
  let total: number;
  let ids: number[];
  if (form === 'apart') {
    const counted = await client.query<{ total: string }>(
      `select count(*) as total from works_flat where ${condition}`,
    );
    total = Number(counted.rows[0]?.total);
    const listed = await client.query<{ id: number }>(`select id from works_flat where ${condition} ${page}`);
    ids = listed.rows.map(({ id }) => id);
    take((await client.query<CountedRow>(top(`works_flat where ${condition}`, kinds))).rows);
  } else {
    const found = await client.query<{ total: string; ids: number[] | null; counts: CountedRow[] | null }>(
      `with hits as materialized (select id, tags, ${sort.split(' ')[0]} from works_flat where ${condition})
        select (select count(*) from hits) as total, array(select id from hits ${page}) as ids,
          (select json_agg(one) from (${top('hits', kinds)}) as one) as counts`,
    );
    const [row] = found.rows;
    total = Number(row?.total);
    ids = row?.ids ?? [];
    take(row?.counts ?? []);
  }
  for (const { kind, where } of ask.without)
    take((await client.query<CountedRow>(top(`works_flat where ${conditionOf(where)}`, [kind]))).rows);
  for (const { kind, id } of ask.also) await addAlso(client, query, facets, kind, id, conditionOf, numberOf);
  return { total, ids, facets };
}

/** What was chosen is counted even where it is not among the top: for tags that were chosen that is hardly ever so. */
async function addAlso(
  client: Client,
  { where, facets: ask }: BrowseQuery,
  facets: NonNullable<BrowseAnswer['facets']>,
  kind: string,
  id: number,
  conditionOf: (where: Where) => string,
  numberOf: NumberOf,
): Promise<void> {
  const counted = COUNTED_KINDS.find((one) => one === kind);
  if (counted === undefined || facets[counted]?.some((value) => value.id === id)) return;
  const own = ask?.without.find((one) => one.kind === counted)?.where ?? where;
  const found = await client.query<{ works: string }>(
    `select count(*) as works from works_flat where ${conditionOf(own)} and tags @> array[${numberOf({ kind, id })}]`,
  );
  (facets[counted] ??= []).push({ id, works: Number(found.rows[0]?.works) });
}
