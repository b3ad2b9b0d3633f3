/**
 * Databases of tests on PostgreSQL. To make one and to drop it takes the server ten times as long as a test needs it for, so
 * one that was given back is emptied down to what a new one holds and given to the next. Where that cannot be said of it for
 * certain, because its schema was changed or much was written, it is dropped, and the next gets a new one.
 */
import { createHash, randomBytes } from 'node:crypto';
import pg from 'pg';
import { migrations } from '../migrations/index.ts';
import { columnsFor } from '../src/platform/db/columns.ts';
import { migrate } from '../src/platform/db/migrate.ts';

export interface OwnDatabase {
  url: string;
  /** Gives it back; whoever is still connected to it is thrown out. */
  drop: () => Promise<void>;
}

/** What the names of the databases of a run of tests begin with. Set by `remove-databases.ts`, which removes those left. */
export const RUN = 'TEST_DATABASES';
/** Bytes of a table above which emptying it leaves more to wade through than a new database costs. */
const MUCH = 1_000_000;

/** Those of this process that are as new. */
const asNew: Reusable[] = [];

/** A new database on that server with the schema and nothing else, or with nothing at all when `empty`. */
export async function databaseOf(server: string, { empty = false } = {}): Promise<OwnDatabase> {
  if (empty) {
    const name = await create(server, 'template1');
    return { url: databaseOn(server, name), drop: () => remove(server, name) };
  }
  const kept = asNew.pop();
  if (kept) return { url: databaseOn(server, kept.name), drop: () => giveBack(server, kept) };
  const name = await create(server, await (migrated ??= migratedTemplate(server)));
  const drop = () => remove(server, name);
  if (process.env[RUN] === undefined) return { url: databaseOn(server, name), drop };
  const fresh = await reusable(server, name);
  return { url: databaseOn(server, name), drop: fresh ? () => giveBack(server, fresh) : drop };
}

async function create(server: string, template: string): Promise<string> {
  const name = `${process.env[RUN] ?? 'fanfold_test_'}${randomBytes(6).toString('hex')}`;
  await onServer(server, (client) => client.query(`create database ${name} template ${template} strategy file_copy`));
  return name;
}

async function remove(server: string, name: string): Promise<void> {
  await onServer(server, (client) => client.query(`drop database if exists ${name} with (force)`));
}

/** A database that can be made as new, by what it held when it was. */
interface Reusable {
  name: string;
  connection: pg.Pool;
  /** Everything that makes its schema, in short. */
  schema: string;
  /** Puts the rows back that a new one has, and the numbers that its next rows get. */
  refill: string;
}

/** Only who may turn foreign keys off can empty tables in any order. @returns null for everybody else. */
async function reusable(server: string, name: string): Promise<Reusable | null> {
  const connection = new pg.Pool({
    connectionString: databaseOn(server, name),
    max: 1,
    idleTimeoutMillis: 0,
    allowExitOnIdle: true,
    // No row stands in the way of another that goes first.
    options: '-c session_replication_role=replica',
  });
  // The server ends it when the run is over.
  connection.on('error', () => {});
  const state = await stateOf(connection).catch(() => null);
  if (state === null) {
    await connection.end();
    return null;
  }
  const { schema, tables } = state;
  const full = tables.filter(({ bytes }) => bytes > 0).map(({ name: table }) => table);
  const refill = [...(await Promise.all(full.map((table) => rowsOf(connection, table)))), await numbersOf(connection)];
  return { name, connection, schema, refill: refill.join(';') };
}

async function giveBack(server: string, database: Reusable): Promise<void> {
  const isAsNew = await emptied(database).catch(() => false);
  if (isAsNew) {
    asNew.push(database);
    return;
  }
  await database.connection.end();
  await remove(server, database.name);
}

