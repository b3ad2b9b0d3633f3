/**
 * One text that can be written as rich text. The `<textarea>` stays where it is and holds the same text as HTML, a moment
 * after each change, and always when the form is read; so whatever reads the form needs to know nothing of the editor.
 */
import { gapCursor } from 'prosemirror-gapcursor';
import { history } from 'prosemirror-history';
import type { Node } from 'prosemirror-model';
import { EditorState, type Command, type Transaction } from 'prosemirror-state';
import { EditorView } from 'prosemirror-view';
import { clipboard } from './clipboard.ts';
import { linkAt, setLink } from './commands.ts';
import { editorKeys } from './keys.ts';
import { askForAddress } from './link-dialog.ts';
import { printDocument } from './print.ts';
import { readDocument } from './read.ts';
import { makeToolbar, type Toolbar } from './toolbar.ts';

/** The textarea follows the editor after so long without a key: printing a long chapter takes some milliseconds. */
const FOLLOWS_AFTER_MS = 250;

export class RichField {
  readonly area: HTMLTextAreaElement;
  readonly #onChange: () => void;
  readonly #onPaste: () => void;
  readonly #label: string;
  #view: EditorView | null = null;
  #toolbar: Toolbar | null = null;
  #box: HTMLElement | null = null;
  #timer = 0;
  /** Whether the textarea is behind the editor. */
  #isAhead = false;
  #isFollowing = false;

  /** @param on told of changes, and that something was pasted. */
  constructor(area: HTMLTextAreaElement, on: { change: () => void; paste: () => void }) {
    this.area = area;
    this.#onChange = on.change;
    this.#onPaste = on.paste;
    this.#label = area.labels[0]?.textContent.trim() ?? area.name;
    area.labels[0]?.addEventListener('click', () => this.#view?.focus());
    area.addEventListener('input', () => {
      // Somebody else has put a text here: what was kept on the device, a part that was found again.
      if (this.#view && !this.#isFollowing) this.#onReplaced(area.value);
    });
  }

  /** Asked to make a document of a text that another script has put into the textarea. */
  #onReplaced: (source: string) => void = () => undefined;
  onReplaced(act: (source: string) => void): void {
    this.#onReplaced = act;
  }

  get isOpen(): boolean {
    return this.#view !== null;
  }

  get document(): Node | null {
    return this.#view?.state.doc ?? null;
  }

  get view(): EditorView | null {
    return this.#view;
  }

  /** Shows the editor in the place of the textarea. `html` is clean. */
  open(html: string): void {
    if (this.#view) {
      this.#view.updateState(this.#stateOf(readDocument(html)));
      this.#toolbar?.update(this.#view.state);
      return;
    }
    const { area } = this;
    const box = document.createElement('div');
    box.className = area.name === 'text' ? 'rich-box' : 'rich-box rich-short';
    const toolbar = makeToolbar({
      of: this.#label,
      controls: area.name,
      short: area.name !== 'text',
      link: this.#link,
      view: () => this.#view,
    });
    box.append(toolbar.element);
    area.before(box);
    area.id = `${area.name}-source`;
    area.hidden = true;
    this.#box = box;
    this.#toolbar = toolbar;
    this.#view = new EditorView(
      { mount: box.appendChild(document.createElement('div')) },
      {
        state: this.#stateOf(readDocument(html)),
        attributes: () => this.#attributes(),
        dispatchTransaction: (transaction) => this.#apply(transaction),
      },
    );
    toolbar.update(this.#view.state);
  }

  /** Shows the textarea again, with the text as HTML or what is given. */
  close(source = this.printed()): void {
    if (!this.#view) return;
    clearTimeout(this.#timer);
    const hadFocus = this.#view.hasFocus();
    this.#view.destroy();
    this.#box?.remove();
    this.#view = null;
    this.#toolbar = null;
    this.#isAhead = false;
    this.area.id = this.area.name;
    this.area.hidden = false;
    this.area.value = source;
    if (hadFocus) this.area.focus();
    this.#tellForm();
  }

  printed(): string {
    return this.#view ? printDocument(this.#view.state.doc) : this.area.value;
  }

  /** Brings the textarea up to what stands in the editor. */
  follow(): void {
    if (!this.#isAhead || !this.#view) return;
    clearTimeout(this.#timer);
    this.#isAhead = false;
    this.area.value = this.printed();
    this.#tellForm();
  }

  #tellForm(): void {
    this.#isFollowing = true;
    this.area.dispatchEvent(new Event('input', { bubbles: true }));
    this.#isFollowing = false;
  }

  #apply(transaction: Transaction): void {
    const view = this.#view;
    if (!view) return;
    view.updateState(view.state.apply(transaction));
    this.#toolbar?.update(view.state);
    if (!transaction.docChanged) return;
    this.#isAhead = true;
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.follow(), FOLLOWS_AFTER_MS);
    this.#onChange();
  }

  #stateOf(doc: Node): EditorState {
    return EditorState.create({
      doc,
      plugins: [
        ...editorKeys({
          link: this.#link,
          toToolbar: () => {
            this.#toolbar?.focus();
            return true;
          },
        }),
        clipboard(this.#onPaste),
        history(),
        gapCursor(),
      ],
    });
  }

  readonly #link: Command = (_state, dispatch) => {
    if (dispatch) {
      // What a key has just selected is known to the editor a moment later.
      requestAnimationFrame(() => void this.#askForLink());
    }
    return true;
  };

  async #askForLink(): Promise<void> {
    if (!this.#view) return;
    const address = await askForAddress(linkAt(this.#view.state));
    const view = this.#view;
    if (!view) return;
    if (address !== null) setLink(address)(view.state, view.dispatch.bind(view));
    view.focus();
  }

  #attributes(): Record<string, string> {
    const { area } = this;
    const copied = ['lang', 'dir', 'aria-describedby', 'aria-invalid'].flatMap((name) => {
      const value = area.getAttribute(name);
      return value === null ? [] : [[name, value] as const];
    });
    return {
      ...Object.fromEntries(copied),
      id: area.name,
      class: 'rich-text',
      role: 'textbox',
      'aria-multiline': 'true',
      'aria-label': this.#label,
      spellcheck: 'true',
    };
  }
}
