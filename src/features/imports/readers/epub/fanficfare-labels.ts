/** The labels on FanFicFare's title page, and where what stands after each belongs. */
import type { ImportedWork } from '../../imported-work.ts';
import { elementsNamed, findElement, hrefOf, htmlOf, isElement, textOf } from '../html-tree.ts';
import type { Content } from '../html-tree.ts';
import { absoluteLink } from '../source-address.ts';
import { readDate } from '../stated-date.ts';
import { shortened } from './metadata.ts';

type TagField = 'warnings' | 'categories' | 'fandoms' | 'relationships' | 'characters' | 'freeforms';

/** `Category` is what sites other than AO3 call the fandom; AO3's categories stand under `Genre`, or a label of their own. */
const TAG_LABELS: readonly (readonly [RegExp, TagField])[] = [
  [/^(?:category|categories|fandoms?|crossovers?)$/, 'fandoms'],
  [/^ao3 ?categor(?:y|ies)$/, 'categories'],
  [/^(?:genres?|freeform ?tags?|freeforms?|additional tags?|tags|extra ?tags|erotica tags?)$/, 'freeforms'],
  [/^characters?$/, 'characters'],
  [/^(?:relationships?|ships?|pairings?|couples?)$/, 'relationships'],
  [/^(?:content |archive )?warnings?$/, 'warnings'],
];

const AO3_CATEGORIES = new Set(['F/F', 'F/M', 'Gen', 'M/M', 'Multi', 'Other']);

const STATUS: readonly (readonly [RegExp, NonNullable<ImportedWork['status']>])[] = [
  [/^(?:completed?|finished|one-?shot)$/i, 'complete'],
  [/^(?:in[- ]progress|ongoing|wip)$/i, 'in-progress'],
  [/^(?:on[- ])?hiatus$/i, 'on-hiatus'],
  [/^(?:abandoned|discontinued|dropped|cancelled|canceled)$/i, 'discontinued'],
];

const OTHER_LABELS =
  /^(?:rating|language|status|published|updated|packaged|words|word count|chapters|chapter count|series(?: ?\d\d?)?|publisher|story url|site)$/;

export function isSummaryLabel(label: string): boolean {
  return /^(?:summary|description)$/i.test(label);
}

/** True for a label that has a place in a work, or is FanFicFare's own. */
export function isKnownLabel(label: string): boolean {
  const name = label.toLowerCase().trim();
  return TAG_LABELS.some(([pattern]) => pattern.test(name)) || OTHER_LABELS.test(name) || isSummaryLabel(name);
}

/** One label and the nodes after it into the work; what is not known is named in the report. */
export function takeLabel(label: string, value: readonly Content[], work: ImportedWork): void {
  const root = { type: 'root' as const, children: [...value] };
  const said = textOf(root);
  if (said === '') return;
  const name = label.toLowerCase().trim();
  const field = TAG_LABELS.find(([pattern]) => pattern.test(name))?.[1];
  if (field) for (const tag of valuesOf(value)) addTag(work, field, tag);
  else if (!takeField(name, said, value, work)) work.unmapped.push(`“${label}” at the source: ${shortened(said)}.`);
}

/** @returns false for a label that is not known, or a value that is not what it should be. */
function takeField(name: string, said: string, value: readonly Content[], work: ImportedWork): boolean {
  switch (name) {
    case 'rating':
      work.rating ??= said;
      return true;
    case 'language':
      work.language ??= said;
      return true;
    case 'summary':
    case 'description':
      if (work.summary) return false;
      work.summary = { format: 'html', source: htmlOf(withoutBreaksAround(value)) };
      return true;
    case 'status': {
      const status = STATUS.find(([pattern]) => pattern.test(said))?.[1];
      if (status) work.status ??= status;
      return status !== undefined;
    }
    case 'published':
    case 'updated': {
      const day = readDate(said);
      if (day !== null) work[name] ??= day;
      return day !== null;
    }
    case 'words':
    case 'word count': {
      const words = Number(said.replace(/[,.\s]/g, ''));
      if (Number.isSafeInteger(words)) work.statedWords ??= words;
      return Number.isSafeInteger(words);
    }
    case 'chapters':
    case 'chapter count':
      return takeChapters(said, work);
    case 'series':
      takeSeries(value, work);
      return true;
    case 'publisher':
    case 'story url':
    case 'site':
      // The address of the work says the same.
      return work.sourceUrl !== undefined;
    default:
      return /^series ?\d\d?$/.test(name) && (takeSeries(value, work), true);
  }
}

/** "8", "8/8" or "3/?": how many there are, and how many are planned. */
function takeChapters(said: string, work: ImportedWork): boolean {
  const stated = /^([\d,]+)(?:\s*\/\s*([\d,]+|\?))?$/.exec(said);
  if (!stated) return false;
  const number = (written: string): number => Number(written.replaceAll(',', ''));
  if (stated[2] !== undefined) work.plannedChapters = stated[2] === '?' ? null : number(stated[2]);
  return true;
}

function addTag(work: ImportedWork, field: TagField, tag: string): void {
  const isCategory = field === 'freeforms' && AO3_CATEGORIES.has(tag) && isOtwarchive(work);
  const list = work[isCategory ? 'categories' : field];
  if (!list.includes(tag)) list.push(tag);
}

function isOtwarchive(work: ImportedWork): boolean {
  return /\/works\/\d+$/.test(work.sourceUrl ?? '');
}

/** The names: of links each its own text, since a name may have commas; of plain text what stands between commas. */
function valuesOf(value: readonly Content[]): string[] {
  const root = { type: 'root' as const, children: [...value] };
  const links = elementsNamed(root, 'a').map(textOf);
  const loose = value
    .map((node) => (findElement(node, ({ tagName }) => tagName === 'a') ? ',' : textOf(node)))
    .join(' ')
    .split(/,/);
  const names = links.length > 0 ? [...links, ...loose] : textOf(root).split(/,\s*/);
  return names.map((name) => name.replace(/\s+/g, ' ').trim()).filter((name) => name !== '');
}

/** "<a>Harbour</a> [2], Other [1]" */
function takeSeries(value: readonly Content[], work: ImportedWork): void {
  const root = { type: 'root' as const, children: [...value] };
  const links = elementsNamed(root, 'a');
  for (const written of textOf(root).split(/(?<=\[[\d.]{1,6}\]),\s*/)) {
    const [, title = written, place] = /^(.{1,300}?)\s*\[([\d.]{1,6})\]$/.exec(written.trim()) ?? [];
    if (title.trim() === '' || work.series.some((one) => one.title === title)) continue;
    const position = Number(place);
    const link = links.find((one) => textOf(one).startsWith(title));
    const url = absoluteLink(link ? hrefOf(link) : undefined, work.sourceUrl);
    work.series.push({
      title,
      ...(Number.isInteger(position) && position > 0 ? { position } : {}),
      ...(url === undefined ? {} : { url }),
    });
  }
}

function withoutBreaksAround(nodes: readonly Content[]): Content[] {
  const means = (node: Content): boolean => !isElement(node, 'br') && (isElement(node) || textOf(node) !== '');
  const first = nodes.findIndex(means);
  return first < 0 ? [] : nodes.slice(first, nodes.findLastIndex(means) + 1);
}