/** Empties it. @returns false, with nothing done, when that would not make it as new, or would cost more than a new one. */
async function emptied({ connection, schema, refill }: Reusable): Promise<boolean> {
  // A connection that is just being closed is not waited for; one that may still commit is.
  await connection.query(
    `select pg_terminate_backend(pid, case when xact_start is null then 0 else 5000 end)
       from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
  );
  const now = await stateOf(connection);
  if (now.schema !== schema || now.tables.some(({ bytes }) => bytes > MUCH)) return false;
  const full = now.tables.filter(({ bytes }) => bytes > 0).map(({ name }) => name);
  await connection.query(full.map((table) => `delete from ${table}`).join(';'));
  // Rows lie in the order in which they come, as in a new one, once nothing is left of those that went.
  await connection.query(`vacuum (truncate) ${full.join(', ')}`);
  await connection.query(refill);
  return true;
}

interface State {
  schema: string;
  tables: { name: string; bytes: number }[];
}

/** The catalogue's own numbers tell apart what was dropped and made anew; below 16384 are those that every database has. */
async function stateOf(connection: pg.Pool): Promise<State> {
  const { rows } = await connection.query<State>(`
    with made as (
      select format('relation %s %s %s %s', oid, relname, relkind, relhastriggers) as line from pg_class where oid >= 16384
      union all select format('column %s %s %s %s %s', attrelid, attname, atttypid, attnotnull, atthasdef)
        from pg_attribute where attrelid >= 16384 and attnum > 0
      union all select format('constraint %s %s', oid, convalidated) from pg_constraint where oid >= 16384
      union all select format('index %s %s', indexrelid, indisvalid) from pg_index where indexrelid >= 16384
      union all select format('trigger %s %s', oid, tgenabled) from pg_trigger where not tgisinternal
      union all select format('function %s', oid) from pg_proc where oid >= 16384
      union all select format('schema %s', oid) from pg_namespace where oid >= 16384 and nspname !~ '^pg_'
    )
    select (select md5(string_agg(line, ',' order by line)) from made) as schema,
           (select json_agg(json_build_object('name', quote_ident(relname), 'bytes', pg_relation_size(oid)))
              from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace) as tables`);
  const [state] = rows;
  if (!state) throw new Error('The catalogue did not answer.');
  return state;
}

async function rowsOf(connection: pg.Pool, table: string): Promise<string> {
  const { rows } = await connection.query<{ statement: string }>(
    `select format('insert into ${table} overriding system value select * from json_populate_recordset(null::${table}, %L)',
                   json_agg(one)) as statement from ${table} one having count(*) > 0`,
  );
  return rows[0]?.statement ?? 'select 1';
}

async function numbersOf(connection: pg.Pool): Promise<string> {
  const { rows } = await connection.query<{ statement: string }>(
    `select 'select ' || string_agg(format('setval(%L, %s, %L)', format('%I.%I', schemaname, sequencename),
                                           coalesce(last_value, start_value), last_value is not null), ', ') as statement
       from pg_sequences where schemaname = 'public'`,
  );
  return rows[0]?.statement ?? 'select 1';
}

/** The name of the template, once this process knows that it is there. */
let migrated: Promise<string> | null = null;

/** Held while one process makes the template that all copy. */
const TEMPLATE_LOCK = 7_160_002;

/** A database with the present schema, made by whoever comes first: copying it is ten times faster than migrating anew. */
async function migratedTemplate(server: string): Promise<string> {
  const schema = migrations.flatMap((migration) => migration.statements(columnsFor('postgres'))).join(';');
  const name = `fanfold_template_${createHash('sha256').update(schema).digest('hex').slice(0, 16)}`;
  await onServer(server, async (client) => {
    await client.query('select pg_advisory_lock($1)', [TEMPLATE_LOCK]);
    try {
      const made = await client.query('select 1 from pg_database where datname = $1', [name]);
      if (made.rowCount !== 0) return;
      const draft = `${name}_draft`;
      await client.query(`drop database if exists ${draft} with (force)`);
      await client.query(`create database ${draft}`);
      const url = databaseOn(server, draft);
      await migrate({ kind: 'postgres', url, path: '', copies: '' }, migrations, Date.now);
      await client.query(`alter database ${draft} rename to ${name}`);
    } finally {
      await client.query('select pg_advisory_unlock($1)', [TEMPLATE_LOCK]);
    }
  });
  return name;
}

function databaseOn(server: string, name: string): string {
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}

/** Connections to the server itself, kept: a new one for each question costs as much as the question. */
let connections: pg.Pool | null = null;

async function onServer(server: string, work: (client: pg.PoolClient) => Promise<unknown>): Promise<void> {
  connections ??= new pg.Pool({ connectionString: server, max: 2, allowExitOnIdle: true });
  const client = await connections.connect();
  try {
    await work(client);
  } finally {
    client.release();
  }
}
