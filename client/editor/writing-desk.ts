/**
 * The form in which somebody writes: its texts, and the notation that all of them are written in. Rich text is HTML that
 * nobody has to see; it is offered beside the notations, and is where a new text begins.
 *
 * No change of notation loses a word. From HTML and plain text to rich text everything happens here; Markdown is asked of
 * the archive. Back to where it came from, a text that was not changed is given as it was typed.
 */
import type { Node } from 'prosemirror-model';
import { cleanHtml } from '../../src/platform/html/clean-html.ts';
import { plainTextToHtml } from '../../src/platform/html/plain-text.ts';
import { FILLED, FILLING } from '../autosave-fields.ts';
import { Counter } from './counter.ts';
import { printDocument } from './print.ts';
import { readDocument } from './read.ts';
import { RescueNotice } from './rescue-notice.ts';
import { RichField } from './rich-field.ts';

type Notation = 'html' | 'markdown' | 'text';

/** What a text was before it became rich text. */
interface Former {
  notation: Notation;
  source: string;
  doc: Node;
}

const NAMES = ['text', 'summary', 'notes', 'endNotes'];
/** Texts longer than this are not looked at before somebody asks for rich text: reading them would be felt. */
const OPENED_AT_ONCE = 600_000;

class WritingDesk {
  readonly #fields: RichField[];
  readonly #rich: HTMLInputElement;
  readonly #radios: HTMLInputElement[];
  readonly #said: HTMLElement;
  readonly #counters = new Map<RichField, Counter>();
  readonly #former = new Map<RichField, Former>();
  #notation: Notation;
  #isRich = false;

