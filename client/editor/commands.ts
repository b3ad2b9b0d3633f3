/** What the toolbar and the keys do to a text. Each is a ProseMirror command: asked without `dispatch` it says whether it can. */
import { lift, setBlockType, toggleMark, wrapIn } from 'prosemirror-commands';
import { Fragment, type MarkType, type Node, type NodeType } from 'prosemirror-model';
import { liftListItem, sinkListItem, wrapInList } from 'prosemirror-schema-list';
import { TextSelection, type Command, type EditorState, type Transaction } from 'prosemirror-state';
import { schema, attributesOf, withAttribute } from './schema.ts';

/** A type of the schema. @throws for a name that the allow-list does not have. */
export function nodeType(name: string): NodeType {
  const type = schema.nodes[name];
  if (type === undefined) throw new Error(`There is no <${name}>.`);
  return type;
}

/** A type of the schema. @throws for a name that the allow-list does not have. */
export function markType(name: string): MarkType {
  const type = schema.marks[name];
  if (type === undefined) throw new Error(`There is no <${name}>.`);
  return type;
}

const LINE = nodeType('line');
const P = nodeType('p');
const LI = nodeType('li');

/** Looks, each with the elements that have it; the first is the one that is made. */
export const LOOKS = {
  bold: ['strong', 'b'],
  italic: ['em', 'i'],
  underline: ['u', 'ins'],
  strike: ['s', 'strike', 'del'],
  sup: ['sup'],
  sub: ['sub'],
  code: ['code', 'tt', 'kbd', 'samp'],
} as const;
export type Look = keyof typeof LOOKS;

/** Whether the selection, or what would be typed now, has a look. */
export function hasLook(state: EditorState, look: Look): boolean {
  const { empty, $from, ranges } = state.selection;
  return LOOKS[look]
    .map(markType)
    .some((type) =>
      empty
        ? type.isInSet(state.storedMarks ?? $from.marks()) !== undefined
        : ranges.some((range) => state.doc.rangeHasMark(range.$from.pos, range.$to.pos, type)),
    );
}

export function toggleLook(look: Look): Command {
  return (state, dispatch) => {
    const [first] = LOOKS[look];
    if (!hasLook(state, look)) return toggleMark(markType(first))(state, dispatch);
    const { tr } = state;
    for (const type of LOOKS[look].map(markType)) {
      if (state.selection.empty) tr.removeStoredMark(type);
      for (const { $from, $to } of state.selection.ranges) tr.removeMark($from.pos, $to.pos, type);
    }
    dispatch?.(tr.scrollIntoView());
    return true;
  };
}

/** Makes blocks of this kind of those that are selected; of those that are so already, paragraphs. */
export function toggleBlock(name: string): Command {
  return (state, dispatch) => setBlockType(isIn(state, name) ? P : nodeType(name))(state, dispatch);
}

/** Whether the selection stands in such a block. */
export function isIn(state: EditorState, name: string): boolean {
  const { $from } = state.selection;
  for (let depth = $from.depth; depth > 0; depth -= 1) if ($from.node(depth).type.name === name) return true;
  return false;
}

export const toggleQuote: Command = (state, dispatch) =>
  isIn(state, 'blockquote')
    ? inTurn(state, dispatch, bareToParagraphs, lift)
    : wrapIn(nodeType('blockquote'))(state, dispatch);

/** Does several commands as one. @returns whether the last one could be done. */
function inTurn(
  state: EditorState,
  dispatch: ((tr: Transaction) => void) | undefined,
  ...commands: Command[]
): boolean {
  const { tr } = state;
  let current = state;
  let done = false;
  for (const command of commands) {
    done = command(current, (step) => {
      for (const one of step.steps) tr.step(one);
      tr.setSelection(step.selection.map(tr.doc, tr.mapping.slice(tr.steps.length)));
      current = current.apply(step);
    });
  }
  if (done) dispatch?.(tr.scrollIntoView());
  return done;
}

/** Bare text in list items and quotations cannot stand outside of them: it becomes paragraphs first. */
const bareToParagraphs: Command = (state, dispatch) => retype(state, dispatch, LINE, P);
const paragraphsToBare: Command = (state, dispatch) => retype(state, dispatch, P, LINE);

