/** The text of a chapter in pieces, to cut it in two; and two texts as one. Works on clean HTML. Pure. */

/** A tag as `clean` writes it: attributes in double quotes, `<` never bare in text. */
const TAG = /<(\/?)([a-z][a-z0-9]*)(?: [a-z-]+(?:="[^"]*")?)*>/g;
const VOID = new Set(['br', 'col', 'hr', 'img', 'wbr']);
/** Characters shown of a piece, to know it by. */
const SHOWN = 90;

/** What stands side by side at the top of a text: paragraphs, headings, whole quotations and lists. Joined, they are the text. */
export function topPieces(html: string): string[] {
  const pieces: string[] = [];
  let open = 0;
  let from = 0;
  for (const found of html.matchAll(TAG)) {
    const [tag, closing = '', name = ''] = found;
    if (closing !== '') open -= 1;
    else if (!VOID.has(name)) open += 1;
    if (open > 0) continue;
    const to = found.index + tag.length;
    pieces.push(html.slice(from, to));
    from = to;
  }
  // White space after the last one belongs to it.
  if (from < html.length) pieces.push((pieces.pop() ?? '') + html.slice(from));
  return pieces;
}

/** The text before a piece, and the text from it on. `at`: counted from 1. Null where nothing would be left on one side. */
export function cutBefore(html: string, at: number): { first: string; second: string } | null {
  const pieces = topPieces(html);
  if (!Number.isInteger(at) || at < 1 || at >= pieces.length) return null;
  return { first: pieces.slice(0, at).join('').trim(), second: pieces.slice(at).join('').trim() };
}

/** The first words of a text, at most so many characters; what has no words is named. `words`: the text of the piece. */
export function opening(words: string): string {
  const line = words.replace(/\s+/g, ' ').trim();
  if (line === '') return 'A scene break';
  if (line.length <= SHOWN) return line;
  const cut = line.slice(0, SHOWN);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), SHOWN / 2))}…`;
}

/** What stands between two chapters that become one. */
export type Seam = 'nothing' | 'break' | 'title';

/** Two texts as one. `title`: clean HTML of the second chapter's title, for a seam that shows it. */
export function joined(first: string, second: string, seam: Seam, title: string): string {
  const between = seam === 'break' ? '<hr>' : seam === 'title' && title !== '' ? `<h3>${title}</h3>` : '';
  return [first, first !== '' && second !== '' ? between : '', second].filter((part) => part !== '').join('\n');
}
