/**
 * OpenDocument text (ODT), as LibreOffice, OpenOffice, Google Docs and others write it: its text with italics and the
 * like from its styles, headings, lists, notes; what was deleted under tracked changes, and comments, stay out.
 */
import { emptyImportedWork } from '../imported-work.ts';
import type { ImportedWork } from '../imported-work.ts';
import { fileKind } from '../file-kind.ts';
import { factsFromXml, layDocument, reportPictures } from './document-facts.ts';
import { startLink } from './html-inline.ts';
import type { Around } from './html-inline.ts';
import { OdtStyles } from './odt-styles.ts';
import type { OdtLook } from './odt-styles.ts';
import { readOfficeParts, readXml } from './office-zip.ts';
import type { Reader } from './reader.ts';
import { counted } from './story-blocks.ts';
import { StoryWriter } from './story-writer.ts';
import type { Marks } from './story-writer.ts';
import { takeHeaderBlock } from './story-head.ts';

export const odtReader: Reader = {
  format: 'odt',

  sniff(file) {
    return fileKind(file) === 'odt' ? 0.95 : 0;
  },

  async read(file) {
    const opened = await readOfficeParts(file.bytes, (name) => PARTS.has(name));
    if (!opened.ok) return opened;
    const { parts } = opened;
    const content = parts.get('content.xml');
    if (parts.get('META-INF/manifest.xml')?.includes('encryption-data'))
      return {
        ok: false,
        reason: 'This document is protected by a password. Save it without one and import it again.',
      };
    if (content === undefined) return { ok: false, reason: 'This OpenDocument file holds no text. Save it again.' };
    const styles = new OdtStyles();
    styles.read(parts.get('styles.xml'));
    styles.read(content);
    const work = emptyImportedWork();
    const body = new OdtBody(styles);
    const faults = readXml(content, body);
    body.report(work);
    if (faults > 0) work.repairs.push('The document is damaged inside; what could be read of it was read.');
    layDocument(work, factsFromXml(parts.get('meta.xml')), body.finish(), takeHeaderBlock);
    if (work.chapters.length === 0) return { ok: false, reason: 'This document holds no text.' };
    return { ok: true, work };
  },
};

const PARTS = new Set(['content.xml', 'styles.xml', 'meta.xml', 'META-INF/manifest.xml']);

/** What is passed over with all that is in it, and why. */
const PASSED_OVER: Record<string, 'deleted' | 'comment' | 'contents' | 'silent'> = {
  'text:tracked-changes': 'deleted',
  'office:annotation': 'comment',
  'text:table-of-content': 'contents',
  'text:alphabetical-index': 'contents',
  'text:note-citation': 'silent',
  'text:sequence-decls': 'silent',
  'text:variable-decls': 'silent',
  'text:user-field-decls': 'silent',
  'office:forms': 'silent',
  'office:scripts': 'silent',
  'office:automatic-styles': 'silent',
  'office:font-face-decls': 'silent',
  'office:event-listeners': 'silent',
};

/** Links and ruby in one another, at most. */
const MAX_AROUND = 10;
const NOTHING_AROUND: readonly Around[] = [];
const NO_MARKS: Marks = {};

/** The most spaces `text:s` may stand for; it is a number in the file. */
const MAX_SPACES = 200;

/** Where in the tree the reader is: what an element began and must end. */
interface Open {
  name: string;
  ends: 'paragraph' | 'holder' | 'around' | 'marks' | 'note' | 'nothing';
}

class OdtBody {
  readonly #styles: OdtStyles;
  #writer = new StoryWriter();
  readonly #outer: { writer: StoryWriter; paragraphs: OdtLook[]; spans: Marks[] }[] = [];
  readonly #open: Open[] = [];
  /** What stands around the text, as it was at each element that added to it. */
  readonly #around: (readonly Around[])[] = [];
  #paragraphs: OdtLook[] = [];
  #spans: Marks[] = [];
  /** How deep inside what is passed over. */
  #passed = 0;
  #inText = false;
  #deletions = 0;
  #comments = 0;
  #contents = 0;
  #pictures: string[] = [];
  #said: string | null = null;

  constructor(styles: OdtStyles) {
    this.#styles = styles;
  }

