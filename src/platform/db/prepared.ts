/**
 * Statements that are asked again and again are prepared once on each connection: reading and planning one costs PostgreSQL more
 * than most of ours take to run. It goes on planning anew where a plan for any values would be worse than one for these.
 */
import pg from 'pg';

/** A statement that was asked so often is worth it. */
const ASKED_BEFORE = 3;
/** So many are prepared at most: those with lists come in ever new lengths, and each is kept on every connection. */
const PREPARED_MOST = 500;
/** So many are counted that were not asked often enough. */
const COUNTED_MOST = 5_000;

export interface StatementNames {
  /** The name of a statement, the same on all connections; undefined for one that is not worth preparing, or not yet. */
  of(text: string): string | undefined;
  /** It is asked by its words alone from now on. */
  giveUp(text: string): void;
}

/** Names for the statements that are asked often. */
export function namesOfStatements(): StatementNames {
  const names = new Map<string, string | undefined>();
  const counts = new Map<string, number>();
  const of = (text: string) => {
    if (names.has(text)) return names.get(text);
    if (names.size >= PREPARED_MOST) return undefined;
    const count = (counts.get(text) ?? 0) + 1;
    if (count <= ASKED_BEFORE) {
      if (counts.size >= COUNTED_MOST) counts.clear();
      counts.set(text, count);
      return undefined;
    }
    counts.delete(text);
    const name = `fanfold_${names.size}`;
    names.set(text, name);
    return name;
  };
  return { of, giveUp: (text) => void names.set(text, undefined) };
}

/** What PostgreSQL says when a table has got other columns since a statement was prepared, as by a newer program beside this one. */
const PLAN_IS_OLD = '0A000';

type Ask = (...handed: unknown[]) => unknown;

/** A kind of client whose statements are prepared when they are worth it. */
export function preparingClient(): new (config?: pg.ClientConfig) => pg.Client {
  const names = namesOfStatements();
  return class extends pg.Client {
    constructor(config?: pg.ClientConfig) {
      super(config);
      const ask = this.query.bind(this) as Ask;
      // What is handed over as words and values has no name of its own yet; everything else goes on as it is.
      const named: Ask = (text, values, ...others) => {
        const name = typeof text === 'string' && Array.isArray(values) ? names.of(text) : undefined;
        if (name === undefined) return ask(text, values, ...others);
        return Promise.resolve(ask({ name, text, values }, ...others)).catch((error: unknown) => {
          if (error instanceof Error && 'code' in error && error.code === PLAN_IS_OLD) names.giveUp(String(text));
          throw error;
        });
      };
      this.query = named as pg.Client['query'];
    }
  };
}
