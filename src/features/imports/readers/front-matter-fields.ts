/** From the keys of front matter, in all their spellings, to the fields of a work. */
import type { ImportedChapter, ImportedSeries, ImportedText, ImportedWork } from '../imported-work.ts';
import { ANONYMOUS_SENTENCE, creatorFrom, isAnonymous } from './creator-name.ts';
import { asNames, asText, isPairs, plainKey, shown } from './front-matter-value.ts';
import type { FrontMatterPairs, FrontMatterValue } from './front-matter-value.ts';
import { readDate } from './stated-date.ts';
import { absoluteLink, sourceAddress } from './source-address.ts';

/** What front matter says of one chapter; its text comes from the body. */
export type ChapterFields = Omit<ImportedChapter, 'text'>;

type Format = ImportedText['format'];

/** Takes a value into the work and answers whether it could; a value it cannot take is reported by its key. */
type Take = (work: ImportedWork, value: FrontMatterValue, format: Format) => boolean;

/** Every key a work's front matter may use, as `plainKey` spells it. A key's spellings are parted by `|`. */
const FIELDS: readonly (readonly [keys: string, take: Take])[] = [
  ['title|work title|story title', text((work, value) => void (work.title ??= value.replace(/\s+/g, ' ')))],
  ['creator|creators|author|authors|by|byline|pseud|pseuds|written by|writer', takeCreators],
  ['fandom|fandoms', names('fandoms')],
  ['rating|ratings|rated', takeRating],
  ['warning|warnings|archive warning|archive warnings', names('warnings')],
  ['category|categories', names('categories')],
  ['relationship|relationships|pairing|pairings|ship|ships', names('relationships')],
  ['character|characters', names('characters')],
  ['tag|tags|freeform|freeforms|additional tag|additional tags', names('freeforms')],
  ['language|lang', text((work, value) => void (work.language ??= value))],
  ['series', takeSeries],
  ['status|state', takeStatus],
  ['complete|completed|finished', takeComplete],
  ['chapters|chapter count|planned chapters', takePlannedChapters],
  ['published|date|posted|date published|date posted|publication date|created', date('published')],
  ['updated|last updated|date updated|last modified|modified', date('updated')],
  ['words|word count|wordcount', takeWords],
  ['source|url|source url|link|source address|original url', takeSource],
  ['summary|description|blurb', prose('summary')],
  ['note|notes|authors note|authors notes|a/n|an|beginning note|beginning notes|foreword', prose('notes')],
  ['endnote|endnotes|end note|end notes|ending notes|afterword', prose('endNotes')],
];

const TAKE = new Map(FIELDS.flatMap(([keys, take]) => keys.split('|').map((key) => [key, take] as const)));

/**
 * Fills a work from front matter, reports in `work.unmapped` what has no place, and answers what the front matter says
 * of single chapters, in their order, for `layChapters`. Texts have the format of the body.
 */
export function applyFrontMatter(work: ImportedWork, fields: FrontMatterPairs, format: Format): ChapterFields[] {
  let chapters: ChapterFields[] = [];
  for (const [key, value] of fields.pairs) {
    const known = plainKey(key);
    if ((known === 'chapter' || known === 'chapters') && isChapterList(value)) {
      chapters = value.map((entry, i) => chapterFields(work, entry, i + 1, format));
      continue;
    }
    const take = TAKE.get(known === 'chapter' ? 'chapters' : known);
    if (take && value === null && known !== 'chapters') continue;
    if (!take?.(work, value, format)) work.unmapped.push(unmappedSentence(key, value));
  }
  return chapters;
}

/** Lays what front matter says of the chapters over the chapters found in the body, by order; the front matter wins. */
export function layChapters(work: ImportedWork, fields: ChapterFields[]): void {
  for (const [i, stated] of fields.entries()) {
    const chapter = work.chapters[i];
    if (!chapter) {
      if (Object.keys(stated).length > 0) {
        const name = stated.title ? ` (“${stated.title}”)` : '';
        work.unmapped.push(
          `The front matter describes chapter ${i + 1}${name}, but the text has only ${work.chapters.length}.`,
        );
      }
      continue;
    }
    if (stated.title && chapter.title && stated.title !== chapter.title) {
      work.unmapped.push(
        `Chapter ${i + 1} is headed “${chapter.title}” in the text; the front matter’s title was taken.`,
      );
    }
    Object.assign(chapter, stated);
  }
}

