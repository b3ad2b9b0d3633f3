/** What a book says of itself, put where a work has a place for it; everything else is named in the report. */
import type { ImportedWork } from '../../imported-work.ts';
import { ANONYMOUS_SENTENCE, creatorFrom, isAnonymous } from '../creator-name.ts';
import { sourceAddress } from '../source-address.ts';
import { readDate } from '../stated-date.ts';
import type { Package, Statement } from './package.ts';

/** How the report names the parts people play in a book (MARC relators), where it is not as a creator. */
const ROLES: Record<string, string> = {
  art: 'Artist',
  bkp: 'Made with',
  bta: 'Beta',
  cov: 'Cover',
  edt: 'Editor',
  ill: 'Illustrator',
  mrk: 'Markup',
  pfr: 'Proofreader',
  trl: 'Translator',
};

/** Subjects that are no tags: what tools add to every book. */
const EMPTY_SUBJECTS = /^(?:fan\s?fiction|fanworks|unknown|general)$/i;

/** Metas that only serve programs, or are said better elsewhere. */
const SILENT =
  /^(?:cover|viewport|calibre:(?:title_sort|author_link_map|user_metadata|user_categories|rating)\b.*|schema:.*|a11y:.*|rendition:.*|media:.*|ibooks:.*|primary-writing-mode|book-type|.*fixed-layout.*|orientation-lock|original-resolution|zero-gutter|zero-margin|region-mag|output encoding)$/i;

/** Reads the package's statements into the work, in their order. Every statement ends up in a field or in `unmapped`. */
export function readMetadata(book: Package, work: ImportedWork): void {
  const left: Statement[] = [];
  let series: { title: string; position: string | undefined } | undefined;
  for (const statement of book.statements) {
    const { name, value, meta, refinements } = statement;
    if (meta) {
      if (name === 'calibre:series') series = { title: value, position: series?.position };
      else if (name === 'calibre:series_index') series = { title: series?.title ?? '', position: value };
      else if (name === 'belongs-to-collection' && refinements.get('collection-type') !== 'set') {
        addSeries(work, value, refinements.get('group-position'));
      } else if (name === 'dcterms:source') takeAddress(work, value, left, statement);
      else if (!SILENT.test(name)) left.push(statement);
    } else if (!takeDublinCore(statement, work, left)) left.push(statement);
  }
  if (series && series.title !== '' && !work.series.some(({ title }) => title === series?.title)) {
    addSeries(work, series.title, series.position);
  }
  reportLeft(left, work);
}

/** @returns false for what has no place in a work. */
function takeDublinCore(statement: Statement, work: ImportedWork, left: Statement[]): boolean {
  const { name, value } = statement;
  switch (name) {
    case 'title':
      return takeTitle(statement, work);
    case 'creator':
      return takeCreator(statement, work);
    case 'language':
      if (work.language !== undefined || /^(?:und|zxx|mul)$/i.test(value)) return work.language === value;
      work.language = value;
      return true;
    case 'description':
      if (work.summary) return false;
      work.summary = { format: looksLikeHtml(value) ? 'html' : 'text', source: value };
      return true;
    case 'subject':
      if (EMPTY_SUBJECTS.test(value)) return true;
      if (!work.freeforms.includes(value)) work.freeforms.push(value);
      return true;
    case 'date':
      return takeDate(statement, work);
    case 'source':
      takeAddress(work, value, left, statement);
      return true;
    default:
      return name === 'identifier' && takeIdentifier(statement, work);
  }
}

function takeTitle({ value, refinements }: Statement, work: ImportedWork): boolean {
  const kind = refinements.get('title-type');
  if (kind !== undefined && kind !== 'main') return false;
  if (work.title !== undefined) return false;
  work.title = value;
  return true;
}

function roleOf({ attributes, refinements }: Statement): string {
  return (attributes.get('role') ?? refinements.get('role') ?? '').toLowerCase();
}

function takeCreator(statement: Statement, work: ImportedWork): boolean {
  if (!['', 'aut', 'author'].includes(roleOf(statement))) return false;
  const creator = creatorFrom(statement.value);
  if (!creator) return false;
  if (isAnonymous(creator.name)) work.unmapped.push(ANONYMOUS_SENTENCE);
  else if (/^(?:unknown|unbekannt|inconnu|desconocido)$/i.test(creator.name)) return false;
  else if (!work.creators.some(({ name }) => name === creator.name)) work.creators.push(creator);
  return true;
}