function retype(
  state: EditorState,
  dispatch: ((tr: Transaction) => void) | undefined,
  from: NodeType,
  to: NodeType,
): boolean {
  const { tr } = state;
  state.doc.nodesBetween(state.selection.from, state.selection.to, (node, pos, parent) => {
    const only = parent?.type === LI || from === LINE;
    if (node.type === from && only && attributesOf(node.attrs).length === 0) tr.setNodeMarkup(pos, to, {});
  });
  dispatch?.(tr);
  return true;
}

/** Makes a list of what is selected, changes a list of the other kind, or ends one of this kind. */
export function toggleList(name: 'ul' | 'ol'): Command {
  return (state, dispatch) => {
    const { $from } = state.selection;
    for (let depth = $from.depth; depth > 0; depth -= 1) {
      const list = $from.node(depth);
      if (list.type.name === name) return leaveList(state, dispatch);
      if (list.type.name === 'ul' || list.type.name === 'ol') {
        dispatch?.(state.tr.setNodeMarkup($from.before(depth), nodeType(name), {}));
        return true;
      }
    }
    if (!wrapInList(nodeType(name))(state)) return false;
    return inTurn(state, dispatch, wrapInList(nodeType(name)), paragraphsToBare);
  };
}

/** Takes items one level out; from the outermost list, back among the paragraphs. */
export const leaveList: Command = (state, dispatch) =>
  isIn(state, 'li') && inTurn(state, dispatch, bareToParagraphs, liftListItem(LI));

export const indentItem: Command = sinkListItem(LI);

/** Return in an empty item ends the list. */
export const endListAtEmptyItem: Command = (state, dispatch) => {
  const { $from, empty } = state.selection;
  const item = $from.node(-1);
  if (!empty || $from.parent.content.size > 0 || item?.type !== LI || item.childCount > 1) return false;
  return leaveList(state, dispatch);
};

/** Backspace at the beginning of an item takes it out of its list. */
export const leaveListAtStart: Command = (state, dispatch) => {
  const { $from, empty } = state.selection;
  if (!empty || $from.parentOffset > 0 || $from.node(-1)?.type !== LI || $from.index(-1) > 0) return false;
  return leaveList(state, dispatch);
};

/** An empty line ends what it stands in, where that is a quotation. */
export const leaveQuoteAtEmptyLine: Command = (state, dispatch) => {
  const { $from, empty } = state.selection;
  if (!empty || $from.parent.content.size > 0 || $from.node(-1)?.type.name !== 'blockquote') return false;
  if ($from.indexAfter(-1) < $from.node(-1).childCount) return false;
  return inTurn(state, dispatch, bareToParagraphs, lift);
};

const hasAlign = (node: Node) => node.type === P || /^h[1-6]$/.test(node.type.name);

/** Whether the selection begins in a block that is aligned so. */
export function isAligned(state: EditorState, value: string): boolean {
  return attributesOf(state.selection.$from.parent.attrs).some(([name, own]) => name === 'align' && own === value);
}

export function toggleAlign(value: string): Command {
  return (state, dispatch) => {
    const { tr } = state;
    const wanted = isAligned(state, value) ? '' : value;
    let found = false;
    state.doc.nodesBetween(state.selection.from, state.selection.to, (node, pos) => {
      if (!hasAlign(node)) return;
      found = true;
      tr.setNodeAttribute(pos, 'attributes', withAttribute(attributesOf(node.attrs), 'align', wanted));
    });
    if (found) dispatch?.(tr);
    return found;
  };
}

/** A rule between two scenes, with a paragraph behind it to go on in. */
export const insertSceneBreak: Command = (state, dispatch) => {
  const { $from, $to } = state.selection;
  const { tr } = state;
  const after = $to.depth === 0 ? $to.pos : $to.after(1);
  const paragraph = $from.parent.type === P && $from.parent.content.size === 0 && $from.depth === 1;
  if (paragraph) tr.insert($from.before(1), nodeType('hr').create());
  else {
    const next = state.doc.nodeAt(after);
    tr.insert(after, [nodeType('hr').create(), ...(next?.isTextblock ? [] : [P.create()])]);
    tr.setSelection(TextSelection.near(tr.doc.resolve(after + 1)));
  }
  dispatch?.(tr.scrollIntoView());
  return true;
};