function isChapterList(value: FrontMatterValue): value is FrontMatterValue[] {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    (value.length > 1 || typeof value[0] !== 'string' || !/^[\d?/ ]+$/.test(value[0]))
  );
}

function chapterFields(work: ImportedWork, entry: FrontMatterValue, position: number, format: Format): ChapterFields {
  const chapter: ChapterFields = {};
  if (typeof entry === 'string' && entry.trim() !== '') chapter.title = entry.trim();
  if (entry === null || !isPairs(entry)) return chapter;
  for (const [key, value] of entry.pairs) {
    const said = asText(value);
    const day = said === null ? null : readDate(said);
    const known = plainKey(key);
    const take = TAKE.get(known);
    if (said === null && value === null) continue;
    if (known === 'title' && said) chapter.title = said.replace(/\s+/g, ' ');
    else if (take === TAKE.get('summary') && said) chapter.summary = { format, source: said };
    else if (take === TAKE.get('notes') && said) chapter.notes = { format, source: said };
    else if (take === TAKE.get('endnotes') && said) chapter.endNotes = { format, source: said };
    else if (take === TAKE.get('published') && day) chapter.published = day;
    else work.unmapped.push(unmappedSentence(`chapter ${position}, ${key}`, value));
  }
  return chapter;
}

function unmappedSentence(key: string, value: FrontMatterValue): string {
  const said = shown(value);
  return `Front matter “${key.slice(0, 60)}”${said === '' ? '' : `: ${said}`} has no place in a work.`;
}

function text(set: (work: ImportedWork, value: string) => void): Take {
  return (work, value) => {
    const said = asText(value)?.trim();
    if (said) set(work, said);
    return Boolean(said);
  };
}

function names(field: 'fandoms' | 'warnings' | 'categories' | 'relationships' | 'characters' | 'freeforms'): Take {
  return (work, value) => {
    const found = asNames(value);
    for (const name of found) if (!work[field].includes(name)) work[field].push(name);
    return found.length > 0 || (Array.isArray(value) && value.length === 0);
  };
}

function prose(field: 'summary' | 'notes' | 'endNotes'): Take {
  return (work, value, format) => {
    const said = asText(value);
    if (said === null) return typeof value === 'string';
    const before = work[field];
    work[field] = { format, source: before ? `${before.source}\n\n${said}` : said };
    return true;
  };
}

function date(field: 'published' | 'updated'): Take {
  return (work, value) => {
    const day = readDate(asText(value) ?? '');
    if (!day || work[field]) return false;
    work[field] = day;
    return true;
  };
}

/** Names, or mappings with a name and an address. A single text is split at its commas, but not before "Jr." */
function takeCreators(work: ImportedWork, value: FrontMatterValue): boolean {
  const entries = Array.isArray(value)
    ? value
    : typeof value === 'string'
      ? value.split(/[,，、](?!\s*(?:jr|sr|ii|iii|esq)\b)/i)
      : [value];
  let all = true;
  for (const entry of entries) {
    const pairs = entry !== null && isPairs(entry) ? entry : null;
    const name = pairs ? pick(pairs, 'name|pseud|creator|author') : asText(entry);
    const creator = creatorFrom(
      name ?? '',
      pairs ? absoluteLink(pick(pairs, 'url|link|profile') ?? undefined, undefined) : undefined,
    );
    if (!creator) all = false;
    else if (isAnonymous(creator.name)) work.unmapped.push(ANONYMOUS_SENTENCE);
    else {
      work.creators.push(creator);
      if (!creator.archivedBy && creator.name !== name?.replace(/\s+/g, ' ').trim()) {
        work.unmapped.push(`The account behind “${creator.name}” (front matter: “${name}”) is not shown in a byline.`);
      }
    }
  }
  return all;
}

/** One rating; further ones are named in the report. */
function takeRating(work: ImportedWork, value: FrontMatterValue): boolean {
  const [first, ...others] = (Array.isArray(value) ? value.map(asText) : [asText(value)]).filter(
    (rating) => rating !== null,
  );
  if (first === undefined || work.rating) return false;
  work.rating = first.trim();
  for (const other of others) work.unmapped.push(`A second rating, ${other}, has no place in a work.`);
  return true;
}

