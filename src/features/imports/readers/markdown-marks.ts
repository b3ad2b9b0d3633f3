/**
 * How Markdown marks stand in a body of text, told line by line: where its headings are, and how much there is that only
 * Markdown means. Every pattern here is linear in the length of a line.
 */

export interface Heading {
  level: number;
  /** Without marks, as people read it. */
  text: string;
  /** First and one past the last of its lines. */
  from: number;
  to: number;
}

const ATX = /^ {0,3}(#{1,6})[ \t]+(.*)$/;

/** The headings of a body (`# Title`, or a line underlined with `===` or `---`) outside closed code fences, in order. */
export function headings(lines: readonly string[]): Heading[] {
  const fenced = fencedLines(lines);
  const found: Heading[] = [];
  for (const [i, line] of lines.entries()) {
    if (fenced.has(i)) continue;
    const atx = ATX.exec(line);
    if (atx) {
      const text = plainHeading((atx[2] ?? '').replace(/(?:^|[ \t])#+[ \t]*$/, ''));
      if (text !== '') found.push({ level: (atx[1] ?? '').length, text, from: i, to: i + 1 });
      continue;
    }
    const under = /^ {0,3}(=+|-+)[ \t]*$/.exec(line)?.[1];
    const above = lines[i - 1] ?? '';
    if (under && isLoneParagraph(lines, i - 1, fenced) && found.at(-1)?.to !== i) {
      const text = plainHeading(above);
      if (text !== '') found.push({ level: under.startsWith('=') ? 1 : 2, text, from: i - 1, to: i + 1 });
    }
  }
  return found;
}

/** A single line of prose with nothing directly above it: only such a line is underlined to make a heading. */
function isLoneParagraph(lines: readonly string[], at: number, fenced: ReadonlySet<number>): boolean {
  const line = lines[at] ?? '';
  const before = (lines[at - 1] ?? '').trim();
  if (at < 0 || fenced.has(at) || !/^ {0,3}[^\s>]/.test(line) || /^ {0,3}(?:[-*+]|\d+[.)])[ \t]/.test(line))
    return false;
  return /[\p{L}\p{N}]/u.test(line) && (before === '' || ATX.test(lines[at - 1] ?? ''));
}

/** The lines inside code fences and the fences themselves. A fence that never closes is a scene break, not a fence. */
function fencedLines(lines: readonly string[]): Set<number> {
  const fenced = new Set<number>();
  let open: { at: number; mark: string } | null = null;
  for (const [i, line] of lines.entries()) {
    const mark = /^ {0,3}(`{3,}|~{3,})(.*)$/.exec(line);
    if (!mark) continue;
    const [, run = '', info = ''] = mark;
    if (!open) {
      if (!(run.startsWith('`') && info.includes('`'))) open = { at: i, mark: run };
    } else if (run.startsWith(open.mark) && info.trim() === '') {
      for (let at = open.at; at <= i; at++) fenced.add(at);
      open = null;
    }
  }
  return fenced;
}

/** A heading's text without emphasis, link targets and escapes: titles are plain text. */
export function plainHeading(marked: string): string {
  return marked
    .replace(/!?\[([^[\]]*)\]\([^()\s]*(?:\s+"[^"]*")?\)/g, '$1')
    .replace(/(\*\*\*|\*\*|\*|~~)(?=\S)([^*~]*[^*~\s])\1/g, '$2')
    .replace(/(^|[^\p{L}\p{N}])(__|_)(?=\S)([^_]*[^_\s])\2(?![\p{L}\p{N}])/gu, '$1$3')
    .replace(/`([^`]+)`/g, '$1')
    .replace(/\\([!-/:-@[-`{-~])/g, '$1')
    .replace(/\s+/g, ' ')
    .trim();
}

/** What only Markdown writes, and how much each is worth; two points are beyond doubt. Each kind counts up to three times. */
const MARKS: readonly (readonly [weight: number, pattern: RegExp])[] = [
  [1, /^ {0,3}#{1,6}[ \t]+[^\s#]/gm],
  [1, /\*\*[^\s*][^*\n]{0,400}\*\*/g],
  [1, /(?<![\p{L}\p{N}_])__[^\s_][^_\n]{0,400}__(?![\p{L}\p{N}_])/gu],
  [1, /\[[^[\]\n]{1,300}\]\((?:https?:|mailto:|[#./])[^()\s]{0,1000}\)/g],
  [1, /^ {0,3}\[[^[\]\n]{1,80}\]:[ \t]+\S/gm],
  [1, /^ {0,3}```/gm],
  // Tags typed by hand: Markdown means them, plain text would show them.
  [1, /<(?:p|div|br|hr|i|em|b|strong|u|s|span|center|blockquote|ruby|su[bp]|h[1-6]|[uo]l)(?:\s[^<>\n]{0,400})?\/?>/gi],
  [0.5, /(?<![\p{L}\p{N}*\\])\*(?![\s*])[^*\n]{0,600}(?<![\s*])\*(?![\p{L}\p{N}*])/gu],
  [0.5, /(?<![\p{L}\p{N}_\\])_(?![\s_])[^_\n]{0,600}(?<![\s_])_(?![\p{L}\p{N}_])/gu],
  [0.5, /^ {0,3}>[ \t]?\S/gm],
  [0.5, /\S(?:\\| {2})\n(?=\S)/g],
  [0.5, /^ {0,3}[*+][ \t]+[^\s*+].*\n(?:[ \t]*\n)?(?= {0,3}[*+][ \t]+[^\s*+])/gm],
  [0.5, /^ {0,3}\d{1,3}[.)][ \t]+\S.*\n(?= {0,3}\d{1,3}[.)][ \t]+\S)/gm],
  [0.5, /\\[*_#[\]>`]/g],
  [0.5, /^\S.*\n {0,3}={3,}[ \t]*$/gm],
  [0.5, /<(em|i|b|strong|sup|sub|ruby|br|u|s|small)\b[^<>\n]{0,200}>/gi],
];

/** How much of this text only Markdown would mean; 0 when it shows no mark at all. Looks at the first megabyte. */
export function markdownEvidence(text: string): number {
  const looked = text.slice(0, 1_000_000);
  let evidence = 0;
  for (const [weight, pattern] of MARKS) {
    let seen = 0;
    for (const _ of looked.matchAll(pattern)) if (++seen === 3) break;
    evidence += weight * seen;
  }
  return evidence;
}

/**
 * Text whose paragraphs are single lines without blank lines between them, or are indented by four spaces or a tab: read
 * as Markdown it would run together or turn into code.
 */
export function breaksAsMarkdown(text: string): boolean {
  const lines = text.slice(0, 200_000).split('\n');
  const filled = lines.filter((line) => line.trim() !== '');
  if (filled.length < 5) return false;
  const indented = filled.filter((line) => /^(?: {4}|\t)[^\s*+\-\d]/.test(line)).length;
  if (indented > filled.length * 0.3) return true;
  const runs = lines.filter((line, i) => line.trim() !== '' && (lines[i + 1] ?? '').trim() !== '');
  const ended = runs.filter((line) => /[.!?…”"’»」]\s*$/u.test(line) && !/(?: {2}|\\)$/.test(line));
  return runs.length > filled.length * 0.7 && ended.length > runs.length * 0.8;
}