/** What is selected, to be opened by a reader: behind a line that says what it is. */
export const wrapInDetails: Command = (state, dispatch) => {
  const range = state.selection.$from.blockRange(state.selection.$to);
  if (!range) return false;
  const inside = range.parent.content.cut(
    range.start - range.$from.start(range.depth),
    range.end - range.$from.start(range.depth),
  );
  const blocks: Node[] = [];
  inside.forEach((node) => void blocks.push(node.type === LINE ? P.create(null, node.content) : node));
  const content = Fragment.from([nodeType('summary').create(null, schema.text('Spoiler')), ...blocks]);
  const details = nodeType('details');
  if (!details.validContent(content) || !range.parent.canReplaceWith(range.startIndex, range.endIndex, details))
    return false;
  if (dispatch) {
    const tr = state.tr.replaceWith(range.start, range.end, details.create(null, content));
    tr.setSelection(TextSelection.create(tr.doc, range.start + 2, range.start + 9));
    dispatch(tr.scrollIntoView());
  }
  return true;
};

/** The address of the link in which the selection begins, or null. */
export function linkAt(state: EditorState): string | null {
  const { $from, from, to, empty } = state.selection;
  let found: string | null = null;
  const look = (node: Node) => {
    const mark = markType('a').isInSet(node.marks);
    found ??= mark ? (attributesOf(mark.attrs).find(([name]) => name === 'href')?.[1] ?? null) : null;
  };
  if (empty) {
    if ($from.nodeBefore) look($from.nodeBefore);
    if ($from.nodeAfter) look($from.nodeAfter);
  } else state.doc.nodesBetween(from, to, look);
  return found;
}

/** Where the link around the cursor begins and ends; the selection where there is one. */
function linkRange(state: EditorState): { from: number; to: number } {
  const { $from, from, to, empty } = state.selection;
  const type = markType('a');
  if (!empty) return { from, to };
  const start = $from.start();
  let range = { from, to };
  const spans: { from: number; to: number; linked: boolean }[] = [];
  $from.parent.forEach((node, offset) => {
    spans.push({
      from: start + offset,
      to: start + offset + node.nodeSize,
      linked: type.isInSet(node.marks) !== undefined,
    });
  });
  for (const span of spans) {
    if (!span.linked) continue;
    if (span.to === range.from || (span.from <= from && span.to >= from))
      range = { from: Math.min(span.from, range.from), to: Math.max(span.to, range.to) };
    else if (span.from === range.to) range = { ...range, to: span.to };
  }
  return range;
}

/** Links what is selected, or the link around the cursor anew; '' takes the link away; without either, the address itself is put in. */
export function setLink(href: string): Command {
  return (state, dispatch) => {
    const { from, to } = linkRange(state);
    const type = markType('a');
    const { tr } = state;
    tr.removeMark(from, to, type);
    const mark = type.create({ attributes: [['href', href]] });
    if (href !== '' && from === to) tr.insert(from, schema.text(href, [mark]));
    else if (href !== '') tr.addMark(from, to, mark);
    dispatch?.(tr.removeStoredMark(type).scrollIntoView());
    return true;
  };
}

/** Takes away what makes the selection look otherwise than a plain paragraph; lists and quotations stay. */
export const clearLooks: Command = (state, dispatch) => {
  const { tr } = state;
  const { from, to, empty, $from } = state.selection;
  const range = empty ? { from: $from.start(), to: $from.end() } : { from, to };
  tr.removeMark(range.from, range.to);
  tr.doc.nodesBetween(range.from, range.to, (node, pos, parent) => {
    const index = tr.doc.resolve(pos).index();
    if (!hasAlign(node) && node.type.name !== 'pre') return;
    if (parent?.canReplaceWith(index, index + 1, P)) tr.setNodeMarkup(pos, P, {});
  });
  dispatch?.(tr.setStoredMarks([]));
  return true;
};
