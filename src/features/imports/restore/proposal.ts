/**
 * From what the steps propose, at offsets of the view, to repairs at offsets of the source that do not overlap where they
 * are applied. Linear but for sorting, no side effects.
 */
import type { FieldName, Repair, RepairKind, RepairState } from './repair.ts';
import { carries, collide, withThoseThatReturn } from './overlap.ts';
import type { View, ViewChange } from './view.ts';

/** What a step would change. */
export interface Proposal {
  kind: RepairKind;
  /** Offsets of the view. */
  from: number;
  to: number;
  after: string;
  certainty: number;
  state: RepairState;
  group?: string;
  /** Of a label: the field that begins. */
  field?: FieldName;
}

/** Of two applied repairs that overlap the one of the kind named first stays. */
const PRECEDENCE: readonly RepairKind[] = [
  'label',
  'chapter',
  'section',
  'scene',
  'emphasis',
  'paragraph',
  'wrap',
  'space',
  'leftover',
  'characters',
  'markup',
];

/** Proposals and the view's own changes in; repairs in order of place out, each with an id of its own. */
export function repairsOf(source: string, view: View, proposals: readonly Proposal[]): Repair[] {
  const made = view.changes.map((change) => ofChange(source, change));
  const placed = proposals.flatMap((proposal) => atSource(source, view, proposal));
  const all = [...made, ...placed].sort(byPlace);
  const kept = withoutOverlaps(all);
  nameEach(kept);
  return kept;
}

/** Repairs by place; of those that begin together the shorter first, of those at one place a paragraph before a scene. */
export function byPlace(a: Repair, b: Repair): number {
  return a.from - b.from || a.to - b.to || (a.kind < b.kind ? -1 : a.kind > b.kind ? 1 : 0);
}

function ofChange(source: string, { kind, from, to, after, certainty }: ViewChange): Repair {
  const before = source.slice(from, to);
  return { id: '', kind, from, to, field: 'text', chapter: 0, block: 0, before, after, certainty, state: 'applied' };
}

/** A proposal at its place in the source. Tags within it are part of what it replaces; composing heeds them. */
function atSource(source: string, view: View, proposal: Proposal): Repair[] {
  const { kind, after, certainty, state, group, field = 'text' } = proposal;
  const isPutIn = proposal.from >= proposal.to;
  const from = isPutIn ? afterClosers(source, view, proposal.from) : view.startOf(proposal.from);
  const to = isPutIn ? from : view.endOf(proposal.to - 1);
  const before = source.slice(from, to);
  if (kind === 'emphasis' && view.hasMarkup(from, to)) return [];
  const repair: Repair = { id: '', kind, from, to, field, chapter: 0, block: 0, before, after, certainty, state };
  return [group === undefined ? repair : { ...repair, group }];
}

/** Where something is put in between two characters of the view: behind the tags that close there. */
function afterClosers(source: string, view: View, offset: number): number {
  let at = offset === 0 ? 0 : view.endOf(offset - 1);
  const end = view.startOf(offset);
  while (at < end && source.startsWith('</', at)) {
    const close = source.indexOf('>', at);
    if (close === -1 || close >= end) break;
    at = close + 1;
  }
  return Math.min(at, end);
}

function rank(repair: Repair): number {
  return PRECEDENCE.indexOf(repair.kind);
}

/** Drops what overlaps something of higher precedence; what is mechanical and lies within it steps back. */
function withoutOverlaps(repairs: readonly Repair[]): Repair[] {
  const stays: Repair[] = [];
  const back = new Set<Repair>();
  const gone = new Set<Repair>();
  const drop = (loser: Repair, winner: Repair): void => {
    if (carries(winner, loser)) back.add(loser);
    else gone.add(loser);
  };
  for (const repair of repairs) {
    if (repair.state !== 'applied') continue;
    const rivals: Repair[] = [];
    for (let last = stays.at(-1); last !== undefined && collide(last, repair); last = stays.at(-1)) {
      rivals.push(last);
      stays.pop();
    }
    const winner = rivals.find((rival) => rank(rival) <= rank(repair));
    if (winner === undefined) {
      for (const rival of rivals) drop(rival, repair);
      stays.push(repair);
    } else {
      drop(repair, winner);
      for (const rival of rivals.toReversed()) stays.push(rival);
    }
  }
  const left = repairs.flatMap((repair) => {
    if (gone.has(repair)) return [];
    return back.has(repair) ? [{ ...repair, state: 'suggested' as const }] : [repair];
  });
  return withThoseThatReturn(left);
}

function nameEach(repairs: readonly Repair[]): void {
  const taken = new Set<string>();
  for (const repair of repairs) {
    let id = `${repair.kind}-${repair.from}`;
    if (taken.has(id)) id += `-${repair.to}`;
    while (taken.has(id)) id += 'b';
    taken.add(id);
    repair.id = id;
  }
}
