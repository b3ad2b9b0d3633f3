/** What a rescue did, in plain sentences. No side effects. */
import { SURE } from './repair.ts';
import type { Repair, RepairKind } from './repair.ts';

/** How a kind is counted: one, many. */
const COUNTED: readonly (readonly [kind: RepairKind, one: string, many: string])[] = [
  ['characters', 'character that had been garbled was put right', 'characters that had been garbled were put right'],
  ['wrap', 'line end that only broke a line was taken out', 'line ends that only broke lines were taken out'],
  ['paragraph', 'paragraph break was put back', 'paragraph breaks were put back'],
  ['scene', 'scene break was put back', 'scene breaks were put back'],
  ['section', 'heading inside a chapter was found', 'headings inside chapters were found'],
  ['chapter', 'chapter heading was found', 'chapter headings were found'],
  ['emphasis', 'piece of emphasis was put back', 'pieces of emphasis were put back'],
];

const SUGGESTED: readonly (readonly [kind: RepairKind, one: string, many: string])[] = [
  ['paragraph', 'more paragraph break is suggested', 'more paragraph breaks are suggested'],
  ['scene', 'scene break is suggested', 'scene breaks are suggested'],
  ['section', 'heading is suggested', 'headings are suggested'],
  ['leftover', 'leftover of the page it came from is marked', 'leftovers of the page it came from are marked'],
];

export interface Circumstances {
  /** The text had lost its paragraphs. */
  flat: boolean;
  /** The source still had its emphasis. */
  emphasisKnown: boolean;
}

/** Repairs in, one sentence a kind out: "214 paragraph breaks were put back, 31 of them guesses." */
export function repairSentences(repairs: readonly Repair[], { flat, emphasisKnown }: Circumstances): string[] {
  const sentences: string[] = [];
  for (const [kind, one, many] of COUNTED) {
    const done = repairs.filter((repair) => repair.kind === kind && repair.state === 'applied');
    if (done.length > 0) sentences.push(`${counted(done.length, one, many)}${guesses(done)}.`);
  }
  const strays = repairs.filter(isStray);
  if (strays.length > 0)
    sentences.push(`${counted(strays.length, 'stray space was closed', 'stray spaces were closed')}.`);
  for (const [kind, one, many] of SUGGESTED) {
    const waiting = repairs.filter((repair) => repair.kind === kind && repair.state === 'suggested').length;
    if (waiting > 0) sentences.push(`${counted(waiting, one, many)}.`);
  }
  const places = new Set(
    repairs.flatMap(({ kind, state, group }) => (kind === 'emphasis' && state === 'suggested' && group) || []),
  );
  if (places.size > 0) {
    const asked = 'where only one end of it shows';
    sentences.push(
      `${counted(places.size, 'piece of emphasis is suggested', 'pieces of emphasis are suggested')}, ${asked}.`,
    );
  }
  if (repairs.some(({ kind, field, state }) => kind === 'label' && field === 'endNotes' && state === 'applied')) {
    sentences.push('The author’s notes at the end were parted from the story.');
  }
  if (flat && !emphasisKnown) {
    sentences.push('About half of all emphasis left no trace in a text like this; it cannot be put back.');
  }
  return sentences;
}

/** White space at the ends of the text is certain, and not counted. */
function isStray({ kind, state, after, certainty }: Repair): boolean {
  return kind === 'space' && state === 'applied' && after === '' && certainty < 1;
}

function counted(count: number, one: string, many: string): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}

function guesses(done: readonly Repair[]): string {
  const unsure = done.filter(({ certainty }) => certainty < SURE).length;
  if (unsure === 0) return '';
  if (done.length === 1) return ', as a guess';
  if (unsure === done.length) return ', all of them guesses';
  return `, ${unsure.toLocaleString('en')} of them ${unsure === 1 ? 'a guess' : 'guesses'}`;
}
