/**
 * An author's style sheet: whatever comes in, what goes out styles one box and what is in it, asks no host for anything,
 * and is printed from what was understood. Or nothing goes out, and each thing that cannot stay is named with its line.
 *
 *     source ─ tokens.ts ─ css-tree ─ selectors.ts, declarations.ts, at-rules.ts ─ sheet ─ tokens of the sheet, once more
 *
 * The box has to contain what is painted in it (`contain: paint style; isolation: isolate`) and to stand around the element
 * that `box` names; nothing printed here has that outer element for a subject.
 */
import { tokenize, tokenTypes, type Atrule, type Block, type CssNode, type Rule } from 'css-tree';
import { condition, movementName, steps } from './at-rules.ts';
import { declaration } from './declarations.ts';
import { grammar } from './grammar.ts';
import { MOST_REFUSALS, refusedTokens } from './tokens.ts';
import { orRefusal, quoted, Refused, type CssRefusal } from './refusals.ts';
import { scopedSelectors } from './selectors.ts';

/** Characters that a printed sheet may have: the box is named again in each selector. */
const LONGEST_PRINTED = 2_000_000;
const DEEPEST_AT_RULE = 4;
/** Those who asked their browser for stillness see no movement. */
const STILLNESS = '@media (prefers-reduced-motion:no-preference)';

export type CheckedSheet = { ok: true; css: string } | { ok: false; refusals: CssRefusal[] };

/**
 * @param box a selector of the one element that the sheet may style, with what is in it.
 * @param layer the cascade layer that all of it is put into.
 */
export function checkSheet(source: string, { box, layer }: { box: string; layer: string }): CheckedSheet {
  const text = source.replace(/\r\n?|\f/g, '\n');
  if (text.includes('\0')) return refusedWith([{ line: 1, sentence: 'A character in this text cannot be read.' }]);
  const refusals = refusedTokens(text);
  // What is left open or loads something would be said again, in other words, of what stands around it.
  if (refusals.length > 0) return refusedWith(refusals);
  const sheet = grammar.parse(text, {
    positions: true,
    parseCustomProperty: false,
    onParseError: (error, fallback: CssNode | null) => {
      // Without a node in its place the parser only tried one way of reading, and found another.
      if (fallback !== null) refusals.push({ line: error.line, sentence: 'This cannot be read as CSS.' });
    },
  });
  const rules = sheet.type === 'StyleSheet' ? printedRules(sheet.children, { box, refusals, depth: 0 }) : '';
  if (refusals.length > 0) return refusedWith(refusals);
  const css = rules === '' ? '' : `@layer ${layer}{${rules}}`;
  if (css.length > LONGEST_PRINTED)
    return refusedWith([{ line: 1, sentence: 'This has too many selectors. Join rules, or leave some out.' }]);
  if (!isSound(css)) return refusedWith([{ line: 1, sentence: 'This could not be printed safely.' }]);
  return { ok: true, css };
}

/** In the order of the lines, one sentence for each line. */
function refusedWith(refusals: CssRefusal[]): CheckedSheet {
  const lines = new Map<string, CssRefusal>();
  for (const one of refusals) lines.set(`${one.line} ${one.sentence}`, one);
  return { ok: false, refusals: [...lines.values()].sort((a, b) => a.line - b.line).slice(0, MOST_REFUSALS) };
}

interface Around {
  box: string;
  refusals: CssRefusal[];
  /** At-rules around this. */
  depth: number;
}

function printedRules(children: Iterable<CssNode>, around: Around): string {
  let text = '';
  for (const child of children) text += orRefusal(around.refusals, child, () => printedRule(child, around));
  return text;
}

function printedRule(node: CssNode, around: Around): string {
  if (node.type === 'Rule') return styleRule(node, around);
  if (node.type === 'Atrule') return atRule(node, around);
  if (node.type === 'Comment' || node.type === 'WhiteSpace') return '';
  throw new Refused('This cannot be read as CSS.', node);
}

