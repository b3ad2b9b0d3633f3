/**
 * Plain text to HTML: paragraphs at blank lines, verse by line, hard-wrapped prose joined again, scene breaks as rules.
 * `*stars*` and `_underscores_` stay as they were typed.
 */
import { escapeHtml } from './text.ts';

/** A line that only parts two scenes: stars, dashes, tildes and the like, or a row of x. */
const SCENE_BREAK = /^(?:[-*~=_+#•·◊◇◆○●☆★⁂⁎✦✧❖❦—–─][-*~=_+#•·◊◇◆○●☆★⁂⁎✦✧❖❦—–─ \t]*|[xXoO](?:[ \t]*[xXoO]){2,})$/u;
const LONGEST_SCENE_BREAK = 100;

/** Lines of prose that a mail program or typewriter broke are about so long. */
const WRAPPED_FROM = 50;
const WRAPPED_TO = 90;
/** What a line that ends a sentence ends with. */
const SENTENCE_END = /[.!?…:;"'”’»)\]*_]$/;
/** So many lines without one blank line are paragraphs each. */
const MANY_LINES = 3;

/** Takes plain text; returns HTML for the cleaner: every character of it, escaped. */
export function plainTextToHtml(source: string): string {
  const lines = source.split('\n').map((line) => line.trim());
  const groups = inGroups(lines);
  const [only] = groups;
  if (groups.length === 1 && only !== undefined && only.length >= MANY_LINES && !isWrapped(only)) {
    return only.map((line) => (isSceneBreak(line) ? '<hr>' : `<p>${escapeHtml(line)}</p>`)).join('\n');
  }
  return groups.flatMap(groupToHtml).join('\n');
}

/** True for a line that only parts two scenes. */
export function isSceneBreak(line: string): boolean {
  return line.length <= LONGEST_SCENE_BREAK && SCENE_BREAK.test(line);
}

function inGroups(lines: readonly string[]): string[][] {
  const groups: string[][] = [];
  let group: string[] = [];
  for (const line of [...lines, '']) {
    if (line !== '') group.push(line);
    else if (group.length > 0) {
      groups.push(group);
      group = [];
    }
  }
  return groups;
}

/** One paragraph, parted where a scene break stands in it. */
function groupToHtml(group: readonly string[]): string[] {
  const result: string[] = [];
  let lines: string[] = [];
  const flush = (): void => {
    if (lines.length > 0) result.push(`<p>${lines.map(escapeHtml).join(isWrapped(lines) ? ' ' : '<br>')}</p>`);
    lines = [];
  };
  for (const line of group) {
    if (isSceneBreak(line)) {
      flush();
      result.push('<hr>');
    } else lines.push(line);
  }
  flush();
  return result;
}

/** True when the lines were broken by a machine: all but the last about as long, most of them in mid-sentence. */
function isWrapped(lines: readonly string[]): boolean {
  const broken = lines.slice(0, -1);
  if (broken.length === 0) return false;
  const long = broken.filter((line) => line.length >= WRAPPED_FROM && line.length <= WRAPPED_TO).length;
  const within = broken.filter((line) => !SENTENCE_END.test(line)).length;
  return long >= broken.length * 0.8 && within >= broken.length * 0.5;
}
