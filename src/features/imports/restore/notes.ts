/**
 * The author's words behind the story: where the end notes begin, and the names of links that a page left after them.
 * No side effects; linear.
 */
import { isWhite, lastSeen, wordsBetween } from './lines.ts';
import type { Proposal } from './proposal.ts';
import type { Surroundings } from './section-candidates.ts';

/** Labels with their colon, as people write them. */
const LABEL = new RegExp(
  String.raw`(?:(?:end |final |author['’]?s?['’]? |chapter end |story )?notes?|a ?\/ ?n|an|author['’]?s? comments?|disclaimers?|acknowledge?ments|notes? de l['’]auteure?|notas?(?: de la autora| del autor| da autora| do autor| finales)?|anmerkung(?:en)?(?: der autorin)?|note dell['’]autrice|примечани[ея](?: автора)?)[ \u00a0]?(?:\([^()\n]{1,30}\)[ \u00a0]?)?[:：]`,
  'iuy',
);
const FIRST_LETTERS = /[A-ZÀ-Þa-zП(п]/;
/** Notes stand in the last quarter. */
const LAST_QUARTER = 0.75;

const SPEAKS_TO_READERS =
  /\b(?:i|i['’]m|i['’]ve|my|me|you|your|we|thank|thanks|thx|comments?|kudos|reviews?|feedback|tumblr|twitter|prompts?|beta(?:ed|['’]d|-read)?|unbeta|own|disclaimer|fics?|fanfic|fandom|chapters?|story|title|lyrics|song|read|reading|readers?|written|wrote|write|hope|enjoy|please|sorry|update|inspired|based|series|sequel|prequel|ao3|canon|characters?|challenge|exchange|bingo|fest|week|gift|love|comentarios?|merci|gracias|danke|obrigad[ao]|спасибо)\b|https?:|www\.|<3|[:;]-?\)|!/giu;
const SAID =
  /[,!?…]["”’»][ \u00a0](?:\p{Lu}\p{Ll}+ )?(?:said|asked|whispered|replied|murmured|says|cried|muttered|answered)\b/gu;

/** Where the end notes begin: their label, as a proposal, or null. */
export function endNotesLabel(around: Surroundings): (Proposal & { textEnd: number }) | null {
  const { text, from, to } = around;
  const low = from + Math.floor((to - from) * LAST_QUARTER);
  for (let at = low; at < to; at += 1) {
    if (!FIRST_LETTERS.test(text[at] ?? '') || !(at === from || isWhite(text[at - 1]) || text[at - 1] === '('))
      continue;
    LABEL.lastIndex = at;
    const match = LABEL.exec(text);
    if (match === null || around.inside(at) || !beginsSentence(text, at, from)) continue;
    const end = at + match[0].length;
    if (!isCapital(text[at]) && !/^a ?\//i.test(match[0])) continue;
    const certainty = notStory(text, end, to);
    if (certainty === 0) continue;
    const start = lastSeen(text, from, at);
    if (start <= from) return null;
    const valueAt = skipWhite(text, end, to);
    return {
      kind: 'label',
      from: start,
      to: valueAt,
      after: '\n\n',
      certainty,
      state: 'applied',
      field: 'endNotes',
      textEnd: start,
    };
  }
  return null;
}

function isCapital(character: string | undefined): boolean {
  return character !== undefined && character !== character.toLowerCase();
}

function skipWhite(text: string, from: number, to: number): number {
  let at = from;
  while (at < to && isWhite(text[at])) at += 1;
  return at;
}

const BOUNDARY = new Set('.!?…”’"\'»«)]*~—–-_=#⁂。！？」』');

function beginsSentence(text: string, at: number, low: number): boolean {
  const start = lastSeen(text, low, at);
  if (start <= low || BOUNDARY.has(text[start - 1] ?? '')) return true;
  return /[\r\n\u2028\u2029]/.test(text.slice(start, at));
}

/** How sure it is that what follows is no story: 0 when people speak in it and nobody speaks to readers. */
function notStory(text: string, from: number, to: number): number {
  const rest = text.slice(from, Math.min(to, from + 6000));
  const words = wordsBetween(text, from, Math.min(to, from + 6000));
  if (words === 0) return 0.6;
  const readers = rest.match(SPEAKS_TO_READERS)?.length ?? 0;
  const said = rest.match(SAID)?.length ?? 0;
  if (said * 4 > readers) return 0;
  if (readers === 0) return words > 60 ? 0 : 0.6;
  return readers * 25 >= words ? 0.96 : words > 400 ? 0.6 : 0.8;
}

const SITES =
  'tumblr|twitter|x|bluesky|bsky|mastodon|dreamwidth|dw|livejournal|lj|pillowfort|discord|instagram|insta|ig|facebook|fb|tiktok|youtube|spotify|playlist|patreon|ko-?fi|carrd|linktree|ao3|ff\\.?net|ffn|wattpad|prompts?|asks?|ask box|askbox|inbox|curiouscat|cc|retrospring|blog|main|side ?blog|writing blog|website|masterlist|moodboard|post|fic post|promo post|rebloggable|art|neospring|strawpage|telegram|reddit|email|e-mail|vk|weibo|lofter|pixiv';
const SITE = new RegExp(`^(?:my |on |the )?(?:${SITES})$`, 'iu');
const PARTED = /[ \u00a0\t\r\n]*[/|•·‖][ \u00a0\t\r\n]*/gu;
const TAIL = 300;

/** Names of links at the very end of the notes, as a suggestion; null where there are none. */
export function leftoverLinks(text: string, from: number, to: number): Proposal | null {
  const end = lastSeen(text, from, to);
  const low = Math.max(from, end - TAIL);
  const tail = text.slice(low, end);
  const parts: { at: number; words: string }[] = [];
  let at = 0;
  for (const match of tail.matchAll(PARTED)) {
    parts.push({ at, words: tail.slice(at, match.index) });
    at = match.index + match[0].length;
  }
  parts.push({ at, words: tail.slice(at) });
  let begin = tail.length;
  let known = 0;
  for (const [i, part] of parts.toReversed().entries()) {
    const isFirst = i === parts.length - 1 || part.words.split(/\s+/u).length > 3;
    if (!isFirst && /^[\p{L}\p{N}@._-]{1,30}(?:\s[\p{L}\p{N}@._-]{1,30}){0,2}$/u.test(part.words)) {
      begin = part.at;
      if (SITE.test(part.words)) known += 1;
      continue;
    }
    const lastWords = trailingSite(part.words);
    if (lastWords !== null && (parts.length > 1 || lastWords.afterStop)) {
      begin = part.at + lastWords.at;
      known += 1;
    }
    break;
  }
  if (known === 0 || begin >= tail.length) return null;
  const start = low + begin;
  return { kind: 'leftover', from: start, to: end, after: '', certainty: 0.85, state: 'suggested' };
}

/** `… warm! tumblr`: the site at the end of the words before the first stroke. */
function trailingSite(words: string): { at: number; afterStop: boolean } | null {
  for (const count of [2, 1]) {
    const match = new RegExp(String.raw`(?:^|\s)(\S{1,30}(?:\s\S{1,30}){${count - 1}})$`, 'u').exec(words);
    const said = match?.[1];
    if (match === null || said === undefined || !SITE.test(said)) continue;
    const at = match.index + match[0].length - said.length;
    return { at, afterStop: /[.!?)♥]\s*$/u.test(words.slice(0, at)) };
  }
  return null;
}
