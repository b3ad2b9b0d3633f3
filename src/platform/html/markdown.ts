/**
 * Markdown (CommonMark with tables and strikethrough) to HTML that still has to be cleaned.
 *
 * One difference: raw HTML is markup only where its element means something here. Anything else in angle brackets
 * (`<angry>`, `<3`, `<name@example.org>`) stays visible text, so that nothing an author typed is lost. Nothing typed is
 * changed either: no curled quotes, no joined dots, no links made of bare addresses.
 */
import MarkdownIt from 'markdown-it';
import { meansMarkup } from './allow-list.ts';
import { escapeHtml } from './text.ts';

const parser = new MarkdownIt({ html: true, linkify: false, typographer: false, breaks: false });

/** The name of the tag at `at`, if one stands there. */
const TAG_NAME = /<\/?([a-z][a-z0-9]*)(?=[\s/>])/iy;
const ADDRESS = /<(https?:\/\/[^\s<>]+)>/iy;

function meansMarkupAt(source: string, at: number): boolean {
  if (source.startsWith('<!--', at)) return true;
  TAG_NAME.lastIndex = at;
  const name = TAG_NAME.exec(source)?.[1];
  return name !== undefined && meansMarkup(name.toLowerCase());
}

/** Escapes every `<` in raw HTML that begins nothing known. */
function showUnknownTags(html: string): string {
  return html.replace(/</g, (bracket, at: number) => (meansMarkupAt(html, at) ? bracket : '&lt;'));
}

/** The rule that this name switches, found by switching it off: the ruler tells its rules without their names. */
function ruleNamed<Rule>(
  ruler: { getRules(chain: string): Rule[]; disable(name: string): unknown; enable(name: string): unknown },
  name: string,
): Rule {
  const all = [...ruler.getRules('')];
  ruler.disable(name);
  const rest = new Set(ruler.getRules(''));
  ruler.enable(name);
  const found = all.find((rule) => !rest.has(rule));
  if (found === undefined) throw new Error(`markdown-it has no rule ${name}`);
  return found;
}

const htmlBlock = ruleNamed(parser.block.ruler, 'html_block');
parser.block.ruler.at(
  'html_block',
  (state, startLine, endLine, silent) => {
    const at = (state.bMarks[startLine] ?? 0) + (state.tShift[startLine] ?? 0);
    return meansMarkupAt(state.src, at) && htmlBlock(state, startLine, endLine, silent);
  },
  { alt: ['paragraph', 'reference', 'blockquote'] },
);

const htmlInline = ruleNamed(parser.inline.ruler, 'html_inline');
parser.inline.ruler.at(
  'html_inline',
  (state, silent) => meansMarkupAt(state.src, state.pos) && htmlInline(state, silent),
);

parser.inline.ruler.at('autolink', (state, silent) => {
  ADDRESS.lastIndex = state.pos;
  const found = state.src[state.pos] === '<' ? ADDRESS.exec(state.src) : null;
  const address = found?.[1];
  if (found === null || address === undefined) return false;
  const link = state.md.normalizeLink(address);
  if (!state.md.validateLink(link)) return false;
  if (!silent) {
    state.push('link_open', 'a', 1).attrs = [['href', link]];
    state.push('text', '', 0).content = address;
    state.push('link_close', 'a', -1);
  }
  state.pos += found[0].length;
  return true;
});

parser.renderer.rules['html_block'] = (tokens, index) => showUnknownTags(tokens[index]?.content ?? '');
parser.renderer.rules['html_inline'] = (tokens, index) => showUnknownTags(tokens[index]?.content ?? '');

/** A column's alignment as an attribute: styles do not outlive cleaning. */
for (const cell of ['th_open', 'td_open']) {
  parser.renderer.rules[cell] = (tokens, index, options, _env, renderer) => {
    const token = tokens[index];
    const alignment = /^text-align:(left|center|right)$/.exec(String(token?.attrGet('style') ?? ''))?.[1];
    if (token && alignment) token.attrs = [['align', alignment]];
    return renderer.renderToken(tokens, index, options);
  };
}

/**
 * Takes Markdown; returns HTML for the cleaner. Should the Markdown parser give up (its own limits are on nesting, not
 * on every odd text), the source comes back as it was typed, in one `pre`.
 */
export function markdownToHtml(source: string): string {
  try {
    return parser.render(source);
  } catch (error) {
    if (error instanceof RangeError) return `<pre>\n${escapeHtml(source)}</pre>`;
    throw error;
  }
}
