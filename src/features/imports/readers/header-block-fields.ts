/** From the labels of a header block to the fields of a work, as written; what has no place is named. */
import { escapeHtml } from '../../../platform/html/text.ts';
import type { ImportedText, ImportedWork } from '../imported-work.ts';
import { ANONYMOUS_SENTENCE, creatorFrom, isAnonymous } from './creator-name.ts';
import { applyFrontMatter } from './front-matter-fields.ts';
import { shown } from './front-matter-value.ts';
import { findHeaderBlock, PROSE } from './header-block.ts';
import type { HeaderBlock, HeaderField } from './header-block.ts';
import { absoluteLink } from './source-address.ts';

type Format = ImportedText['format'];

export const MAIL_SENTENCE = 'The source names an e-mail address; it is in the original only.';

/**
 * Reads the header block a text opens with into the work, and answers the text without it. A text without a block is
 * answered as it is.
 */
export function takeHeader(work: ImportedWork, text: string, format: Format): string {
  const block = findHeaderBlock(text);
  if (!block) return text;
  applyHeaderBlock(work, block, format);
  return text.slice(0, block.from) + text.slice(block.to);
}

/**
 * Lays a block over a work. What the work has already stays. Ratings and warnings are never guessed: a rating is passed on
 * as written, a warning is an archive warning only by its exact name, everything else is an additional tag.
 */
export function applyHeaderBlock(work: ImportedWork, block: HeaderBlock, format: Format): void {
  const notes: string[] = [];
  let mail = false;
  for (const field of block.fields) {
    const value = withoutMail(withoutMarks(field.value), PROSE.has(field.name) ? MAIL_STANDS_FOR : '');
    const hadMail = value !== withoutMarks(field.value);
    mail ||= hadMail;
    if (value.replaceAll(MAIL_STANDS_FOR, '').trim() === '') continue;
    if (!take(work, { ...field, value }, format, notes)) work.unmapped.push(atSource(field.label, value));
  }
  if (mail) work.unmapped.push(MAIL_SENTENCE);
  if (notes.length > 0) {
    const said = prose(notes.join('\n\n'), format);
    work.notes = { format, source: work.notes ? `${work.notes.source}\n\n${said}` : said };
  }
  work.repairs.push(...said(block));
}

function said(block: HeaderBlock): string[] {
  const labels = block.fields.map((field) => field.label).filter((label) => label !== '');
  const unsure = block.fields.filter((field) => field.certainty < 0.8).map((field) => field.label);
  return [
    `The ${block.flat ? 'labels' : 'lines'} at the head of the text (${shown(labels)}) were read as fields.`,
    ...unsure.map((label) => `Where “${label}” ends could not be told; its first sentence was taken.`),
  ];
}

function atSource(label: string, value: string): string {
  return `“${label.slice(0, 60)}” at the source: ${shown(value)}.`.replace(/([.!?…])\.$/u, '$1');
}

