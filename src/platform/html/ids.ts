/**
 * The ids in clean HTML, where several texts stand on one page: short texts (a summary, notes) need none, and chapters
 * that stand together get theirs told apart. Takes only HTML that `clean` made.
 */

/** A tag as `clean` writes it: attributes in double quotes, `<` never bare in text. */
const TAG = /<[a-z][a-z0-9]*(?: [a-z-]+(?:="[^"]*")?)*>/g;

/** The HTML without the ids of its blocks; ids that its author set stay, since links may lead to them. */
export function withoutBlockIds(html: string): string {
  return html.replace(TAG, (tag) => tag.replace(/ id="b-[a-z2-7]{6}"/, ''));
}

/** The HTML with every id, and every link to one, marked with a scope: letters and digits, unique on the page. */
export function scopedIds(html: string, scope: string): string {
  return html.replace(TAG, (tag) =>
    tag.replace(/ id="([bu]-[^"]*)"/, ` id="${scope}-$1"`).replace(/ href="#(u-[^"]*)"/, ` href="#${scope}-$1"`),
  );
}
