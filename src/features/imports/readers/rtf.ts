/**
 * RTF, as Word, WordPad, TextEdit, LibreOffice and others have written it since 1990: one pass over the bytes, groups on
 * a stack, letters in the code page of their font. What is no text (pictures, headers, comments) is passed over and named.
 */
import { isUtf8 } from 'node:buffer';
import { countWordsInText } from '../../../platform/html/words.ts';
import { emptyImportedWork } from '../imported-work.ts';
import type { ImportedWork } from '../imported-work.ts';
import { fileKind } from '../file-kind.ts';
import { layDocument, reportPictures } from './document-facts.ts';
import type { DocumentFacts } from './document-facts.ts';
import { startLink } from './html-inline.ts';
import type { Around } from './html-inline.ts';
import type { Reader } from './reader.ts';
import { decodeBytes, encodingOfCharset, encodingOfPage, lettersOf, NO_TEXT_GROUPS, SIGNS } from './rtf-text.ts';
import { readRtfTokens } from './rtf-tokens.ts';
import { counted } from './story-blocks.ts';
import { takeHeaderBlock } from './story-head.ts';
import { StoryWriter } from './story-writer.ts';
import type { Marks } from './story-writer.ts';

export const rtfReader: Reader = {
  format: 'rtf',

  sniff(file) {
    // Pictures may stand in it as bytes, with which it is no text to the decoder.
    const opens = Buffer.from(file.bytes.subarray(0, 5)).toString('latin1') === '{\\rtf';
    return opens || fileKind(file) === 'rtf' ? 0.95 : 0;
  },

  read(file) {
    const work = emptyImportedWork();
    const document = new RtfDocument(file.bytes);
    document.report(work);
    layDocument(work, document.facts, document.finish(), takeHeaderBlock);
    if (work.chapters.length === 0) return { ok: false, reason: 'This RTF file holds no text.' };
    return { ok: true, work };
  },
};

/** Where the text of a group goes. */
type Destination = 'text' | 'nowhere' | 'fonts' | 'styles' | 'address' | 'info' | 'fact';

const FACTS: ReadonlySet<string> = new Set(['title', 'author', 'subject', 'keywords', 'doccomm']);

const NO_LINK: readonly Around[] = [];

/** Groups deeper than this share one state; no document nests a tenth of it. */
const MAX_GROUPS = 5_000;

interface Group {
  to: Destination;
  marks: Marks;
  /** Skipped characters after `\uN`. */
  uc: number;
  font: number;
  hidden: boolean;
  deleted: boolean;
  link: readonly Around[];
  /** The field whose address and result are being read. */
  field: { address: string } | null;
  /** This group began a footnote. */
  note: boolean;
}

