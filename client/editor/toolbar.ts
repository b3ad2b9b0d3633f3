/**
 * The toolbar: one stop of the Tab key, arrows within it, Escape back to the text. What a button does also has keys, which
 * its title names.
 */
import { redo, undo } from 'prosemirror-history';
import type { Command, EditorState } from 'prosemirror-state';
import type { EditorView } from 'prosemirror-view';
import {
  clearLooks,
  hasLook,
  insertSceneBreak,
  isAligned,
  isIn,
  linkAt,
  toggleAlign,
  toggleBlock,
  toggleList,
  toggleLook,
  toggleQuote,
  wrapInDetails,
  type Look,
} from './commands.ts';

interface Tool {
  /** Said in full. */
  name: string;
  /** What stands on the button, where the name is too long. */
  sign?: string;
  /** How the sign looks: as what it makes. */
  look?: string;
  keys?: string;
  command: Command;
  /** Whether it is so already; absent for what is done and over. */
  pressed?: (state: EditorState) => boolean;
}

const look = (name: string, sign: string, which: Look, keys: string): Tool => ({
  name,
  sign,
  look: which,
  keys,
  command: toggleLook(which),
  pressed: (state) => hasLook(state, which),
});
const block = (name: string, sign: string, element: string, keys?: string): Tool => ({
  name,
  sign,
  ...(keys === undefined ? {} : { keys }),
  command: toggleBlock(element),
  pressed: (state) => isIn(state, element),
});

/** Groups of tools; `short`: for summaries and notes. @param link asks for an address. */
function toolsFor(short: boolean, link: Command): Tool[][] {
  const words = [
    look('Bold', 'B', 'bold', 'Ctrl+B'),
    look('Italic', 'I', 'italic', 'Ctrl+I'),
    look('Underline', 'U', 'underline', 'Ctrl+U'),
    look('Strikethrough', 'S', 'strike', 'Ctrl+Shift+X'),
  ];
  const tie: Tool = { name: 'Link', keys: 'Ctrl+K', command: link, pressed: (state) => linkAt(state) !== null };
  const lists: Tool[] = [
    { name: 'Bulleted list', keys: 'Ctrl+Shift+8', command: toggleList('ul'), pressed: (state) => isIn(state, 'ul') },
    { name: 'Numbered list', keys: 'Ctrl+Shift+7', command: toggleList('ol'), pressed: (state) => isIn(state, 'ol') },
    { name: 'Quote', keys: 'Ctrl+Shift+9', command: toggleQuote, pressed: (state) => isIn(state, 'blockquote') },
  ];
  const steps: Tool[] = [
    { name: 'Undo', keys: 'Ctrl+Z', command: undo },
    { name: 'Redo', keys: 'Ctrl+Y', command: redo },
  ];
  if (short) return [words, [tie], lists, steps];
  return [
    words,
    [
      block('H1 heading', 'H1', 'h1', 'Ctrl+Alt+1'),
      block('H2 heading', 'H2', 'h2', 'Ctrl+Alt+2'),
      block('H3 heading', 'H3', 'h3', 'Ctrl+Alt+3'),
    ],
    [
      {
        name: 'Centred',
        keys: 'Ctrl+Shift+E',
        command: toggleAlign('center'),
        pressed: (state) => isAligned(state, 'center'),
      },
      { name: 'Scene break', command: insertSceneBreak },
      { name: 'Spoiler to open', sign: 'Spoiler', command: wrapInDetails },
    ],
    lists,
    [
      tie,
      look('Sup, superscript', 'Sup', 'sup', 'Ctrl+.'),
      look('Sub, subscript', 'Sub', 'sub', 'Ctrl+,'),
      look('Code', 'Code', 'code', 'Ctrl+E'),
      { name: 'Plain again', keys: 'Ctrl+\\', command: clearLooks },
    ],
    steps,
  ];
}

export interface Toolbar {
  element: HTMLElement;
  /** Shows what the selection is. */
  update(state: EditorState): void;
  focus(): void;
}

const isMac = /Mac|iP(?:hone|ad|od)/.test(navigator.platform);

/** @param of what the toolbar is for, as a label of it says. `controls`: the id of the text. */
export function makeToolbar(options: {
  of: string;
  controls: string;
  short: boolean;
  link: Command;
  view: () => EditorView | null;
}): Toolbar {
  const element = document.createElement('div');
  element.className = 'rich-toolbar';
  element.setAttribute('role', 'toolbar');
  element.setAttribute('aria-label', `Formatting: ${options.of}`);
  element.setAttribute('aria-controls', options.controls);
  const buttons: { button: HTMLButtonElement; tool: Tool }[] = [];
  for (const group of toolsFor(options.short, options.link)) {
    const box = document.createElement('div');
    box.className = 'rich-tools';
    for (const tool of group) {
      const button = buttonFor(tool);
      button.addEventListener('click', () => {
        const view = options.view();
        if (!view) return;
        tool.command(view.state, view.dispatch.bind(view), view);
        // What is asked in a dialog gives the focus back by itself.
        if (!document.querySelector('dialog[open]')) view.focus();
      });
      buttons.push({ button, tool });
      box.append(button);
    }
    element.append(box);
  }
  // A press of the mouse leaves the selection in the text.
  element.addEventListener('mousedown', (event) => event.preventDefault());
  const goTo = (to: number) => {
    const at = (to + buttons.length) % buttons.length;
    for (const [index, { button }] of buttons.entries()) button.tabIndex = index === at ? 0 : -1;
    buttons[at]?.button.focus();
  };
  for (const [index, { button }] of buttons.entries()) button.tabIndex = index === 0 ? 0 : -1;
  element.addEventListener('keydown', (event) => {
    const at = buttons.findIndex(({ button }) => button === document.activeElement);
    const rightToLeft = getComputedStyle(element).direction === 'rtl';
    if (event.key === 'ArrowRight') goTo(at + (rightToLeft ? -1 : 1));
    else if (event.key === 'ArrowLeft') goTo(at + (rightToLeft ? 1 : -1));
    else if (event.key === 'Home') goTo(0);
    else if (event.key === 'End') goTo(-1);
    else if (event.key === 'Escape') options.view()?.focus();
    else return;
    event.preventDefault();
  });
  return {
    element,
    update(state) {
      for (const { button, tool } of buttons) {
        if (tool.pressed) button.setAttribute('aria-pressed', String(tool.pressed(state)));
        else button.setAttribute('aria-disabled', String(!tool.command(state)));
      }
    },
    focus: () => buttons.find(({ button }) => button.tabIndex === 0)?.button.focus(),
  };
}

function buttonFor({ name, sign, look: shape, keys }: Tool): HTMLButtonElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = sign ?? name;
  if (sign !== undefined) button.setAttribute('aria-label', name);
  if (shape !== undefined) button.dataset['look'] = shape;
  const said = keys === undefined ? '' : ` (${isMac ? keys.replaceAll('Ctrl', '⌘').replaceAll('Alt', '⌥') : keys})`;
  button.title = name + said;
  return button;
}
