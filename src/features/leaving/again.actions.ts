/** In a restored copy: what was given up for good since is given up again, and nobody who kept it loses it by that. */
import type { Tx } from '../../platform/db/tables.ts';
import { awaitsCreator, letGoOfWork, markAnew, tieOf, unpostWork, worksOf, type HowCut } from '../works/index.ts';
import { takeAlong } from './actions.ts';

/**
 * What became of a tie. `untied`: the name is off the work. `orphaned`: that too, and the work is nobody's, though others kept it.
 * `draft`: the work stays with who had left it, for them alone. `nobodys`: a draft that nobody could open; who calls erases it.
 */
export type GivenUp = { became: 'untied' | 'orphaned' | 'draft' | 'nobodys'; workId: number };

/**
 * Takes an account off a work once more. Where others kept the work then, whom the copy does not know as its creators, it must
 * neither show the name again nor be lost to them: it becomes a draft of who had left it, who can ask the others once more. If
 * that account goes, too, a posted work is orphaned; who is invited in the copy stays invited. `goes`: whether an account is erased
 * by the list. @returns null where nothing ties them.
 */
export async function letGoAgain(
  tx: Tx,
  now: number,
  mark: string,
  how: HowCut,
  goes: (accountId: number) => boolean,
): Promise<GivenUp | null> {
  const tie = await tieOf(tx, mark);
  if (!tie) return null;
  const { accountId, workId } = tie;
  const [work] = await worksOf(tx, accountId, workId);
  const isAlone = work !== undefined && !work.shared;
  if (isAlone && how.others && !goes(accountId)) {
    await unpostWork(tx, now, workId);
    await markAnew(tx, mark);
    return { became: 'draft', workId };
  }
  if (isAlone && work.state !== 'posted' && !(how.others && (await awaitsCreator(tx, workId))))
    return { became: 'nobodys', workId };
  const leaving = { keepName: how.keepsName, leftToOthers: how.others };
  const { others } = await letGoOfWork(tx, now, accountId, workId, leaving);
  await takeAlong(tx, now, accountId, { id: workId, others }, how.keepsName);
  return { became: isAlone && how.others ? 'orphaned' : 'untied', workId };
}