  open(name: string, attributes: Record<string, string>): void {
    if (name === 'office:text') this.#inText = true;
    if (this.#passed > 0 || PASSED_OVER[name]) {
      if (this.#passed === 0 && PASSED_OVER[name] === 'comment') this.#comments++;
      if (this.#passed === 0 && PASSED_OVER[name] === 'contents') this.#contents++;
      if (name === 'text:deletion') this.#deletions++;
      this.#passed++;
      return;
    }
    const ends = this.#inText ? this.#begin(name, attributes) : 'nothing';
    this.#open.push({ name, ends });
  }

  close(name: string): void {
    if (this.#passed > 0) {
      this.#passed--;
      return;
    }
    if (name === 'office:text') this.#inText = false;
    const open = this.#open.pop();
    if (open?.ends === 'paragraph') this.#endParagraph();
    else if (open?.ends === 'holder') this.#writer.close();
    else if (open?.ends === 'around') this.#around.pop();
    else if (open?.ends === 'marks') this.#spans.pop();
    else if (open?.ends === 'note') this.#endNote();
    if (name === 'svg:title' || name === 'svg:desc') {
      const said = (this.#said ?? '').trim();
      if (said !== '' && this.#pictures.length > 0) this.#pictures[this.#pictures.length - 1] ||= said;
      this.#said = null;
    }
  }

  text(text: string): void {
    if (this.#passed > 0 || !this.#inText) return;
    if (this.#said !== null) this.#said += text;
    else if (this.#paragraphs.length > 0) this.#put(text.replace(/[ \t\r\n]+/g, ' '));
  }

  finish(): ReturnType<StoryWriter['finish']> {
    while (this.#outer.length > 0) this.#endNote();
    return this.#writer.finish();
  }

  /** Says what stayed out. */
  report(work: ImportedWork): void {
    const say = (count: number, one: string, many: string): void => {
      if (count > 0) work.unmapped.push(counted(count, one, many));
    };
    say(
      this.#deletions,
      'deletion that was still tracked was left out',
      'deletions that were still tracked were left out',
    );
    say(this.#comments, 'comment was left out', 'comments were left out');
    say(this.#contents, 'table of contents was left out', 'tables of contents were left out');
    reportPictures(this.#pictures, work);
  }

  #begin(name: string, attributes: Record<string, string>): Open['ends'] {
    switch (name) {
      case 'text:p':
      case 'text:h':
        return this.#beginParagraph(name, attributes);
      case 'text:span':
        this.#spans.push({ ...this.#marks(), ...this.#styles.look('text', attributes['text:style-name']) });
        return 'marks';
      case 'text:s':
        this.#put('\u00a0'.repeat(spaces(attributes['text:c']) - 1) + ' ');
        return 'nothing';
      case 'text:tab':
        this.#put(' ');
        return 'nothing';
      case 'text:line-break':
        this.#writer.lineBreak();
        return 'nothing';
      case 'text:a':
        this.#surround({ name: 'a', open: startLink(attributes['xlink:href']) });
        return 'around';
      case 'text:ruby':
        this.#surround({ name: 'ruby', open: '<ruby>' });
        return 'around';
      case 'text:ruby-text':
        this.#surround({ name: 'rt', open: '<rt>' });
        return 'around';
      case 'text:list':
        this.#writer.open(this.#styles.isOrdered(attributes['text:style-name']) ? 'ol' : 'ul');
        return 'holder';
      case 'text:list-item':
      case 'text:list-header':
        this.#writer.open('li');
        return 'holder';
      case 'table:table':
        this.#writer.open('table');
        return 'holder';
      case 'table:table-row':
        this.#writer.open('tr');
        return 'holder';
      case 'table:table-cell':
        this.#writer.open('td');
        return 'holder';
      case 'text:note':
        this.#outer.push({ writer: this.#writer, paragraphs: this.#paragraphs, spans: this.#spans });
        [this.#writer, this.#paragraphs, this.#spans] = [new StoryWriter(), [], []];
        return 'note';
      case 'draw:frame':
      case 'draw:custom-shape':
        return 'nothing';
      case 'draw:image':
      case 'draw:object':
        this.#pictures.push('');
        return 'nothing';
      case 'svg:title':
      case 'svg:desc':
        this.#said = '';
        return 'nothing';
      default:
        return 'nothing';
    }
  }

  #beginParagraph(name: string, attributes: Record<string, string>): Open['ends'] {
    // A text box stands inside a paragraph: what went before it ends there.
    if (this.#writer.midParagraph) this.#endRun();
    const look = { ...this.#styles.look('paragraph', attributes['text:style-name']) };
    const outline = Number(attributes['text:outline-level']);
    if (name === 'text:h') look.level = outline >= 1 && outline <= 10 ? outline : (look.level ?? 1);
    // A paragraph may borrow a heading's style; only numbered outlines say so of themselves.
    if (look.pageBefore) this.#writer.sceneBreak();
    this.#paragraphs.push(look);
    return 'paragraph';
  }

  #endParagraph(): void {
    this.#endRun();
    this.#paragraphs.pop();
  }

  #endRun(): void {
    const { level, title, align } = this.#paragraphs.at(-1) ?? {};
    this.#writer.endParagraph({ level: title ? undefined : level, title, align: align === 'left' ? undefined : align });
  }

  #endNote(): void {
    const outer = this.#outer.pop();
    if (!outer) return;
    const note = this.#writer;
    [this.#writer, this.#paragraphs, this.#spans] = [outer.writer, outer.paragraphs, outer.spans];
    this.#writer.note(note);
  }

  #put(text: string): void {
    this.#writer.put(text, this.#marks(), this.#around.at(-1) ?? NOTHING_AROUND);
  }

  #surround(around: Around): void {
    const before = this.#around.at(-1) ?? NOTHING_AROUND;
    this.#around.push(before.length < MAX_AROUND ? [...before, around] : before);
  }

  #marks(): Marks {
    return this.#spans.at(-1) ?? this.#paragraphs.at(-1) ?? NO_MARKS;
  }
}

function spaces(written: string | undefined): number {
  const count = Number(written ?? 1);
  return Number.isInteger(count) && count > 0 ? Math.min(count, MAX_SPACES) : 1;
}
