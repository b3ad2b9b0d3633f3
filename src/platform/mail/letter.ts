/**
 * A letter, written once, as text and as HTML. Plain on purpose: no picture, no style sheet, nothing that is fetched and
 * nothing that says whether it was opened. Pure.
 */

/** A paragraph; an address to open, on a line of its own; or a code to type. */
export type LetterPart = string | { link: string } | { code: string };

export interface Letter {
  /** Stands in lists that others may look at over a shoulder: it names no work, no pseud and no archive. */
  subject: string;
  parts: readonly LetterPart[];
  /** Where such letters are turned off: by a page for people, and by a POST of mail programs (RFC 8058). */
  turnOff?: string;
}

export interface WrittenLetter {
  subject: string;
  text: string;
  html: string;
}

/** Writes a letter as it is sent. What comes from people stays on its line, and is text and nothing else. */
export function writeLetter({ subject, parts }: Letter): WrittenLetter {
  const title = onOneLine(subject);
  return {
    subject: title,
    text: `${parts.map((part) => onOneLine(wordsOf(part))).join('\n\n')}\n`,
    html: [
      '<!doctype html>',
      '<html lang="en">',
      `<head><meta charset="utf-8"><meta name="color-scheme" content="light dark"><title>${escaped(title)}</title></head>`,
      '<body>',
      ...parts.map(asHtml),
      '</body>',
      '</html>',
      '',
    ].join('\n'),
  };
}

function wordsOf(part: LetterPart): string {
  if (typeof part === 'string') return part;
  return 'link' in part ? part.link : part.code;
}

function asHtml(part: LetterPart): string {
  const words = escaped(onOneLine(wordsOf(part)));
  if (typeof part === 'string') return `<p>${words}</p>`;
  return 'link' in part ? `<p><a href="${words}">${words}</a></p>` : `<p><code>${words}</code></p>`;
}

/** Without line breaks and other control characters, which would begin a header or a line that nobody has written. */
function onOneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
