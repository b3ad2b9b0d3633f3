/** The tables and columns that a number of steps make: asked of an empty schema in memory, the same for both databases. */
import SQLite from 'better-sqlite3';
import { columnsFor } from '../db/columns.ts';
import type { Migration } from '../db/migrate.ts';
import { BackupRefused } from './refusal.ts';

export interface TableShape {
  name: string;
  /** The columns that are written; those the database computes are not among them. */
  columns: string[];
  /** Those that hold bytes. */
  bytes: ReadonlySet<string>;
  /** The columns of its primary key, in order. */
  key: string[];
  /** Whether it gives ids that are never given twice. */
  countsIds: boolean;
}

/** The tables after these steps, by name. */
export function shapeAfter(steps: readonly Migration[]): TableShape[] {
  const file = new SQLite(':memory:');
  try {
    const columns = columnsFor('sqlite');
    for (const step of steps) for (const statement of step.statements(columns)) file.exec(statement);
    const tables = file
      .prepare(
        `select name, sql from sqlite_schema where type = 'table' and name not like 'sqlite\\_%' escape '\\' order by name`,
      )
      .all() as { name: string; sql: string }[];
    return tables.map(({ name, sql }) => {
      const all = file.pragma(`table_xinfo("${name}")`) as { name: string; type: string; pk: number; hidden: number }[];
      return {
        name,
        columns: all.filter((column) => column.hidden === 0).map((column) => column.name),
        bytes: new Set(all.filter((column) => column.type.toLowerCase() === 'blob').map((column) => column.name)),
        key: all
          .filter((column) => column.pk > 0)
          .toSorted((a, b) => a.pk - b.pk)
          .map((column) => column.name),
        countsIds: /\bautoincrement\b/i.test(sql),
      };
    });
  } finally {
    file.close();
  }
}

/**
 * The steps by their names: the first of those this program knows.
 * @throws BackupRefused when a newer program took one.
 */
export function stepsNamed(names: readonly string[], known: readonly Migration[]): readonly Migration[] {
  const steps = known.toSorted((a, b) => (a.name < b.name ? -1 : 1)).slice(0, names.length);
  if (steps.length === names.length && steps.every((step, at) => step.name === names[at])) return steps;
  throw new BackupRefused('This was made by a newer Fanfold than this one. Use that one, or upgrade this one first.');
}
