/** What a rescue leaves for a person to look at, and how they answer. Pure. */
import type { Rescue } from './imported-work.ts';
import { SURE, type Repair, type RepairKind } from './restore/repair.ts';
import { breakAt, emphasise, joinAt, setState, setStates } from './restore/review.ts';

/** Whether a repair waits for a person: a suggestion, or an applied one that is not sure. */
export function isGuess(repair: Repair): boolean {
  return repair.state === 'suggested' || (repair.state === 'applied' && repair.certainty < SURE);
}

/** Kinds that step back for a larger repair around them; a scene stands beside the paragraph of its place. */
const STEP_BACK: ReadonlySet<RepairKind> = new Set(['characters', 'markup', 'wrap', 'space', 'emphasis', 'leftover']);

/** The repairs that still ask something: one of a group that was taken for sure answers for the others. */
export function openGuesses(rescue: Pick<Rescue, 'repairs'>): Repair[] {
  const answered = new Set(
    rescue.repairs.filter((one) => one.state === 'applied' && one.certainty >= SURE).map((one) => one.group),
  );
  const applied = rescue.repairs.filter((one) => one.state === 'applied');
  let next = 0;
  let coveredTo = 0;
  return rescue.repairs.filter((one) => {
    // What lies within a larger applied repair has stepped back for it, and asks nothing while that stands.
    for (let over = applied[next]; over && over.from <= one.from; over = applied[(next += 1)])
      coveredTo = Math.max(coveredTo, over.to);
    const steppedBack = STEP_BACK.has(one.kind) && one.state === 'suggested';
    const isCovered = steppedBack && one.from < one.to && one.to <= coveredTo;
    return isGuess(one) && !isCovered && (one.group === undefined || !answered.has(one.group));
  });
}

/** How many questions a rescue asks; repairs of one group are one question. */
export function countGuesses(rescue: Pick<Rescue, 'repairs'>): number {
  return new Set(openGuesses(rescue).map((repair) => repair.group ?? repair.id)).size;
}

/** What a person does with a rescued text. Places are offsets in the source. */
export type ReviewAct =
  | { act: 'accept' | 'undo'; repair: string }
  | { act: 'join' | 'break'; at: number }
  | { act: 'italic'; from: number; to: number }
  | { act: 'accept-kind' | 'undo-kind'; kind: RepairKind };

/** Does it. @returns the rescue as it is then, or null when there is nothing there to do it with. */
export function actOn(source: string, rescue: Rescue, what: ReviewAct): Rescue | null {
  switch (what.act) {
    case 'accept':
      return accept(source, rescue, what.repair);
    case 'undo':
      return undo(source, rescue, what.repair);
    case 'join':
      return joinAt(source, rescue, what.at);
    case 'break':
      return breakAt(source, rescue, what.at);
    case 'italic':
      return emphasise(source, rescue, what.from, what.to);
    case 'accept-kind':
      return allOfKind(source, rescue, what.kind, 'applied');
    case 'undo-kind':
      return allOfKind(source, rescue, what.kind, 'undone');
  }
}

/** Takes a repair: what a person has said is sure. */
function accept(source: string, rescue: Rescue, id: string): Rescue | null {
  const taken = setState(source, rescue, id, 'applied');
  if (!taken) return null;
  return { ...taken, repairs: taken.repairs.map((one) => (one.id === id ? { ...one, certainty: 1 } : one)) };
}

/** Takes a repair back, or leaves a suggestion, with all that were suggested in its place. */
function undo(source: string, rescue: Rescue, id: string): Rescue | null {
  const chosen = rescue.repairs.find((one) => one.id === id);
  const undone = chosen && setState(source, rescue, id, 'undone');
  if (!undone || chosen.group === undefined || chosen.state === 'applied') return undone ?? null;
  const left = undone.repairs.map((one) =>
    one.group === chosen.group && one.state === 'suggested' ? { ...one, state: 'undone' as const } : one,
  );
  return { ...undone, repairs: left };
}

/** Answers every open guess of a kind the same way; of a group the surest is taken. One pass, for texts of any length. */
function allOfKind(source: string, rescue: Rescue, kind: RepairKind, state: 'applied' | 'undone'): Rescue | null {
  const asked = openGuesses(rescue).filter((one) => one.kind === kind);
  if (asked.length === 0) return null;
  const surest = new Map<string, Repair>();
  for (const one of asked) {
    const before = surest.get(one.group ?? one.id);
    if (!before || one.certainty > before.certainty) surest.set(one.group ?? one.id, one);
  }
  const answered = state === 'applied' ? [...surest.values()] : asked;
  const ids = new Set(answered.map((one) => one.id));
  const settled = setStates(source, rescue, ids, state);
  const isTaken = (one: Repair) => ids.has(one.id) && one.state === 'applied';
  return { ...settled, repairs: settled.repairs.map((one) => (isTaken(one) ? { ...one, certainty: 1 } : one)) };
}
