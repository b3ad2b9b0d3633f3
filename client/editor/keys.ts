/** The keys of the editor, and what is made of marks as they are typed. Tab is no key of it: it goes on to the next field. */
import { baseKeymap, chainCommands, exitCode, selectAll } from 'prosemirror-commands';
import { redo, undo } from 'prosemirror-history';
import { InputRule, inputRules, undoInputRule, wrappingInputRule } from 'prosemirror-inputrules';
import { keymap } from 'prosemirror-keymap';
import { splitListItem } from 'prosemirror-schema-list';
import { Selection, TextSelection, type Command, type Plugin } from 'prosemirror-state';
import {
  clearLooks,
  endListAtEmptyItem,
  indentItem,
  leaveList,
  leaveListAtStart,
  leaveQuoteAtEmptyLine,
  nodeType,
  toggleAlign,
  toggleBlock,
  toggleList,
  toggleLook,
  toggleQuote,
} from './commands.ts';

const breakLine: Command = chainCommands(exitCode, (state, dispatch) => {
  dispatch?.(state.tr.replaceSelectionWith(nodeType('br').create(), true).scrollIntoView());
  return true;
});

/** All of the text, from its first letter to its last: so the toolbar sees what it is. With a table at an end, all there is. */
const selectText: Command = (state, dispatch) => {
  const [start, end] = [Selection.atStart(state.doc), Selection.atEnd(state.doc)];
  const isText = [state.doc.firstChild, state.doc.lastChild].every(
    (node) =>
      node &&
      (node.isTextblock || node.type.name === 'ul' || node.type.name === 'ol' || node.type.name === 'blockquote'),
  );
  if (!isText) return selectAll(state, dispatch);
  dispatch?.(state.tr.setSelection(TextSelection.create(state.doc, start.from, end.to)));
  return true;
};

/** @param own what only the editor around can do: ask for a link, go to the toolbar. */
export function editorKeys(own: { link: Command; toToolbar: Command }): Plugin[] {
  return [
    inputRules({
      rules: [
        wrappingInputRule(/^\s*>\s$/, nodeType('blockquote')),
        listRule(/^-\s$/, 'ul'),
        listRule(/^1[.)]\s$/, 'ol'),
        sceneBreak,
      ],
    }),
    keymap({
      'Mod-b': toggleLook('bold'),
      'Mod-i': toggleLook('italic'),
      'Mod-u': toggleLook('underline'),
      'Mod-Shift-x': toggleLook('strike'),
      'Mod-.': toggleLook('sup'),
      'Mod-,': toggleLook('sub'),
      'Mod-e': toggleLook('code'),
      'Mod-k': own.link,
      'Mod-Alt-0': toggleBlock('p'),
      'Mod-Alt-1': toggleBlock('h1'),
      'Mod-Alt-2': toggleBlock('h2'),
      'Mod-Alt-3': toggleBlock('h3'),
      'Mod-Shift-7': toggleList('ol'),
      'Mod-Shift-8': toggleList('ul'),
      'Mod-Shift-9': toggleQuote,
      'Mod-Shift-e': toggleAlign('center'),
      'Mod-]': indentItem,
      'Mod-[': leaveList,
      'Mod-\\': clearLooks,
      'Mod-z': undo,
      'Mod-y': redo,
      'Shift-Mod-z': redo,
      'Mod-a': selectText,
      'Alt-F10': own.toToolbar,
      'Shift-Enter': breakLine,
      'Mod-Enter': breakLine,
      Enter: chainCommands(endListAtEmptyItem, leaveQuoteAtEmptyLine, splitListItem(nodeType('li'))),
      Backspace: chainCommands(undoInputRule, leaveListAtStart),
    }),
    keymap(baseKeymap),
  ];
}

/** A list begun by its first sign. */
function listRule(sign: RegExp, name: 'ul' | 'ol'): InputRule {
  return new InputRule(sign, (state, _match, start, end) => {
    const tr = state.tr.delete(start, end);
    const done = toggleList(name)(state.apply(tr), (made) => {
      for (const step of made.steps) tr.step(step);
    });
    return done ? tr : null;
  });
}

/** `***` or `* * *` alone in a paragraph. */
const sceneBreak = new InputRule(/^(?:\*\*\*|\* \* \*|---)$/, (state, _match, start, end) => {
  const $start = state.doc.resolve(start);
  const { parent } = $start;
  if ($start.depth !== 1 || parent.type.name !== 'p' || parent.content.size > end - start) return null;
  const { tr } = state;
  const before = $start.before();
  tr.delete(start, end).insert(before, nodeType('hr').create());
  return tr.setSelection(TextSelection.near(tr.doc.resolve(before + 2)));
});
