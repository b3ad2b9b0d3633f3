/** Words and characters of the text, counted as the archive counts them, a moment after the last key. */
import { cleanHtml } from '../../src/platform/html/clean-html.ts';
import { plainTextToHtml } from '../../src/platform/html/plain-text.ts';
import { countWords, countWordsInText } from '../../src/platform/html/words.ts';
import type { RichField } from './rich-field.ts';

const COUNTED_AFTER_MS = 600;
/** A text is near its limit from this part of it on. */
const NEAR = 0.95;

export class Counter {
  readonly #field: RichField;
  readonly #most: number;
  readonly #notation: () => string;
  readonly #number: Intl.NumberFormat;
  readonly #shown: HTMLElement;
  readonly #warned: HTMLElement;
  #timer = 0;

  /** @param options `limit` and `locale`, as the page says them. `notation`: what the text is written in now. */
  constructor(field: RichField, options: DOMStringMap, notation: () => string) {
    this.#field = field;
    this.#most = Number(options['limit']);
    this.#notation = notation;
    this.#number = new Intl.NumberFormat(options['locale']);
    this.#shown = document.createElement('p');
    this.#shown.className = 'help rich-count';
    this.#warned = document.createElement('p');
    this.#warned.className = 'rich-warning';
    this.#warned.setAttribute('role', 'status');
    field.area.after(this.#shown, this.#warned);
  }

  later(): void {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.count(), COUNTED_AFTER_MS);
  }

  count(): void {
    const source = this.#field.printed();
    const notation = this.#notation();
    // What Markdown becomes is known to the archive alone; its words are these, its characters somewhat more.
    const isKnown = notation !== 'markdown';
    const html =
      isKnown && source.trim() !== '' ? cleanHtml(notation === 'text' ? plainTextToHtml(source) : source).html : '';
    const words = isKnown ? countWords(html) : countWordsInText(source);
    const characters = isKnown ? html.length : source.length;
    const said = (count: number) => this.#number.format(count);
    this.#shown.textContent = `${said(words)} ${words === 1 ? 'word' : 'words'}, ${isKnown ? '' : 'about '}${said(characters)} of ${said(this.#most)} characters`;
    const warning =
      characters > this.#most
        ? `This is ${said(characters - this.#most)} characters too long for one chapter. It can be split in two.`
        : characters > this.#most * NEAR
          ? 'This chapter is almost as long as one can be.'
          : '';
    // Said once, not after every key.
    if (kind(this.#warned.textContent) !== kind(warning)) this.#warned.textContent = warning;
  }
}

const kind = (sentence: string) => sentence.replace(/\d[\d.,\s]*/g, '');
