/** Which works match: in one statement where the condition fits one, otherwise by joining the answers of several. */
import { chunks } from '../../../platform/db/chunks.ts';
import type { Handle } from '../../../platform/db/tables.ts';
import type { Audience } from '../../works/index.ts';
import { conditionSql } from './condition.queries.ts';
import { fitsOneStatement, inStatements, type Condition } from './condition.ts';
import { inPieces } from './in-pieces.ts';
import { closures, isCrossover, tagsOnWorks } from './tag-tree.queries.ts';

/** Works in the lists of an audience: their indexes say it without looking at the works. */
export function listedFor(handle: Handle, audience: Audience) {
  return handle.selectFrom('works').where(audience === 'guest' ? 'works.listed_guest' : 'works.listed_account', '=', 1);
}

/** Works of an audience that match. @throws for a condition that does not fit one statement. */
export function matchingInSql(handle: Handle, audience: Audience, condition: Condition) {
  return listedFor(handle, audience).where((works) => conditionSql(works, condition));
}

/** How many works of an audience match. */
export async function countMatching(handle: Handle, audience: Audience, condition: Condition): Promise<number> {
  if (!fitsOneStatement(condition)) return (await matchingWorks(handle, audience, condition)).size;
  const row = await matchingInSql(handle, audience, condition)
    .select((count) => count.fn.countAll<number>().as('works'))
    .executeTakeFirstOrThrow();
  return Number(row.works);
}

/** The works of an audience that match, by id, in no order; of those in `among`, where it is given. */
export async function matchingWorks(
  handle: Handle,
  audience: Audience,
  condition: Condition,
  among: ReadonlySet<number> | null = null,
): Promise<ReadonlySet<number>> {
  if (fitsOneStatement(condition)) {
    const rows = await matchingInSql(handle, audience, condition).select('works.id').execute();
    return those(new Set(rows.map((row) => row.id)), among);
  }
  if ('all' in condition) {
    let left = among;
    for (const part of inStatements(condition.all, (all) => ({ all }))) {
      left = await matchingWorks(handle, audience, part, left);
    }
    return left ?? everything(handle, audience);
  }
  if ('any' in condition) {
    const found = new Set<number>();
    for (const part of inStatements(condition.any, (any) => ({ any }))) {
      for (const id of await matchingWorks(handle, audience, part, among)) found.add(id);
    }
    return found;
  }
  if ('works' in condition) return those(condition.works, among ?? (await everything(handle, audience)));
  const start = among ?? (await everything(handle, audience));
  if ('not' in condition) return without(start, await matchingWorks(handle, audience, condition.not, start));
  if ('crossover' in condition) return crossovers(handle, start);
  return longListed(handle, audience, condition, start);
}

function everything(handle: Handle, audience: Audience): Promise<ReadonlySet<number>> {
  return matchingWorks(handle, audience, { all: [] });
}

function those(found: ReadonlySet<number>, among: ReadonlySet<number> | null): ReadonlySet<number> {
  return among === null ? found : new Set([...among].filter((id) => found.has(id)));
}

function without(all: ReadonlySet<number>, gone: ReadonlySet<number>): ReadonlySet<number> {
  return new Set([...all].filter((id) => !gone.has(id)));
}

async function crossovers(handle: Handle, among: ReadonlySet<number>): Promise<ReadonlySet<number>> {
  const closed = await closures(handle);
  const found = new Set<number>();
  for await (const piece of inPieces(among)) {
    for (const [id, tags] of await tagsOnWorks(handle, piece, ['fandom'])) if (isCrossover(tags, closed)) found.add(id);
  }
  return found;
}

/** A concept with more tags below it than one statement takes is asked for piece by piece. */
async function longListed(
  handle: Handle,
  audience: Audience,
  condition: Condition,
  among: ReadonlySet<number>,
): Promise<ReadonlySet<number>> {
  const [list, of] =
    'tags' in condition
      ? [condition.tags, (tags: number[]): Condition => ({ tags })]
      : 'firstRelationship' in condition
        ? [condition.firstRelationship, (firstRelationship: number[]): Condition => ({ firstRelationship })]
        : [[], (tags: number[]): Condition => ({ tags })];
  return matchingWorks(handle, audience, { any: chunks(list, 200).map(of) }, among);
}