function takeSeries(work: ImportedWork, value: FrontMatterValue): boolean {
  const entries = Array.isArray(value) ? value : [value];
  const series = entries.map(seriesFrom);
  work.series.push(...series.filter((one) => one !== null));
  return !series.includes(null);
}

/** "Title #2", "Title (2)", "Part 2 of Title", a bare title, or a mapping of title, position and url. */
function seriesFrom(value: FrontMatterValue): ImportedSeries | null {
  if (value !== null && isPairs(value)) {
    const title = pick(value, 'title|name|series');
    const position = wholeNumber(pick(value, 'position|part|number|index|no'));
    const url = absoluteLink(pick(value, 'url|link|source') ?? undefined, undefined);
    return title ? { ...readSeriesText(title), ...(position ? { position } : {}), ...(url ? { url } : {}) } : null;
  }
  const said = asText(value)?.replace(/\s+/g, ' ').trim();
  return said ? readSeriesText(said) : null;
}

function readSeriesText(said: string): ImportedSeries {
  const before = /^part (\d{1,4}) of (?:the )?(.+)$/i.exec(said);
  if (before) return { title: before[2] ?? said, position: Number(before[1]) };
  const after = /^(.*\S)\s*(?:#\s*|,?\s+part\s+|\()(\d{1,4})\)?$/i.exec(said);
  return after && Number(after[2]) > 0 ? { title: after[1] ?? said, position: Number(after[2]) } : { title: said };
}

const STATUSES: readonly (readonly [RegExp, NonNullable<ImportedWork['status']>])[] = [
  [/^(?:complete|completed|finished|done|one-?shot|oneshot)$/, 'complete'],
  [/^(?:in[ -]progress|work[ -]in[ -]progress|wip|ongoing|incomplete|unfinished|updating)$/, 'in-progress'],
  [/^(?:on[ -])?hiatus$|^paused$/, 'on-hiatus'],
  [/^(?:discontinued|abandoned|dropped|cancell?ed)$/, 'discontinued'],
];

function takeStatus(work: ImportedWork, value: FrontMatterValue): boolean {
  const said = asText(value)?.trim().toLowerCase() ?? '';
  const status = STATUSES.find(([pattern]) => pattern.test(said))?.[1];
  if (!status) return false;
  work.status = status;
  return true;
}

/** `complete: yes`. A plain no says in progress; `completed: 2024-05-18` is the day of it. */
function takeComplete(work: ImportedWork, value: FrontMatterValue): boolean {
  const said = asText(value)?.trim().toLowerCase() ?? '';
  const day = readDate(said);
  if (day) work.updated ??= day;
  if (day || /^(?:yes|true|y|1|on)$/.test(said)) work.status ??= 'complete';
  else if (/^(?:no|false|n|0|off)$/.test(said)) work.status ??= 'in-progress';
  else return takeStatus(work, value);
  return true;
}

/** `12`, `3/12`, `3 of 12`, `3/?`, `?`, or null for a number not known. All of them posted means complete. */
function takePlannedChapters(work: ImportedWork, value: FrontMatterValue): boolean {
  const said = value === null ? '?' : (asText(value)?.trim() ?? '');
  const match = /^(?:(\d{1,6})\s*(?:\/|of)\s*)?(\d{1,6}|\?)$/i.exec(said);
  if (!match) return false;
  work.plannedChapters = match[2] === '?' ? null : Number(match[2]);
  if (match[1] !== undefined && Number(match[1]) === work.plannedChapters) work.status ??= 'complete';
  return true;
}

function takeWords(work: ImportedWork, value: FrontMatterValue): boolean {
  const words = wholeNumber(asText(value));
  if (words === null) return false;
  work.statedWords = words;
  return true;
}

function takeSource(work: ImportedWork, value: FrontMatterValue): boolean {
  const address = sourceAddress(asText(value) ?? '');
  if (!address || work.sourceUrl) return false;
  work.sourceUrl = address;
  return true;
}

function wholeNumber(said: string | null): number | null {
  const digits = (said ?? '').trim().replace(/(?<=\d)[,. \u00a0\u202f'](?=\d{3}(?!\d))/g, '');
  return /^\d{1,9}$/.test(digits) ? Number(digits) : null;
}

function pick(fields: FrontMatterPairs, keys: string): string | null {
  const wanted = keys.split('|');
  for (const [key, value] of fields.pairs) if (wanted.includes(plainKey(key))) return asText(value);
  return null;
}
