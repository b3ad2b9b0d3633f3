/**
 * Only the feature that owns a table writes to it. Owners stand in the migrations; writes are found in Kysely's calls
 * and in SQL written out.
 */
import ts from 'typescript';
import { type Breach, lineOf, parse, type SourceFile, walk } from './source.ts';

/** Table to owner: a feature's name, or `platform/…`. */
export type Owners = ReadonlyMap<string, string>;

/**
 * Owners of all tables, from what the migrations say.
 * @throws Error when two claim the same table.
 */
export function ownersFrom(migrations: readonly { name: string; owns: Record<string, string[]> }[]): Owners {
  const owners = new Map<string, string>();
  for (const { name, owns } of migrations) {
    for (const [owner, tables] of Object.entries(owns)) {
      for (const table of tables) {
        const other = owners.get(table);
        if (other !== undefined) throw new Error(`${name} gives ${table} to ${owner}, but it belongs to ${other}.`);
        owners.set(table, owner);
      }
    }
  }
  return owners;
}

/** Tables that SQL statements make, in order, without those that a later one drops. */
export function tablesMade(statements: readonly string[]): string[] {
  const tables = new Set<string>();
  for (const statement of statements) {
    for (const match of statement.matchAll(/(create|drop)\s+table\s+(?:if\s+(?:not\s+)?exists\s+)?"?(\w+)/gi)) {
      const [, verb = '', table = ''] = match;
      if (verb.toLowerCase() === 'create') tables.add(table);
      else tables.delete(table);
    }
  }
  return [...tables];
}

/** Who a file belongs to, in the words of the migrations: `works`, `platform/jobs`; elsewhere its own path. */
export function ownerOf(path: string): string {
  return /^src\/features\/([^/]+)\//.exec(path)?.[1] ?? /^src\/(platform\/[^/]+)\//.exec(path)?.[1] ?? path;
}

const WRITES = new Set(['insertInto', 'replaceInto', 'updateTable', 'deleteFrom', 'mergeInto']);
const WRITTEN_OUT =
  /\b(?:insert\s+(?:or\s+\w+\s+)?into|replace\s+into|merge\s+into|delete\s+from|truncate(?:\s+table)?|update)\s+(?:only\s+)?["`]?(\w+)/g;

/** Every write to a table by a file that does not belong to the table's owner. */
export function foreignWrites(file: SourceFile, owners: Owners): Breach[] {
  const here = ownerOf(file.path);
  const breaches: Breach[] = [];
  const judge = (node: ts.Node, table: string) => {
    const owner = owners.get(table);
    if (owner === undefined || owner === here) return;
    breaches.push({ path: file.path, line: lineOf(node), says: `writes to ${table}, which belongs to ${owner}` });
  };
  walk(parse(file), (node) => {
    if (
      ts.isCallExpression(node) &&
      ts.isPropertyAccessExpression(node.expression) &&
      WRITES.has(node.expression.name.text)
    ) {
      for (const argument of tableArguments(node)) {
        if (ts.isStringLiteralLike(argument)) judge(argument, firstWord(argument.text));
        else
          breaches.push({ path: file.path, line: lineOf(argument), says: 'writes to a table that it does not name' });
      }
    }
    // Statements are written in one case; a sentence that begins "Update works" is no statement.
    for (const text of textsOf(node)) {
      const statement = text === text.toUpperCase() ? text.toLowerCase() : text;
      for (const match of statement.matchAll(WRITTEN_OUT)) judge(node, match[1] ?? '');
    }
  });
  return breaches;
}

function tableArguments(call: ts.CallExpression): readonly ts.Expression[] {
  const first = call.arguments[0];
  if (first === undefined) return [];
  return ts.isArrayLiteralExpression(first) ? first.elements : [first];
}

function firstWord(name: string): string {
  return name.trim().split(/\s/)[0] ?? '';
}

function textsOf(node: ts.Node): string[] {
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (!ts.isTemplateExpression(node)) return [];
  return [node.head.text + node.templateSpans.map((span) => ` ${span.literal.text}`).join('')];
}
