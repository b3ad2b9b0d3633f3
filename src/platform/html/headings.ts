/**
 * Author's headings among a page's own: moved down below the page's, and without gaps, so that the outline that a
 * screen reader walks makes sense. Takes only HTML that `clean` made; how large a heading looks is not its level's matter.
 */

const HEADING = /<(\/?)h([1-6])(?=[ >])/g;

/** @returns the HTML with its first heading at `top` (2–6), deeper ones one step below what they stand under. */
export function headingsFrom(html: string, top: number): string {
  // The levels the author has open, outermost first: a heading's place in this list is its depth.
  const open: number[] = [];
  return html.replace(HEADING, (_tag, closing: string, digit: string) => {
    const level = Number(digit);
    if (closing === '') {
      while (open.length > 0 && (open.at(-1) ?? 0) >= level) open.pop();
      open.push(level);
    }
    return `<${closing}h${Math.min(6, top + open.length - 1)}`;
  });
}
