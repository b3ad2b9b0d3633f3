/**
 * A lock between processes, on a file that holds nothing. It is SQLite's own: it ends with the process that has it, however that
 * ends, so that none is ever left behind.
 */
import SQLite from 'better-sqlite3';

export interface FileLock {
  release(): void;
}

/**
 * Takes the lock on a file, making the file when it is missing. Nothing else may open it in this process: closing it would give
 * the lock away. @returns null when another has it.
 */
export function lockFile(path: string): FileLock | null {
  const file = new SQLite(path, { timeout: 0 });
  try {
    // Nothing is ever written, so that nothing has to lie beside it.
    file.pragma('journal_mode = memory');
    file.exec('begin exclusive');
  } catch (error) {
    file.close();
    if (error instanceof SQLite.SqliteError && error.code.startsWith('SQLITE_BUSY')) return null;
    throw error;
  }
  return { release: () => file.close() };
}
