/** A title for a text that has none, made of its opening words. It is marked as derived wherever it is used. */
import { isWhite } from './lines.ts';

const LONGEST = 60;
const SHORTEST_CLAUSE = 12;
const ABBREVIATION = /(?:^|[\s“"‘'(])(?:Mr|Mrs|Ms|Dr|St|Prof|Capt|Lt|Sgt|No|\p{L})\.$/u;

/** The first sentence or clause of a text, at most 60 characters and cut at a word; null where it has no letters. */
export function titleFromOpening(text: string): string | null {
  const head = text
    .slice(0, 1000)
    .replace(/[\p{Cc}\p{Cf}\ud800-\udfff\s]+/gu, ' ')
    .replace(/^[^\p{L}\p{N}]+/u, '');
  if (!/\p{L}/u.test(head)) return null;
  const sentence = head.slice(0, sentenceEnd(head)).trim();
  const words = sentence.replace(/[\s.。,;:!?…—–"“”‘’'»«)\]-]+$/u, (end) => /^[!?]+/.exec(end)?.[0] ?? '');
  if (words.length <= LONGEST) return words === '' ? null : words;
  return shortened(words);
}

function sentenceEnd(text: string): number {
  for (const match of text.matchAll(/[。！？]+[”’」』]?|[.!?…]+["”’»]?(?=\s|$|[“"‘«\p{Lu}])|[”"»](?=\s)/gu)) {
    const end = match.index + match[0].length;
    if (end > 2 && !ABBREVIATION.test(text.slice(0, end))) return end;
  }
  return text.length;
}

/** At a clause, where one ends in time; otherwise at a word, with `…`. */
function shortened(text: string): string {
  const piece = text.slice(0, LONGEST);
  const clause = Math.max(
    piece.lastIndexOf(', '),
    piece.lastIndexOf('; '),
    piece.lastIndexOf(': '),
    piece.lastIndexOf(' — '),
  );
  if (clause >= SHORTEST_CLAUSE * 2) return piece.slice(0, clause).trim();
  const room = text.slice(0, LONGEST - 1);
  let at = room.length;
  if (!isWhite(text[at])) while (at > 0 && !isWhite(room[at - 1])) at -= 1;
  const cut = at < SHORTEST_CLAUSE ? room.toWellFormed().replace(/\ufffd$/, '') : room.slice(0, at);
  return `${cut.replace(/[\s,;:—–-]+$/u, '')}…`;
}
