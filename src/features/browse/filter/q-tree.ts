/**
 * How the conditions of `q` hang together: words beside each other must all hold, `OR` binds looser than that, parentheses
 * group, `-` and `NOT` deny what follows. Parentheses that are not closed end with the text, stray ones are passed over.
 */
import { MOST_DEPTH, MOST_LEAVES } from './limits.ts';
import type { QToken } from './q-tokens.ts';
import type { FilterSort } from './sorts.ts';
import type { Expression, Leaf } from './work-filter.ts';

/** `start` and `end`: what it covers of the text, parentheses and minus included. */
export type QNode = { start: number; end: number } & (
  | { kind: 'leaf'; leaf: Leaf }
  | { kind: 'nothing' | 'in-text' }
  | { kind: 'sort'; sort: FilterSort }
  | { kind: 'not'; part: QNode }
  | { kind: 'all' | 'any'; parts: readonly QNode[] }
);

export interface QTree {
  root: QNode;
  sentences: readonly string[];
}

/** Linear in the tokens; never deeper than MOST_DEPTH. With sentences, the tree is not to be used. */
export function treeOf(tokens: readonly QToken[]): QTree {
  const sentences = new Set<string>();
  let at = 0;
  let leaves = 0;

  const giveUp = (sentence: string): QNode => {
    sentences.add(sentence);
    at = tokens.length;
    return { kind: 'nothing', start: 0, end: 0 };
  };
  const here = () => tokens[at]?.kind;

  function any(depth: number): QNode {
    const parts = [all(depth)];
    while (here() === 'or') {
      at += 1;
      parts.push(all(depth));
    }
    const only = parts.length === 1 ? parts[0] : undefined;
    if (only !== undefined) return only;
    if (parts.some(isMissing)) sentences.add('OR needs something on both sides.');
    return { kind: 'any', parts, ...spanOf(parts) };
  }

  function all(depth: number): QNode {
    const parts: QNode[] = [];
    for (let kind = here(); kind !== undefined && kind !== 'or' && kind !== 'close'; kind = here()) {
      if (kind === 'and') joinByAnd(parts.length);
      else parts.push(one(depth));
    }
    const only = parts.length === 1 ? parts[0] : undefined;
    return only ?? { kind: 'all', parts, ...spanOf(parts) };
  }

  function joinByAnd(before: number): void {
    at += 1;
    const after = here();
    const dangles = before === 0 || after === undefined || after === 'and' || after === 'or' || after === 'close';
    if (dangles) sentences.add('AND needs something on both sides.');
  }

  function one(depth: number): QNode {
    const start = tokens[at]?.start ?? 0;
    let denied = false;
    for (; here() === 'not'; at += 1) denied = !denied;
    const token = tokens[at];
    if (token === undefined || token.kind === 'or' || token.kind === 'and' || token.kind === 'close') {
      return giveUp('NOT and - need something after them.');
    }
    const part = primary(token, depth);
    return denied ? { kind: 'not', part, start, end: part.end } : part;
  }

  function primary(token: QToken, depth: number): QNode {
    if (token.kind === 'open') return group(token, depth);
    at += 1;
    if (token.kind === 'leaf') {
      leaves += 1;
      return leaves > MOST_LEAVES ? giveUp(`At most ${MOST_LEAVES} conditions can be asked at once.`) : token;
    }
    return token.kind === 'sort' || token.kind === 'in-text' ? token : { ...token, kind: 'nothing' };
  }

  function group(open: QToken, depth: number): QNode {
    if (depth >= MOST_DEPTH) return giveUp(`Parentheses can stand at most ${MOST_DEPTH} deep.`);
    at += 1;
    const inner = any(depth + 1);
    const close = tokens[at];
    if (close !== undefined) at += 1;
    return { ...inner, start: open.start, end: close?.end ?? inner.end };
  }

  const parts: QNode[] = [];
  // Each round of a stray parenthesis begins anew after it; what stands on its two sides must both hold.
  do {
    parts.push(any(0));
    at += 1;
  } while (at < tokens.length);
  const only = parts.length === 1 ? parts[0] : undefined;
  return {
    root: only ?? { kind: 'all', parts: parts.flatMap(partsOfAll), ...spanOf(parts) },
    sentences: [...sentences],
  };
}

/** The parts that must all hold: those of an `all`, or the node itself. */
export function partsOfAll(node: QNode): readonly QNode[] {
  return node.kind === 'all' ? node.parts : [node];
}

/** What a node says, not yet in normal form. What asks for nothing is an empty `all`. */
export function expressionOf(node: QNode): Expression {
  if (node.kind === 'leaf') return node.leaf;
  if (node.kind === 'not') return { not: expressionOf(node.part) };
  if (node.kind === 'any') return { any: node.parts.map(expressionOf) };
  return { all: node.kind === 'all' ? node.parts.map(expressionOf) : [] };
}

/** `()` and `a OR ` hold nothing where something was promised; `&` asks for nothing but is there. */
function isMissing(node: QNode): boolean {
  return node.kind === 'all' && node.parts.length === 0;
}

function spanOf(parts: readonly QNode[]): { start: number; end: number } {
  return { start: parts[0]?.start ?? 0, end: parts.at(-1)?.end ?? 0 };
}
