/**
 * What authors wrote in the HTML of other years, said in today's: pages stay valid, and look as meant. The stored text
 * keeps the author's own markup. Takes only HTML that `clean` made.
 */

/** A tag as `clean` writes it: attributes in double quotes, `<` never bare in text. */
const TAG = /<(\/?)([a-z][a-z0-9]*)((?: [a-z-]+(?:="[^"]*")?)*)>/g;

/** Elements that are gone from HTML, what stands for them, and the class that keeps their look. */
const GONE: Readonly<Record<string, readonly [name: string, look?: string]>> = {
  acronym: ['abbr'],
  big: ['span', 'big'],
  center: ['div', 'align-center'],
  strike: ['s'],
  tt: ['code'],
};

/** Attributes that said how a thing should look; `align` becomes a class, sizes are the page's to choose. */
const ALIGN = / align="([a-z]+)"/;
const SIZES = / (?:width|height)="[^"]*"/g;
const LIST_TYPE = / type="[^"]*"/;

/** @returns the same text in elements and attributes that HTML has today. */
export function modernHtml(html: string): string {
  return html.replace(TAG, (tag, slash: string, name: string, attributes: string) => {
    const [modern, look] = GONE[name] ?? [name];
    if (slash !== '') return `</${modern}>`;
    if (attributes === '' && look === undefined) return modern === name ? tag : `<${modern}>`;
    const alignment = ALIGN.exec(attributes)?.[1];
    const kept = attributes
      .replace(ALIGN, '')
      .replace(SIZES, '')
      .replace(name === 'ul' ? LIST_TYPE : '', '');
    return `<${modern}${withClasses(kept, [look, alignment && `align-${alignment}`])}>`;
  });
}

function withClasses(attributes: string, classes: readonly (string | undefined)[]): string {
  const added = classes.filter((one) => one !== undefined && one !== '').join(' ');
  if (added === '') return attributes;
  return / class="/.test(attributes)
    ? attributes.replace(/ class="([^"]*)"/, (_whole, given: string) => ` class="${given} ${added}"`)
    : `${attributes} class="${added}"`;
}
