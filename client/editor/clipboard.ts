/**
 * What is pasted or dropped: cleaned by the archive's own rules before it comes in, so that what stands in the editor is
 * what will be kept. Nothing of it is ever given to the browser as HTML.
 */
import { Slice, type Node } from 'prosemirror-model';
import { Plugin } from 'prosemirror-state';
import type { EditorView } from 'prosemirror-view';
import { cleanHtml } from '../../src/platform/html/clean-html.ts';
import { asPasted } from '../../src/platform/html/paste/paste.ts';
import { plainTextToHtml } from '../../src/platform/html/plain-text.ts';
import { printFragment } from './print.ts';
import { readDocument } from './read.ts';

/** @param onPaste told after something came in. */
export function clipboard(onPaste: () => void): Plugin {
  return new Plugin({
    props: {
      handleDOMEvents: {
        copy: (view, event) => giveOut(view, event),
        cut: (view, event) => {
          if (!giveOut(view, event)) return false;
          view.dispatch(view.state.tr.deleteSelection().scrollIntoView().setMeta('uiEvent', 'cut'));
          return true;
        },
        paste: (view, event) => {
          if (!event.clipboardData) return false;
          event.preventDefault();
          if (takeIn(view, event.clipboardData)) onPaste();
          return true;
        },
        drop: (view, event) => {
          // What is moved within the text is the editor's own affair.
          if (view.dragging || !event.dataTransfer) return false;
          event.preventDefault();
          const at = view.posAtCoords({ left: event.clientX, top: event.clientY });
          if (at && takeIn(view, event.dataTransfer, at.pos)) onPaste();
          return true;
        },
      },
    },
  });
}

/** How a text of ours says that it is one: it needs no repair. */
const OURS = '<!--fanfold-->';

function giveOut(view: EditorView, event: ClipboardEvent): boolean {
  const { selection } = view.state;
  if (selection.empty || !event.clipboardData) return false;
  event.preventDefault();
  let { content, openStart, openEnd } = selection.content();
  // A piece of one item or quotation is words, not a list.
  while (openStart > 1 && openEnd > 1 && content.childCount === 1 && content.firstChild?.childCount === 1) {
    content = content.firstChild.content;
    openStart -= 1;
    openEnd -= 1;
  }
  event.clipboardData.setData('text/html', OURS + printFragment(content));
  event.clipboardData.setData('text/plain', content.textBetween(0, content.size, '\n\n', '\n'));
  return true;
}

/** @returns whether there was anything to take in. */
function takeIn(view: EditorView, data: DataTransfer, at?: number): boolean {
  const slice = sliceFrom(data.getData('text/html'), data.getData('text/plain'), view.state.selection.$from.parent);
  if (slice === null) return false;
  const { tr } = view.state;
  if (at === undefined) tr.replaceSelection(slice);
  else tr.replaceRange(at, at, slice);
  view.dispatch(tr.scrollIntoView().setMeta('paste', true).setMeta('uiEvent', 'paste'));
  return true;
}

/** From what the clipboard holds to a piece of text. `into`: the block in which the cursor stands. */
export function sliceFrom(html: string, text: string, into: Node): Slice | null {
  if (into.type.spec.code) {
    return text === ''
      ? null
      : new Slice(into.type.create(null, into.type.schema.text(text.replaceAll('\r\n', '\n'))).slice(0).content, 0, 0);
  }
  const written =
    html === '' ? plainTextToHtml(text.replaceAll('\r\n', '\n')) : html.includes(OURS) ? html : asPasted(html);
  const doc = readDocument(cleanHtml(written).html);
  const isEmpty = doc.childCount === 1 && doc.firstChild?.isTextblock === true && doc.firstChild.childCount === 0;
  if (isEmpty) return null;
  const open = (node: Node | null) => (node?.type.name === 'p' ? 1 : 0);
  return new Slice(doc.content, open(doc.firstChild), open(doc.lastChild));
}
