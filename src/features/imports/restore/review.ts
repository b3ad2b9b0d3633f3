/**
 * What a person does with a rescue: take, undo, join, break, emphasise. Every act answers a new list of repairs, from which
 * the texts are composed again; what cannot be done answers null. No side effects.
 */
import type { Rescue } from '../imported-work.ts';
import { composedBlocks } from './compose.ts';
import type { ComposedBlock } from './compose.ts';
import { firstSeen, lastSeen } from './lines.ts';
import { carries, collide, parts, withThoseThatReturn } from './overlap.ts';
import { byPlace } from './proposal.ts';
import type { Repair, RepairKind, RepairState } from './repair.ts';
import { placed } from './segments.ts';
import { viewOf } from './view.ts';

type Repaired = Pick<Rescue, 'notation' | 'repairs'>;

/** A block with the source it was made of and every repair in it. */
export interface ReviewBlock extends ComposedBlock {
  /** `source.slice(from, to)`. */
  original: string;
  /** In order of place: applied, suggested and undone. Those that only step back for a larger one are left out. */
  repairs: Repair[];
  /** The certainty of the least certain repair that is applied or suggested; 1 where there is none. */
  certainty: number;
}

/** The blocks of a rescued text in order, original and result side by side. */
export function reviewBlocks(source: string, rescue: Repaired): ReviewBlock[] {
  const blocks = composedBlocks(source, rescue).map((block): ReviewBlock => ({
    ...block,
    original: source.slice(block.from, block.to),
    repairs: [],
    certainty: 1,
  }));
  const holder = new Map<Repair, ReviewBlock>();
  for (const block of blocks) for (const { repair } of block.pieces) if (repair) holder.set(repair, block);
  let next = 0;
  let over: Repair | undefined;
  for (const repair of rescue.repairs) {
    while (next < blocks.length - 1 && (blocks[next]?.to ?? 0) <= repair.from) next += 1;
    if (repair.state === 'applied') over = repair;
    else if (over !== undefined && repair.state === 'suggested' && carries(over, repair)) continue;
    const block = holder.get(repair) ?? blocks[next];
    if (block === undefined) continue;
    block.repairs.push(repair);
    if (repair.state !== 'undone') block.certainty = Math.min(block.certainty, repair.certainty);
  }
  return blocks;
}

/** From this certainty on a paragraph that stepped back for something a person undid again is put back. */
const PUT_BACK_FROM = 0.45;

/**
 * A repair's state as a person wants it. Taking one un-takes the others of its group and what overlaps it (they become
 * suggestions); undoing one brings back what had stepped back for it. Null when there is no such repair.
 */
export function setState(source: string, rescue: Rescue, id: string, state: RepairState): Rescue | null {
  const chosen = rescue.repairs.find((repair) => repair.id === id);
  if (chosen === undefined) return null;
  const repairs = rescue.repairs.map((repair): Repair => {
    if (repair === chosen) return { ...repair, state };
    if (state === 'applied' && repair.state === 'applied') {
      const rival = chosen.group !== undefined && repair.group === chosen.group;
      return rival || collide(chosen, repair) ? { ...repair, state: 'suggested' } : repair;
    }
    const returns = chosen.state === 'applied' && state !== 'applied' && stoodHere(repair, chosen);
    return returns ? { ...repair, state: 'applied' } : repair;
  });
  return { ...rescue, repairs: placed(source, withThoseThatReturn(repairs)) };
}

/**
 * Many repairs' states at once, in one pass: as `setState` for each in turn, save that of chosen ones which cannot stand
 * together the first is taken. Ids that are not there are passed over.
 */
export function setStates(source: string, rescue: Rescue, ids: ReadonlySet<string>, state: RepairState): Rescue {
  const chosen: Repair[] = [];
  for (const repair of rescue.repairs) {
    if (!ids.has(repair.id)) continue;
    const last = chosen.at(-1);
    if (state !== 'applied' || last === undefined || !collide(last, repair)) chosen.push(repair);
  }
  const taken = new Set(chosen);
  const groups = new Set(chosen.flatMap((repair) => repair.group ?? []));
  let next = 0;
  const repairs = rescue.repairs.map((repair): Repair => {
    if (taken.has(repair)) return { ...repair, state };
    for (let one = chosen[next]; one !== undefined && one.to < repair.from; one = chosen[next]) next += 1;
    if (state !== 'applied' || repair.state !== 'applied') return repair;
    let stepsBack = repair.group !== undefined && groups.has(repair.group);
    for (let at = next; !stepsBack && (chosen[at]?.from ?? Number.POSITIVE_INFINITY) <= repair.to; at += 1) {
      const one = chosen[at];
      stepsBack = one !== undefined && collide(one, repair);
    }
    return stepsBack ? { ...repair, state: 'suggested' } : repair;
  });
  return { ...rescue, repairs: placed(source, withThoseThatReturn(repairs)) };
}