function styleRule(rule: Rule, { box, refusals }: Around): string {
  if (rule.prelude.type !== 'SelectorList') throw new Refused('This selector cannot be read.', rule);
  const { prelude } = rule;
  const selectors = orRefusal(refusals, prelude, () => scopedSelectors(prelude, box));
  const { still, moving } = declarations(rule.block, refusals);
  return (
    (still === '' ? '' : `${selectors}{${still}}`) + (moving === '' ? '' : `${STILLNESS}{${selectors}{${moving}}}`)
  );
}

function declarations(block: Block, refusals: CssRefusal[]): { still: string; moving: string } {
  const [still, moving]: [string[], string[]] = [[], []];
  for (const node of block.children) {
    orRefusal(refusals, node, () => {
      if (node.type === 'Comment' || node.type === 'WhiteSpace') return '';
      if (node.type !== 'Declaration')
        throw new Refused('In a rule stand properties with their values; other rules come after it.', node);
      const said = declaration(node);
      if (said !== null) (said.moving ? moving : still).push(said.text);
      return '';
    });
  }
  return { still: still.join(';'), moving: moving.join(';') };
}

function atRule(rule: Atrule, around: Around): string {
  const name = rule.name.toLowerCase();
  const { block } = rule;
  if (name === 'media' || name === 'supports') {
    if (block === null) throw new Refused(`@${name} needs rules in curly brackets.`, rule);
    if (around.depth >= DEEPEST_AT_RULE) throw new Refused('At-rules stand too deep in each other.', rule);
    const asked = orRefusal(around.refusals, rule, () => condition(rule));
    const rules = printedRules(block.children, { ...around, depth: around.depth + 1 });
    return rules === '' ? '' : `@${name} ${asked}{${rules}}`;
  }
  if (name === 'keyframes' || /^-[a-z]+-keyframes$/.test(name)) {
    if (block === null) throw new Refused('@keyframes needs steps in curly brackets.', rule);
    const named = movementName(rule);
    const inside = keyframes(block, around.refusals);
    return name === 'keyframes' ? `@keyframes ${named}{${inside}}` : '';
  }
  throw new Refused(`${quoted(`@${rule.name}`)} is not taken. @media, @supports and @keyframes are.`, rule);
}

function keyframes(block: Block, refusals: CssRefusal[]): string {
  let text = '';
  for (const step of block.children) {
    text += orRefusal(refusals, step, () => {
      if (step.type !== 'Rule') throw new Refused('These keyframes cannot be read.', step);
      const { still, moving } = declarations(step.block, refusals);
      return `${steps(step.prelude)}{${[still, moving].filter((part) => part !== '').join(';')}}`;
    });
  }
  return text;
}

const SOUND_AT_RULES = new Set(['@layer', '@media', '@supports', '@keyframes']);

/** The last lock: the printed sheet, read as a browser reads it, holds nothing that loads, and ends where it should. */
function isSound(css: string): boolean {
  let sound = true;
  let depth = 0;
  tokenize(css, (type, start, end) => {
    if (type === tokenTypes.LeftCurlyBracket) depth += 1;
    if (type === tokenTypes.RightCurlyBracket) depth -= 1;
    // All of it stands in one layer.
    if (depth === 0 && end < css.length && start > 0 && type === tokenTypes.RightCurlyBracket) sound = false;
    if (UNSOUND.has(type)) sound = false;
    if (type === tokenTypes.AtKeyword && !SOUND_AT_RULES.has(css.slice(start, end))) sound = false;
  });
  return sound && depth === 0 && refusedTokens(css).length === 0;
}

const UNSOUND = new Set<number>([
  tokenTypes.Url,
  tokenTypes.BadUrl,
  tokenTypes.BadString,
  tokenTypes.CDO,
  tokenTypes.CDC,
  tokenTypes.Comment,
]);
