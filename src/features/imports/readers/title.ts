/** A title for a work whose file has none. */

/** What a work is called while nobody has said how. */
export const UNTITLED = 'Untitled';
/** Words of which a name may wholly consist and still say nothing; a number may follow each. */
const SAYS_NOTHING =
  /^(?:(?:untitled|unnamed|unknown|noname|new|document|doc|text|fic|file|story|chapter|ch|page|draft|final|finished|edited|revised|rev|wip|copy|of|backup|download|export|output|tmp|temp|v)?(?:\(?\d{1,9}\)?)?|v\d{1,3}[a-z]|[-–—])$/i;

/**
 * A file's name in, a title out: "the_bees-of-sussex.txt" → "The bees of sussex". Hyphens are spaces only where the
 * name has no spaces of its own. "Untitled" when the name says nothing (numbers, hashes, "draft", "final_v2").
 */
export function titleFromFileName(name: string): string {
  const base = (name.split(/[\\/]/).at(-1) ?? '').normalize('NFC').replace(/\.[a-z][a-z0-9]{0,7}$/i, '');
  const spaced = /\s/.test(base.trim()) ? base.replace(/_+/g, ' ') : base.replace(/[_-]+/g, ' ');
  const title = spaced
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .replace(/\s+/g, ' ')
    .trim();
  if (!/\p{L}/u.test(title)) return UNTITLED;
  if (title.split(' ').every((word) => SAYS_NOTHING.test(word)) || isHash(title)) return UNTITLED;
  return title.charAt(0).toLocaleUpperCase('und') + title.slice(1);
}

const UUID = /^[0-9a-f]{8} [0-9a-f]{4} [0-9a-f]{4} [0-9a-f]{4} [0-9a-f]{12}$/i;
const LONG_HASH = /^(?:\d{1,9} )?[0-9a-f]{24,128}$/i;

/** "d41d8cd98f00b204", "0042 9f86d081": hexadecimal of eight signs or more with a digit in it. */
function isHash(title: string): boolean {
  if (UUID.test(title.replaceAll('-', ' ')) || LONG_HASH.test(title)) return true;
  return title.split(' ').every((part) => /^\d+$/.test(part) || (/^[0-9a-f]{8,}$/i.test(part) && /\d/.test(part)));
}