/** True when the value found its place. */
function take(work: ImportedWork, field: HeaderField, format: Format, notes: string[]): boolean {
  const { name, value, label } = field;
  const line = value.replace(/\s+/g, ' ');
  switch (name) {
    case 'title':
      if (work.title !== undefined) return work.title === line;
      work.title = line;
      return true;
    case 'creators':
      return takeCreators(work, line);
    case 'fandoms':
      return addNames(work.fandoms, value.split(FANDOM_COMMA));
    case 'relationships':
      return addNames(work.relationships, namesIn(value));
    case 'characters':
      return addNames(work.characters, namesIn(value));
    case 'cast':
      return takeCast(work, value);
    case 'rating':
      return takeRating(work, line, label);
    case 'warnings':
      return takeWarnings(work, value, label, notes);
    case 'categories':
      return takeCategories(work, value);
    case 'freeforms':
      return addNames(work.freeforms, namesIn(value));
    case 'summary':
      if (work.summary) return false;
      work.summary = { format, source: prose(value, format) };
      return true;
    case 'notes':
      notes.push(value);
      return true;
    case 'disclaimer':
    case 'credit':
      notes.push(`${label}: ${value}`);
      return true;
    case 'series':
      return takeSeries(work, line);
    case 'show':
      // In most languages the show is meant, which is a fandom at times and at times the series of stories.
      return /(?:#|\bteil|\bpart(?:e|ie)?|часть)\s?\d/iu.test(line) && takeSeries(work, line);
    case 'status':
      return asFrontMatter(work, /^(?:complete|completed)$/i.test(label) ? 'complete' : 'status', statusWord(line));
    case 'words':
      return asFrontMatter(
        work,
        'words',
        line.replace(/\s*(?:words?|wörter|mots|palabras|palavras|parole|слов|字)\.?$/iu, ''),
      );
    case 'published':
    case 'updated':
    case 'chapters':
    case 'language':
    case 'source':
      return asFrontMatter(work, name, line);
    case 'email':
    case 'other':
      return false;
  }
}

/** A bare value that says there is none. */
const NOTHING =
  /^(?:none|no|n\/a|na|nil|nothing|keine?|aucune?|ningun[oa]|nenhum|nenhuma|nessun[oa]?|нет|无|無|[-–—]+)[.!]?$/iu;
const MAIL_STANDS_FOR = '(e-mail address)';
const MAIL =
  /[<([{]?\s?(?:mailto:)?[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,6}\s?[>)\]}]?/gu;

function withoutMail(value: string, standsFor: string): string {
  return value.includes('@')
    ? value
        .replace(MAIL, ` ${standsFor} `)
        .replace(/[ \t]{2,}/g, ' ')
        .trim()
    : value;
}

/** Bold and underscores around a whole value, as chat and forums wrote them. */
function withoutMarks(value: string): string {
  const bare = value.replace(/^(?:\[[biu]\]){1,3}|(?:\[\/[biu]\]){1,3}$/gi, '').trim();
  return /^([*_]{1,3})([^*_][^*_\n]*)\1$/.exec(bare)?.[2]?.trim() ?? bare;
}

const FANDOM_COMMA = /[,，、;；\n](?!\s*(?:the|der|die|das|le|la|les)\b)/i;

/** Pieces between commas, semicolons and lines; not within brackets: "A/B (past, mentioned), C/D". */
function namesIn(value: string): string[] {
  const names: string[] = [];
  let depth = 0;
  let name = '';
  for (const sign of value) {
    if (/[([（]/.test(sign)) depth++;
    if (/[)\]）]/.test(sign)) depth = Math.max(0, depth - 1);
    if (sign === '\n' || (depth === 0 && /[,;，、；]/.test(sign))) {
      names.push(name);
      name = '';
    } else name += sign;
  }
  return [...names, name];
}

/** False when nothing in the value is a name ("Pairing: none"). */
function addNames(list: string[], names: readonly string[]): boolean {
  const real = names
    .map((name) =>
      name
        .replace(/\s+/g, ' ')
        .trim()
        .replace(/(?<=\p{L}{2})\.$/u, ''),
    )
    .filter((name) => name !== '');
  const [first] = real;
  if (first === undefined || (real.length === 1 && NOTHING.test(first))) return false;
  for (const name of real) if (!list.includes(name)) list.push(name);
  return true;
}

const AND = /\s*[,;，、；/]\s*|\s+(?:&|\+|and|und|et|y|e|и|with|mit)\s+|\s?和\s?/u;

/** "by X", "X and Y", "X (http://…)". Two names in one are parted, since a byline lists creators. */
function takeCreators(work: ImportedWork, line: string): boolean {
  const links = line.match(/https?:\/\/[^\s<>()[\]"]{1,300}/g) ?? [];
  const bare = line
    .replace(/[<([]?\s?https?:\/\/[^\s<>()[\]"]{1,300}\s?[>)\]]?/g, ' ')
    .replace(/^\s*(?:written\s+)?(?:by|von|par|por|di)\s+/i, '');
  const pieces = bare
    .split(nameBreaks(bare))
    .map((piece) => piece.trim())
    .filter((piece) => piece !== '');
  for (const piece of pieces) {
    const creator = creatorFrom(piece, pieces.length === 1 ? absoluteLink(links[0], undefined) : undefined);
    if (!creator) continue;
    if (isAnonymous(creator.name)) work.unmapped.push(ANONYMOUS_SENTENCE);
    else if (!work.creators.some((one) => one.name === creator.name)) work.creators.push(creator);
    if (!creator.archivedBy && creator.name !== piece) {
      work.unmapped.push(`The account behind “${creator.name}” (header: “${piece}”) is not shown in a byline.`);
    }
  }
  if (pieces.length > 1) for (const link of links) work.unmapped.push(`The author line also links to ${link}.`);
  return pieces.length > 0;
}

/** "John Doe, Jr." is one name. */
function nameBreaks(line: string): RegExp {
  return /,\s*(?:jr|sr|esq|ii|iii)\b/i.test(line) ? /\s+(?:&|and|und|et|y|e|и)\s+/u : AND;
}

function takeCast(work: ImportedWork, value: string): boolean {
  const names = namesIn(value);
  const isPair = (name: string): boolean => /\/|\s(?:x|&)\s/i.test(name);
  const pairs = addNames(work.relationships, names.filter(isPair));
  return (
    addNames(
      work.characters,
      names.filter((name) => !isPair(name)),
    ) || pairs
  );
}

const RATING =
  /^((?:pg|nc|fr|fs?k|p)-?\s?\d{1,2}|pg|ma|k\+?|[grtmx](?:-rated)?|\d{1,2}\+|teen|mature|explicit|general|adult)(?:\s*[,;(]|\s+[-–—]\s|\s+(?:for|due|because|wegen|pour|por)\s)/iu;

/** As written. A reason after it ("PG-13 for language") goes into the report, so that the rating is found. */
function takeRating(work: ImportedWork, line: string, label: string): boolean {
  if (work.rating !== undefined) return false;
  const token = RATING.exec(line)?.[1]?.trim();
  work.rating = token ?? line.replace(/(?<=\w)\.$/, '');
  if (token !== undefined) work.unmapped.push(atSource(label, line));
  return true;
}

/** The names an otwarchive has or had for its warnings, the sixth included, by which such files are refused. */
const ARCHIVE_WARNINGS = new Set(
  [
    'Choose Not To Use Archive Warnings',
    'Creator Chose Not To Use Archive Warnings',
    'No Archive Warnings Apply',
    'Graphic Depictions Of Violence',
    'Major Character Death',
    'Rape/Non-Con',
    'Underage',
    'Underage Sex',
  ].map((name) => name.toLowerCase()),
);
/** Longer pieces are sentences, not tags. */
const TAG_WORDS = 8;

function takeWarnings(work: ImportedWork, value: string, label: string, notes: string[]): boolean {
  const names = namesIn(value)
    .map((name) => name.replace(/\s+/g, ' ').trim())
    .filter((name) => name !== '');
  const isWarning = (name: string): boolean => ARCHIVE_WARNINGS.has(name.replace(/\.$/, '').toLowerCase());
  addNames(work.warnings, names.filter(isWarning));
  const others = names.filter((name) => !isWarning(name));
  if (others.length === 0) return names.length > 0;
  if (others.some((name) => name.split(' ').length > TAG_WORDS || /[.!?]\s/.test(name))) {
    notes.push(`${label}: ${value}`);
    return true;
  }
  return addNames(work.freeforms, others) || names.length > others.length;
}

const CATEGORIES = new Set(['F/F', 'F/M', 'Gen', 'M/M', 'Multi', 'Other']);

/** “Category” in old headers is a genre, “slash” or a fandom; only the archive's own words, as it writes them, are its own. */
function takeCategories(work: ImportedWork, value: string): boolean {
  const names = namesIn(value).map((name) => name.trim());
  const own = names.filter((name) => CATEGORIES.has(name));
  addNames(work.categories, own);
  return (
    addNames(
      work.freeforms,
      names.filter((name) => !CATEGORIES.has(name)),
    ) || own.length > 0
  );
}

function takeSeries(work: ImportedWork, line: string): boolean {
  if (NOTHING.test(line)) return false;
  const english = line
    .replace(/^(?:teil|partie|parte|часть)\s+(\d{1,4})\s+(?:von|de la|de|du|da|do|di|из)\s+/iu, 'Part $1 of ')
    .replace(/,?\s+(?:teil|partie|parte|часть)\s+(\d{1,4})$/iu, ' #$1');
  return asFrontMatter(work, 'series', english);
}

const STATUS_WORDS: readonly (readonly [RegExp, string])[] = [
  [
    /^(?:abgeschlossen|fertig|beendet|complète?|terminée?|finie?|complet[oa]|terminad[oa]|finalizad[oa]|concluíd[oa]|completat[oa]|conclus[oa]|заверш[её]н[оа]?|закончен[оа]?|完结|完結|已完结)[.!]?$/iu,
    'complete',
  ],
  [
    /^(?:in arbeit|unvollendet|laufend|en cours|en proceso|en progreso|em andamento|in corso|в процессе|连载|連載|连载中)[.!]?$/iu,
    'in progress',
  ],
  [/^(?:pausiert|en pause|en pausa|em pausa|in pausa|заморожен[оа]?|暂停)[.!]?$/iu, 'on hiatus'],
  [/^(?:abgebrochen|abandonnée?|abandonad[oa]|abbandonat[oa]|заброшен[оа]?|弃坑)[.!]?$/iu, 'abandoned'],
];

function statusWord(line: string): string {
  const said = STATUS_WORDS.find(([pattern]) => pattern.test(line))?.[1] ?? line.replace(/[.!]$/, '');
  return /^(?:ja|oui|sí|si|sim|да|是)$/iu.test(said) ? 'yes' : /^(?:nein|non|não|нет|否)$/iu.test(said) ? 'no' : said;
}

/** Reads a value as front matter would; false, and nothing said, where it cannot. */
function asFrontMatter(work: ImportedWork, key: string, value: string): boolean {
  const before = work.unmapped.length;
  applyFrontMatter(work, { pairs: [[key, value]] }, 'text');
  if (work.unmapped.length === before) return true;
  work.unmapped.length = before;
  return false;
}

/** Lines of a value in the notation of the work's texts. */
function prose(value: string, format: Format): string {
  if (format !== 'html') return value;
  return value
    .split(/\n{2,}/)
    .map((paragraph) => `<p>${escapeHtml(paragraph).replaceAll('\n', '<br>')}</p>`)
    .join('\n');
}