  constructor(form: HTMLFormElement, options: DOMStringMap) {
    this.#radios = [...form.querySelectorAll<HTMLInputElement>('input[type=radio][name=format]')];
    this.#notation = notationOf(this.#radios.find((radio) => radio.checked));
    this.#fields = NAMES.flatMap((name) => {
      const area = form.elements.namedItem(name);
      return area instanceof HTMLTextAreaElement ? [this.#fieldFor(area)] : [];
    });
    const { choice, input } = makeChoice();
    this.#rich = input;
    this.#said = document.createElement('p');
    this.#said.className = 'help rich-said';
    this.#said.setAttribute('role', 'status');
    const first = this.#radios[0]?.closest('.choice');
    first?.before(choice);
    first?.closest('.field')?.append(this.#said);
    for (const radio of [input, ...this.#radios]) radio.addEventListener('change', () => void this.#change());
    for (const field of this.#fields) {
      const most = Number(options[field.area.name]);
      if (most > 0)
        this.#counters.set(
          field,
          new Counter(field, { most, locale: options['locale'], notation: () => this.#notationNow() }),
        );
    }
    form.addEventListener('formdata', (event) => {
      for (const field of this.#fields) if (field.isOpen) event.formData.set(field.area.name, field.printed());
    });
    form.addEventListener('focusout', () => this.#follow());
    window.addEventListener('pagehide', () => this.#follow());
    form.addEventListener(FILLING, () => this.#closeAll());
    form.addEventListener(FILLED, () => this.#begin());
    if (this.#mayOpen()) {
      // The page's own doing, not the writer's: nothing of it has to be kept.
      for (const radio of this.#radios) radio.defaultChecked = false;
      this.#rich.defaultChecked = true;
    }
    this.#begin();
  }

  /** Shows rich text where that is what stands in the form. */
  #begin(): void {
    this.#notation = notationOf(this.#radios.find((radio) => radio.checked));
    if (this.#mayOpen()) {
      this.#rich.checked = true;
      this.#openAll(this.#fields.map((field) => [field, cleanHtml(field.area.value).html]));
    }
    this.#count();
  }

  /** The form is about to be filled with texts in a notation of their own: none of them is to be read as this one. */
  #closeAll(): void {
    for (const field of this.#fields) field.close();
    this.#former.clear();
    this.#isRich = false;
    this.#check('html');
  }

  #count(): void {
    for (const counter of this.#counters.values()) counter.count();
  }

  #fieldFor(area: HTMLTextAreaElement): RichField {
    const notice = area.name === 'text' ? new RescueNotice(area) : null;
    const field: RichField = new RichField(area, {
      change: () => this.#counters.get(field)?.later(),
      paste: () => notice?.look(field),
    });
    field.onReplaced((source) => field.open(cleanHtml(source).html));
    area.addEventListener('input', () => this.#counters.get(field)?.later());
    return field;
  }

  #follow(): void {
    for (const field of this.#fields) field.follow();
  }

  #notationNow(): Notation {
    return this.#isRich ? 'html' : this.#notation;
  }

  /**
   * Whether the texts can be shown as rich text without asking: they are empty, or as the editor writes them. HTML that
   * somebody wrote by hand stays as it is until they ask for more.
   */
  #mayOpen(): boolean {
    return this.#notation === 'html' && this.#fields.every(({ area }) => isOurs(area.value));
  }

  async #change(): Promise<void> {
    const chosen = [this.#rich, ...this.#radios].find((radio) => radio.checked);
    this.#said.textContent = '';
    if (chosen === this.#rich) await this.#toRich();
    else if (this.#isRich) this.#fromRich(notationOf(chosen));
    else this.#notation = notationOf(chosen);
    this.#count();
  }

  async #toRich(): Promise<void> {
    if (this.#isRich) return;
    try {
      const texts = await Promise.all(
        this.#fields.map(async (field) => [field, await cleaned(field.area.value, this.#notation)] as const),
      );
      for (const [field, html] of texts) {
        const source = field.area.value;
        this.#former.set(field, { notation: this.#notation, source, doc: readDocument(html) });
      }
      this.#openAll(texts);
    } catch (error) {
      this.#check(this.#notation);
      this.#said.textContent = error instanceof Error ? error.message : String(error);
    }
  }

  #openAll(texts: readonly (readonly [RichField, string])[]): void {
    for (const [field, html] of texts) field.open(html);
    this.#isRich = true;
  }

  /** To HTML always; to another notation only where nothing has changed since it was that. */
  #fromRich(to: Notation): void {
    const formers = this.#fields.map((field) => {
      const former = this.#former.get(field);
      const isSame = former?.notation === to && field.document?.eq(former.doc) === true;
      const isEmpty = field.printed() === '';
      return { field, source: isSame ? former.source : isEmpty ? '' : null };
    });
    if (to !== 'html' && formers.some(({ source }) => source === null)) {
      this.#rich.checked = true;
      this.#said.textContent = `Rich text can say more than ${to === 'markdown' ? 'Markdown' : 'plain text'}. Change to HTML to see it as it is kept.`;
      return;
    }
    for (const { field, source } of formers) {
      if (source === null) field.close();
      else field.close(source);
    }
    this.#notation = to;
    this.#isRich = false;
  }

  #check(notation: Notation): void {
    for (const radio of this.#radios) radio.checked = radio.value === notation;
  }
}

function notationOf(radio: HTMLInputElement | undefined): Notation {
  return radio?.value === 'markdown' || radio?.value === 'text' ? radio.value : 'html';
}

function isOurs(source: string): boolean {
  const typed = source.trim();
  if (typed === '') return true;
  return typed.length <= OPENED_AT_ONCE && printDocument(readDocument(cleanHtml(typed).html)) === typed;
}

async function cleaned(source: string, notation: Notation): Promise<string> {
  if (source.trim() === '') return '';
  if (notation === 'html') return cleanHtml(source).html;
  if (notation === 'text') return cleanHtml(plainTextToHtml(source)).html;
  const answer = await fetch('/works/clean-text', {
    method: 'POST',
    body: new URLSearchParams({ text: source, format: notation }),
    headers: { Accept: 'application/json' },
  }).catch(() => null);
  if (!answer?.ok)
    throw new Error('The archive could not be reached. Your text stays as it is; try again in a moment.');
  return ((await answer.json()) as { html: string }).html;
}

/** The choice that only a browser with this script has. It is sent as HTML, which it is. */
function makeChoice(): { choice: HTMLElement; input: HTMLInputElement } {
  const choice = document.createElement('label');
  choice.className = 'choice';
  const input = document.createElement('input');
  input.type = 'radio';
  input.name = 'format';
  input.value = 'html';
  input.id = 'format-rich';
  const words = document.createElement('span');
  const help = document.createElement('small');
  help.textContent = 'As it will look. Alt+F10 goes to its toolbar, Tab to the next field.';
  words.append('Rich text', help);
  choice.append(input, words);
  return { choice, input };
}

for (const desk of document.querySelectorAll<HTMLElement>('.writing-desk')) {
  const form = desk.closest('form');
  if (form) new WritingDesk(form, desk.dataset);
}