function takeDate({ value, attributes }: Statement, work: ImportedWork): boolean {
  const event = (attributes.get('event') ?? '').toLowerCase();
  // Calibre's way to say that it knows no date.
  if (/^0101-0[12]-01/.test(value)) return true;
  const day = readDate(value);
  if (day === null) return false;
  if (event === 'modification' || event === 'ops-modification') {
    if (work.updated !== undefined) return false;
    work.updated = day;
    return true;
  }
  if (event !== '' && event !== 'publication' && event !== 'original-publication') return false;
  if (work.published !== undefined) return work.published === day;
  work.published = day;
  return true;
}

function takeAddress(work: ImportedWork, value: string, left: Statement[], statement: Statement): void {
  const address = sourceAddress(value);
  // A source stated outright is surer than an identifier that looks like an address.
  if (address && (work.sourceUrl === undefined || statement.name === 'source')) work.sourceUrl = address;
  else if (address !== work.sourceUrl) left.push(statement);
}

function takeIdentifier({ value, attributes }: Statement, work: ImportedWork): boolean {
  const scheme = (attributes.get('scheme') ?? '').toLowerCase();
  const bare = value.replace(/^(?:ur[il]:)(?=https?:)/i, '');
  const address = ['', 'url', 'uri'].includes(scheme) || bare !== value ? sourceAddress(bare) : null;
  if (address === null) return false;
  work.sourceUrl ??= address;
  return work.sourceUrl === address;
}

/** "3", "3.0", "3.00": the third. Calibre writes 0 for none, and people write 1.5 for what came between. */
function addSeries(work: ImportedWork, title: string, written: string | undefined): void {
  const position = Number(written);
  const whole = written !== undefined && Number.isInteger(position) && position > 0 && position < 100_000;
  work.series.push({ title, ...(whole ? { position } : {}) });
  if (written !== undefined && !whole && position !== 0) {
    work.unmapped.push(
      `Its place in the series “${title}” is given as ${shortened(written)}, which is no whole number.`,
    );
  }
}

function looksLikeHtml(value: string): boolean {
  return /<\/?[a-z][a-z0-9]{0,10}(?:\s[^<>]{0,300})?\/?>/i.test(value);
}

const NAMES: Record<string, string> = {
  'calibre:timestamp': 'Added to calibre',
  'dcterms:modified': 'The file was last changed',
  contributor: 'Contributor',
  coverage: 'Coverage',
  creator: 'Creator',
  date: 'Date',
  description: 'Second description',
  format: 'Format',
  generator: 'Made with',
  identifier: 'Identifier',
  language: 'Language',
  publisher: 'Publisher',
  relation: 'Relation',
  rights: 'Rights',
  source: 'Source',
  title: 'Title',
  type: 'Type',
};

/** One sentence a name, with all that is said under it. */
function reportLeft(left: readonly Statement[], work: ImportedWork): void {
  const byName = new Map<string, string[]>();
  for (const statement of left) {
    const name = nameOf(statement);
    byName.set(name, [...(byName.get(name) ?? []), shortened(statement.value)]);
  }
  for (const [name, values] of [...byName].slice(0, 60)) {
    work.unmapped.push(`${name}, as the book says: ${values.slice(0, 20).join('; ')}.`);
  }
}

function nameOf(statement: Statement): string {
  const { name, attributes, refinements } = statement;
  const role = roleOf(statement);
  const titleType = refinements.get('title-type');
  const event = attributes.get('event');
  if ((name === 'creator' || name === 'contributor') && role !== '' && role !== 'aut')
    return ROLES[role] ?? `“${role}”`;
  if (name === 'title' && titleType !== undefined) return `Title (${titleType})`;
  if (name === 'date' && event !== undefined) return `Date (${event})`;
  return NAMES[name.toLowerCase()] ?? `“${shortened(name)}”`;
}

/** As the end of a sentence in the report: not too long, and without a full stop of its own. */
export function shortened(value: string): string {
  return value.length > 300 ? `${value.slice(0, 299).toWellFormed()}…` : value.replace(/\.$/, '');
}