/** A paragraph that a scene break took the place of. */
function stoodHere(repair: Repair, undone: Repair): boolean {
  if (repair.kind !== 'paragraph' || undone.kind === 'paragraph' || repair.state !== 'suggested') return false;
  return parts(undone.kind) && collide(repair, undone) && repair.certainty >= PUT_BACK_FROM;
}

/**
 * Joins the block that begins at a source offset (a block's `from`, or any place in the white space before it) to the one
 * before. Null when nothing parts them there.
 */
export function joinAt(source: string, rescue: Rescue, offset: number): Rescue | null {
  const parting = rescue.repairs.find(
    ({ kind, state, from, to }) => state === 'applied' && parts(kind) && from <= offset && offset <= to,
  );
  if (parting === undefined) return null;
  const joinedRescue = setState(source, rescue, parting.id, 'undone');
  const hasLineEnd =
    rescue.notation === 'html' ? parting.before.includes('<') : /[\r\n\f\u0085\u2028\u2029]/.test(parting.before);
  if (joinedRescue === null || parting.kind !== 'paragraph' || (!hasLineEnd && parting.before !== ''))
    return joinedRescue;
  return own(source, joinedRescue, 'wrap', parting.from, parting.to, ' ');
}

/**
 * Begins a paragraph at a source offset: the white space there becomes its begin. Null within words that a repair
 * replaced, and where a block begins already.
 */
export function breakAt(source: string, rescue: Rescue, offset: number): Rescue | null {
  const view = viewOf(source, rescue.notation);
  const { text } = view;
  const at = view.offsetAt(Math.max(0, offset));
  const low = lastSeen(text, 0, at);
  const high = firstSeen(text, at, text.length);
  if (low === 0 || high === text.length) return null;
  const from = low === high ? view.endOf(low - 1) : view.startOf(low);
  const whole = { kind: 'paragraph' as const, from, to: low === high ? from : view.endOf(high - 1) };
  const here = rescue.repairs.find(
    ({ kind, from, to }) => kind === 'paragraph' && from <= whole.to && whole.from <= to,
  );
  if (here?.state === 'applied') return null;
  if (here !== undefined) return setState(source, rescue, here.id, 'applied');
  const within = rescue.repairs.some(
    (repair) => repair.state === 'applied' && !carries(whole, repair) && collide(repair, whole),
  );
  return within ? null : own(source, rescue, 'paragraph', whole.from, whole.to, '\n\n');
}

/**
 * Emphasises the source between two offsets, as far as it is text of one block. Null where nothing is left of it, or where
 * it holds tags or crosses another repair.
 */
export function emphasise(source: string, rescue: Rescue, from: number, to: number): Rescue | null {
  const view = viewOf(source, rescue.notation);
  const last = view.offsetAt(Math.min(to, source.length) - 1);
  const high = view.startOf(last) < to ? last + 1 : last;
  const start = firstSeen(view.text, view.offsetAt(Math.max(0, from)), high);
  const end = lastSeen(view.text, start, high);
  if (start >= end) return null;
  const range = { kind: 'emphasis' as const, from: view.startOf(start), to: view.endOf(end - 1) };
  if (view.hasMarkup(range.from, range.to)) return null;
  const crossing = rescue.repairs.filter((repair) => repair.state === 'applied' && collide(range, repair));
  if (crossing.some((repair) => !carries(range, repair))) return null;
  const same = rescue.repairs.find(
    (repair) => repair.kind === 'emphasis' && repair.from === range.from && repair.to === range.to,
  );
  if (same !== undefined) return same.state === 'applied' ? null : setState(source, rescue, same.id, 'applied');
  let words = '';
  let at = range.from;
  for (const repair of crossing) {
    words += viewOf(source.slice(at, repair.from), rescue.notation).text + repair.after;
    at = repair.to;
  }
  words += viewOf(source.slice(at, range.to), rescue.notation).text;
  return own(source, rescue, 'emphasis', range.from, range.to, `*${words}*`);
}

/** A person's own repair: sure, and named as their own. */
function own(source: string, rescue: Rescue, kind: RepairKind, from: number, to: number, after: string): Rescue | null {
  const id = `own-${kind}-${from}-${to}`;
  const known = rescue.repairs.some((repair) => repair.id === id);
  const made: Repair = {
    id,
    kind,
    from,
    to,
    field: 'text',
    chapter: 0,
    block: 0,
    before: source.slice(from, to),
    after,
    certainty: 1,
    state: 'suggested',
  };
  const repairs = known ? rescue.repairs : [...rescue.repairs, made].sort(byPlace);
  return setState(source, { ...rescue, repairs }, id, 'applied');
}