class RtfDocument {
  readonly facts: DocumentFacts = { creators: [], keywords: [] };
  #writer = new StoryWriter();
  readonly #outer: StoryWriter[] = [];
  readonly #groups: Group[] = [];
  #beyond = 0;
  #group: Group = {
    to: 'text',
    marks: {},
    uc: 1,
    font: -1,
    hidden: false,
    deleted: false,
    link: NO_LINK,
    field: null,
    note: false,
  };
  #page = 'win1252';
  readonly #utf8: boolean;
  readonly #fonts = new Map<number, string>();
  #styleAt = -1;
  readonly #styles = new Map<number, string>();
  /** Text gathered for what is not the story: a font's name, a title. */
  #said = '';
  #fact = '';
  #bytes: number[] = [];
  #rawBytes = false;
  #skip = 0;
  /** `\*` stood at the head of this group. */
  #optional = false;
  #atHead = true;
  #align: string | undefined;
  #style = -1;
  #level: number | undefined;
  #pictures = 0;
  #comments = 0;
  #hiddenWords = 0;
  #deletedWords = 0;
  #damaged = false;

  constructor(bytes: Uint8Array) {
    const plain = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#utf8 = isUtf8(plain);
    this.#damaged = readRtfTokens(plain, {
      open: () => this.#openGroup(),
      close: () => this.#closeGroup(),
      word: (name, value) => this.#word(name, value),
      byte: (byte, raw) => this.#byte(byte, raw),
      text: (text) => this.#text(text),
    });
    this.#flush();
  }

  finish(): ReturnType<StoryWriter['finish']> {
    while (this.#outer.length > 0) this.#endNote();
    if (this.#writer.midParagraph) this.#endParagraph();
    return this.#writer.finish();
  }

  /** Says what stayed out. */
  report(work: ImportedWork): void {
    const say = (count: number, one: string, many: string): void => {
      if (count > 0) work.unmapped.push(counted(count, one, many));
    };
    reportPictures(
      Array.from({ length: this.#pictures }, () => ''),
      work,
    );
    say(this.#comments, 'comment was left out', 'comments were left out');
    say(this.#hiddenWords, 'word of hidden text was left out', 'words of hidden text were left out');
    say(
      this.#deletedWords,
      'word whose deletion was still tracked was left out',
      'words whose deletion was still tracked were left out',
    );
    if (this.#damaged) work.repairs.push('The RTF file ends in the middle; all that is there was read.');
  }

  #openGroup(): void {
    this.#flush();
    this.#skip = 0;
    if (this.#groups.length >= MAX_GROUPS) this.#beyond++;
    else {
      this.#groups.push(this.#group);
      this.#group = { ...this.#group, note: false };
    }
    this.#atHead = true;
    this.#optional = false;
  }

  #closeGroup(): void {
    this.#flush();
    this.#skip = 0;
    this.#atHead = false;
    if (this.#beyond > 0) {
      this.#beyond--;
      return;
    }
    const closed = this.#group;
    const outer = this.#groups.pop();
    if (!outer) return;
    this.#group = outer;
    if (closed.note) this.#endNote();
    if (closed.to === 'fact' && outer.to === 'info') this.#takeFact();
    if (closed.to === 'address' && outer.to !== 'address') this.#said = '';
    if (closed.to === 'fonts' || closed.to === 'styles') this.#nameStyle(closed.to);
  }

  #takeFact(): void {
    const name = this.#fact;
    const said = this.#said.replace(/\s+/g, ' ').trim();
    this.#said = '';
    if (said === '') return;
    if (name === 'title') this.facts.title ??= said;
    else if (name === 'author') this.facts.creators.push(said);
    else if (name === 'subject') this.facts.subject ??= said;
    else if (name === 'doccomm') this.facts.description ??= said;
    else if (name === 'keywords') this.facts.keywords.push(said);
  }

  #nameStyle(table: 'fonts' | 'styles'): void {
    const name = this.#said.replace(/;\s*$/, '').trim();
    if (table === 'styles' && name !== '' && this.#styleAt >= 0) this.#styles.set(this.#styleAt, name.toLowerCase());
    this.#said = '';
    this.#styleAt = -1;
  }

  #word(name: string, value: number | null): void {
    // What stands in for \uN may be a sign with a name; a word that means more ends it.
    if (this.#skip > 0 && SIGNS[name] !== undefined) {
      this.#skip--;
      return;
    }
    if (name !== '*') this.#skip = 0;
    const atHead = this.#atHead;
    if (name === '*') {
      this.#optional = true;
      return;
    }
    this.#atHead = false;
    if (atHead && this.#destination(name)) return;
    if (name === 'u') {
      this.#unicode(value ?? 0);
      return;
    }
    const sign = SIGNS[name];
    if (sign !== undefined) {
      this.#text(sign);
      return;
    }
    this.#flush();
    if (name === 'uc') this.#group.uc = Math.min(Math.max(value ?? 1, 0), 20);
    else if (name === 'ansicpg') this.#page = encodingOfPage(value ?? 1252);
    else if (name === 'mac') this.#page = 'macroman';
    else if (name === 'pc') this.#page = 'cp437';
    else if (name === 'pca') this.#page = 'cp850';
    else if (name === 'f') this.#group.font = value ?? 0;
    else if (name === 'fcharset' && this.#group.to === 'fonts') {
      const encoding = encodingOfCharset(value ?? 0);
      if (encoding) this.#fonts.set(this.#group.font, encoding);
    } else if (name === 's') {
      if (this.#group.to === 'styles') this.#styleAt = value ?? -1;
      else this.#style = value ?? -1;
    } else if (this.#group.to === 'text') this.#format(name, value);
  }

  /** A word at the head of a group may say where the group's text goes. True when that was all it said. */
  #destination(name: string): boolean {
    const group = this.#group;
    if (group.to === 'nowhere' && name !== 'shptxt' && name !== 'ud') return true;
    const to = (destination: Destination): true => {
      this.#flush();
      group.to = destination;
      this.#said = destination === 'address' ? this.#said : '';
      return true;
    };
    if (name === 'fonttbl') return to('fonts');
    if (name === 'stylesheet') return to('styles');
    if (name === 'pict') {
      if (group.to === 'text') this.#pictures++;
      return to('nowhere');
    }
    if (name === 'info') return to('info');
    if (group.to === 'info') {
      this.#fact = name;
      return to(FACTS.has(name) ? 'fact' : 'nowhere');
    }
    if (name === 'fldinst') return to('address');
    if (name === 'field') {
      group.field = { address: '' };
      return true;
    }
    if (name === 'fldrslt') {
      const address = /HYPERLINK\s+(?:\\l\s+)?"?([^"\s]{1,2000})/i.exec(group.field?.address ?? '')?.[1];
      if (address && /^(?:https?|mailto):/i.test(address)) group.link = [{ name: 'a', open: startLink(address) }];
      return true;
    }
    if (name === 'footnote') {
      this.#outer.push(this.#writer);
      this.#writer = new StoryWriter();
      group.note = true;
      return true;
    }
    if (name === 'annotation') this.#comments++;
    if (name === 'shptxt' || name === 'ud') return to('text');
    if (name === 'upr') return to('nowhere');
    if (name === 'shppict' || name === 'shp' || name === 'listtext' || name === 'pntext') return true;
    if (this.#optional || NO_TEXT_GROUPS.has(name)) return to('nowhere');
    return false;
  }

  #format(name: string, value: number | null): void {
    const group = this.#group;
    const on = value !== 0;
    const mark = (marks: Marks): void => {
      group.marks = { ...group.marks, ...marks };
    };
    switch (name) {
      case 'i':
        return mark({ italic: on });
      case 'b':
        return mark({ bold: on });
      case 'ul':
      case 'uld':
      case 'uldb':
      case 'ulw':
      case 'uldash':
      case 'ulwave':
      case 'ulth':
        return mark({ underline: on });
      case 'ulnone':
        return mark({ underline: false });
      case 'strike':
      case 'striked':
        return mark({ strike: on });
      case 'super':
        return mark({ raised: on ? 'sup' : undefined });
      case 'sub':
        return mark({ raised: on ? 'sub' : undefined });
      case 'nosupersub':
        return mark({ raised: undefined });
      case 'v':
        group.hidden = on;
        return;
      case 'deleted':
        group.deleted = on;
        return;
      case 'plain':
        group.marks = {};
        group.hidden = false;
        group.deleted = false;
        return;
      case 'par':
      case 'cell':
      case 'row':
      case 'nestcell':
        this.#endParagraph();
        return;
      case 'line':
      case 'softline':
      case 'lbr':
        this.#writer.lineBreak();
        return;
      case 'page':
      case 'sect':
        this.#endParagraph();
        this.#writer.sceneBreak();
        return;
      case 'pard':
        this.#align = undefined;
        this.#style = -1;
        this.#level = undefined;
        return;
      case 'ql':
      case 'qj':
        this.#align = undefined;
        return;
      case 'qc':
        this.#align = 'center';
        return;
      case 'qr':
        this.#align = 'right';
        return;
      case 'outlinelevel':
        this.#level = value !== null && value >= 0 && value < 9 ? value + 1 : undefined;
        return;
      default:
    }
  }

  #unicode(value: number): void {
    const code = value < 0 ? value + 65_536 : value;
    if (code > 0 && code <= 0xffff) this.#text(String.fromCharCode(code));
    else if (code > 0xffff && code <= 0x10ffff) this.#text(String.fromCodePoint(code));
    this.#skip = this.#group.uc;
  }

  #byte(byte: number, raw: boolean): void {
    this.#atHead = false;
    if (this.#skip > 0) {
      this.#skip--;
      return;
    }
    if (this.#bytes.length > 0 && this.#rawBytes !== raw) this.#flush();
    this.#rawBytes = raw;
    const letters = lettersOf(this.#encoding());
    if (letters && this.#bytes.length === 0) {
      this.#say(letters[byte] ?? '');
      return;
    }
    this.#bytes.push(byte);
  }

  #text(text: string): void {
    this.#atHead = false;
    let rest = text;
    if (this.#skip > 0) {
      const taken = Math.min(this.#skip, rest.length);
      this.#skip -= taken;
      rest = rest.slice(taken);
      if (rest === '') return;
    }
    // The second byte of a letter of two may be a plain sign.
    if (this.#bytes.length > 0 && rest.charCodeAt(0) < 128 && this.#opensPair()) {
      this.#bytes.push(rest.charCodeAt(0));
      rest = rest.slice(1);
    }
    this.#flush();
    this.#say(rest);
  }

  #opensPair(): boolean {
    const encoding = this.#encoding();
    return (
      /^cp9(?:32|36|49|50)$/.test(encoding) &&
      this.#bytes.length % 2 === 1 &&
      decodeBytes(this.#bytes, encoding).includes('\ufffd')
    );
  }

  #encoding(): string {
    if (this.#rawBytes && this.#utf8) return 'utf8';
    return this.#fonts.get(this.#group.font) ?? this.#page;
  }

  #flush(): void {
    if (this.#bytes.length === 0) return;
    const bytes = this.#bytes;
    this.#bytes = [];
    this.#say(decodeBytes(bytes, this.#encoding()));
  }

  /** Text to where the group sends it. */
  #say(text: string): void {
    if (text === '') return;
    const group = this.#group;
    if (group.to === 'text') {
      if (group.deleted) this.#deletedWords += countWordsInText(text);
      else if (group.hidden) this.#hiddenWords += countWordsInText(text);
      else this.#writer.put(text, group.marks, group.link);
    } else if (group.to === 'address' && group.field) {
      if (group.field.address.length < 4_000) group.field.address += text;
    } else if (group.to !== 'nowhere' && this.#said.length < 20_000) this.#said += text;
  }

  #endParagraph(): void {
    this.#flush();
    const style = this.#styles.get(this.#style) ?? '';
    const level = /^heading (\d)/.exec(style)?.[1];
    this.#writer.endParagraph({
      level: level ? Number(level) : this.#level,
      title: style === 'title',
      align: this.#align,
    });
  }

  #endNote(): void {
    const note = this.#writer;
    const outer = this.#outer.pop();
    if (!outer) return;
    this.#writer = outer;
    this.#writer.note(note);
  }
}
