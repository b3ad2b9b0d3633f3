/** Rows as they are taken out: names in camel case, times as ISO 8601, flags as true and false, JSON as what it says. */

type Cell = string | number | null;

/** How cells are written that the database keeps as numbers or text. */
export interface Written {
  flags?: readonly string[];
  json?: readonly string[];
}

/** A row as JSON has it. Columns called `at` or `…_at` are times, and so is `…_until`. */
export function takenRow(row: Readonly<Record<string, Cell>>, { flags = [], json = [] }: Written = {}): object {
  return Object.fromEntries(
    Object.entries(row).map(([column, cell]) => {
      if (cell !== null && flags.includes(column)) return [camelCase(column), Number(cell) === 1];
      if (cell !== null && json.includes(column)) return [camelCase(column), JSON.parse(String(cell)) as unknown];
      return [camelCase(column), typeof cell === 'number' && isTime(column) ? isoTime(cell) : cell];
    }),
  );
}

export function isoTime(at: number): string {
  return new Date(at).toISOString();
}

/** A file of JSON, to be read by people too. */
export function jsonFile(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** A name for a file that no system reads as a way to another folder. */
export function fileName(name: string): string {
  const safe = name.replaceAll(/[^\p{L}\p{M}\p{N}._ -]+/gu, '_').replace(/^[.\s]+/, '');
  return safe === '' ? 'file' : [...safe].slice(-80).join('');
}

export function camelCase(column: string): string {
  return column.replaceAll(/_([a-z])/g, (_all, letter: string) => letter.toUpperCase());
}

function isTime(column: string): boolean {
  return column === 'at' || column.endsWith('_at') || column.endsWith('_until');
}
