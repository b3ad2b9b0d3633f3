/** After a restore: names that were taken off works for good since the backup come off them again, as the list says. */
import { distinct, type Erased } from '../platform/backup/erased-list.ts';
import type { Manifest } from '../platform/backup/manifest.ts';
import type { Feature } from '../platform/feature.ts';
import type { Ground } from '../platform/ground.ts';
import type { ArchiveEnv } from '../features/accounts/index.ts';
import { letGoAgain, type GivenUp } from '../features/leaving/index.ts';
import { countOf } from './backup.ts';
import { eraseWork } from './erase.ts';
import { marksSince } from './erased.ts';

type Cut = Extract<Erased, { tie: string }>;
/** How many ties became what. */
export type Untied = Record<GivenUp['became'], number>;

export const NONE_UNTIED: Untied = { untied: 0, orphaned: 0, draft: 0, nobodys: 0 };

/** The step of the schema that gave ties their marks. Those of an older backup are drawn when it is restored, and in no list. */
const FIRST_MARKS = '0021-leaving';

/**
 * Those marks that are cut by the last that the lists say of them. First those whose works others kept, so that of several who
 * gave a work up each finds the next still there; then the oldest.
 */
export function cutsOf(erased: readonly Erased[]): Cut[] {
  const last = new Map<string, Extract<Erased, { tie: string } | { again: string }>>();
  for (const entry of distinct(erased)) {
    if (!('tie' in entry) && !('again' in entry)) continue;
    const mark = 'tie' in entry ? entry.tie : entry.again;
    if (entry.at >= (last.get(mark)?.at ?? 0)) last.set(mark, entry);
  }
  return [...last.values()]
    .filter((entry) => 'tie' in entry)
    .toSorted((a, b) => Number(b.others) - Number(a.others) || a.at - b.at);
}

/** Cuts in a restored copy what the list says. `goes`: the accounts that are erased afterwards. */
export async function untieAgain(
  ground: Ground,
  features: readonly Feature<ArchiveEnv>[],
  erased: readonly Erased[],
  goes: ReadonlySet<number>,
): Promise<Untied> {
  const untied = { ...NONE_UNTIED };
  // The list in a backup may be some minutes older than the rows, which know who has come back.
  const known = [...erased, ...(await marksSince(ground.db.reads, 0))];
  for (const { tie, name, others } of cutsOf(known)) {
    const how = { keepsName: name, others };
    const given = await ground.db.write((tx) => letGoAgain(tx, ground.now(), tie, how, (id) => goes.has(id)));
    if (given === null) continue;
    untied[given.became] += 1;
    if (given.became === 'nobodys') await eraseWork(ground, features, given.workId);
  }
  return untied;
}

/** Says what became of the names, and of the works that the backup knows by no other. */
export function sayUntied({ untied, orphaned, draft, nobodys }: Untied, say: (line: string) => void): void {
  const off = untied + orphaned;
  if (off > 0) say(`${countOf(off, 'name')} taken off works since then went off them again.`);
  if (nobodys > 0) say(`${countOf(nobodys, 'draft')} erased, which were given up since then and would be nobody’s.`);
  if (draft > 0)
    say(
      `${countOf(draft, 'work')} left to others since then, whom this backup does not have, became a draft of who had left: ` +
        'ask them to invite the others again.',
    );
  if (orphaned > 0)
    say(`${countOf(orphaned, 'work')} orphaned, which others kept when the account of its creator was deleted.`);
}

/** Says how many names could not be taken off, since the backup is older than the marks of ties. */
export function sayTiesUnknown(manifest: Manifest, erased: readonly Erased[], say: (line: string) => void): void {
  if (manifest.steps.includes(FIRST_MARKS)) return;
  const unknown = cutsOf(erased).filter((cut) => cut.at >= manifest.at).length;
  if (unknown === 0) return;
  say(
    `LOOK AT THIS BEFORE YOU START THE ARCHIVE: ${countOf(unknown, 'name')} taken off works since then could not be taken off again. ` +
      'The backup was made by an older Fanfold, which did not mark who signs what. A newer backup does not have this fault.',
  );
}
