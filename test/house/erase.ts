/**
 * Erased for good is a promise: every table with an account in it is named by some feature's `erase`. A column has an
 * account in it when it refers to accounts or pseuds, or is called as such columns are.
 */

const MAKES_TABLE = /^\s*create\s+table\s+(?:if\s+not\s+exists\s+)?"?(\w+)"?\s*\(([\s\S]*)\)/i;
const ABOUT_ACCOUNT = /references\s+(?:accounts|pseuds)\b|^\s*"?(?:\w+_)?(?:account|pseud)_id\b/im;

/** The tables with an account in them, of those that these statements make. */
export function tablesWithAccounts(statements: readonly string[]): string[] {
  return statements.flatMap((statement) => {
    const [, table, columns] = MAKES_TABLE.exec(statement) ?? [];
    if (table === undefined || columns === undefined) return [];
    return ABOUT_ACCOUNT.test(columns) ? [table] : [];
  });
}

/** Those of the tables that no feature names. */
export function forgottenByErase(
  tables: readonly string[],
  features: readonly { erase?: { accountTables: readonly string[] } | undefined }[],
): string[] {
  const named = new Set(features.flatMap((feature) => feature.erase?.accountTables ?? []));
  return tables.filter((table) => !named.has(table));
}
