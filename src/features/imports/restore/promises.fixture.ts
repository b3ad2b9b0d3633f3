/** What a rescue promises of every text, checked; what is broken is answered as sentences. */
import { resolveReferences } from '../../../platform/html/text.ts';
import type { Rescue } from '../imported-work.ts';
import { compose, composedBlocks } from './compose.ts';
import { collide } from './overlap.ts';
import { restore } from './restore.ts';
import { reviewBlocks } from './review.ts';
import { joined, segmentsOf, sourceAgain, undoAll } from './segments.ts';
import { viewOf } from './view.ts';

/** The rescue of a text, as a work keeps it. */
export function rescued(source: string, notation: 'text' | 'html' = 'text'): Rescue {
  const { from, to, repairs } = restore(source, { notation });
  return { notation, from, to, repairs };
}

/** The promises a rescue breaks, one sentence each: none of any text. */
export function brokenPromises(source: string, rescue: Rescue): string[] {
  const { repairs } = rescue;
  const segments = segmentsOf(source, repairs);
  const undone = segmentsOf(source, undoAll(repairs));
  const applied = repairs.filter(({ state }) => state === 'applied');
  const used = segments.flatMap((segment) => ('repair' in segment ? [segment.repair] : []));
  const composed = composedBlocks(source, rescue).map(({ html }) => html);
  const again = composedBlocks(source, structuredClone(rescue)).map(({ html }) => html);
  const promises: [kept: boolean, promise: string][] = [
    [joined(source, segments) === source, 'The pieces joined are the source.'],
    [sourceAgain(source, repairs) === source, 'What the repairs replaced is what the source has.'],
    [undone.every((segment) => !('repair' in segment)), 'With all repairs undone, none is left.'],
    [joined(source, undone) === source, 'With all repairs undone, the text is the source.'],
    [new Set(repairs.map(({ id }) => id)).size === repairs.length, 'No two repairs have one name.'],
    [repairs.every(({ from, to, before }) => before === source.slice(from, to)), 'Every repair says what it replaced.'],
    [repairs.every(({ certainty }) => certainty >= 0 && certainty <= 1), 'Certainty is a probability.'],
    [applied.every((one, i) => i === 0 || !collide(applied[i - 1] ?? one, one)), 'Applied repairs do not overlap.'],
    [used.join(' ') === applied.map(({ id }) => id).join(' '), 'Every applied repair is a piece of the source.'],
    [lettersSeen(composed.join('')) === lettersKept(source, rescue), 'Every word is in the result once, in order.'],
    [composed.every(isBalanced), 'Every tag of a block is closed in it.'],
    [composed.join('') === again.join(''), 'Composing gives one result.'],
    [compose(source, rescue).chapters.every(({ html }) => !html.startsWith('<hr>')), 'No chapter begins with a rule.'],
    [
      reviewBlocks(source, rescue)
        .map(({ original }) => original)
        .join('') === source,
      'The review shows all of the source.',
    ],
  ];
  return promises.flatMap(([kept, promise]) => (kept ? [] : [promise]));
}

function lettersOf(text: string): string {
  // Halves of surrogate pairs that only a space kept apart may meet.
  return text.replace(/[\ud800-\udfff]/g, '').replace(/[^\p{L}\p{N}]+/gu, '');
}

const TAG = /<(?:[^<>"]|"[^"]*")*>/g;

function lettersSeen(html: string): string {
  return lettersOf(resolveReferences(html.replace(TAG, '')));
}

/** The letters of the view, without what labels, marks of scenes and taken leftovers consumed. */
function lettersKept(source: string, rescue: Rescue): string {
  const view = viewOf(source, rescue.notation);
  let kept = '';
  let at = 0;
  for (const { kind, state, from, to } of rescue.repairs) {
    if (state !== 'applied' || !(kind === 'label' || kind === 'scene' || kind === 'leftover') || from === to) continue;
    kept += view.text.slice(at, view.offsetAt(from));
    at = view.offsetAt(to);
  }
  return lettersOf(kept + view.text.slice(at));
}

const ALONE = /^<(?:img|br|hr|wbr)\b/i;

function isBalanced(html: string): boolean {
  const open: string[] = [];
  for (const [tag] of html.matchAll(TAG)) {
    const name = /^<\/?([a-z0-9]+)/i.exec(tag)?.[1]?.toLowerCase() ?? '';
    if (ALONE.test(tag)) continue;
    if (!tag.startsWith('</')) open.push(name);
    else if (open.pop() !== name) return false;
  }
  return open.length === 0;
}
