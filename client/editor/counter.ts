/** Words and characters of the text, counted as the archive counts them, a moment after the last key. */
import { withoutBlockIds } from '../../src/platform/html/ids.ts';
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
  readonly #isChapter: boolean;
  readonly #notation: () => string;
  readonly #number: Intl.NumberFormat;
  readonly #shown: HTMLElement;
  readonly #warned: HTMLElement;
  #timer = 0;

  /** @param options `most` characters; `notation`: what the text is written in now. */
  constructor(field: RichField, options: { most: number; locale: string | undefined; notation: () => string }) {
    this.#field = field;
    this.#most = options.most;
    this.#isChapter = field.area.name === 'text';
    this.#notation = options.notation;
    this.#number = new Intl.NumberFormat(options.locale);
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
    const clean =
      isKnown && source.trim() !== '' ? cleanHtml(notation === 'text' ? plainTextToHtml(source) : source).html : '';
    const html = this.#isChapter ? clean : withoutBlockIds(clean);
    const words = isKnown ? countWords(html) : countWordsInText(source);
    const characters = isKnown ? html.length : source.length;
    const said = (count: number) => this.#number.format(count);
    const countedWords = this.#isChapter ? `${said(words)} ${words === 1 ? 'word' : 'words'}, ` : '';
    this.#shown.textContent = `${countedWords}${isKnown ? '' : 'about '}${said(characters)} of ${said(this.#most)} characters`;
    const over = said(characters - this.#most);
    const warning =
      characters > this.#most
        ? this.#isChapter
          ? `This is ${over} characters too long for one chapter. It can be split in two.`
          : `This is ${over} characters too long.`
        : characters > this.#most * NEAR
          ? `This ${this.#isChapter ? 'chapter ' : ''}is almost as long as ${this.#isChapter ? 'one ' : 'it '}can be.`
          : '';
    // Said once, not after every key.
    if (kind(this.#warned.textContent) !== kind(warning)) this.#warned.textContent = warning;
  }
}

const kind = (sentence: string) => sentence.replace(/\d[\d.,\s]*/g, '');
