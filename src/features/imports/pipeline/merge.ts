/** Several files that are one work: their chapters in order, and what they say of the work. Pure. */
import type { ImportedChapter, ImportedWork } from '../imported-work.ts';
import type { MetadataRow } from './metadata.ts';

export interface Part {
  /** The file's own name. */
  name: string;
  work: ImportedWork;
  said: MetadataRow | null;
}

/**
 * Parts in order in, one work out: the first part that speaks of a field decides, lists are joined, and what a later part
 * says otherwise is named. A part of one chapter without a title takes what metadata calls it, else its own title.
 */
export function mergeParts(parts: readonly Part[]): ImportedWork {
  const [first, ...others] = parts;
  if (!first) throw new Error('A work is made of at least one file.');
  const merged: ImportedWork = { ...first.work, chapters: [...chaptersOf(first, parts.length > 1)] };
  delete merged.rescue;
  if (parts.length > 1 && first.said?.work) Object.assign(merged, { title: first.said.work });
  // "Story 01" is the name of a part; the work is "Story".
  if (parts.length > 1 && merged.titleDerived === 'name' && merged.title !== undefined)
    merged.title = merged.title.replace(/[\s_.–-]{0,5}\(?\d{1,4}\)?$/u, '') || merged.title;
  for (const part of others) {
    merged.chapters.push(...chaptersOf(part, true));
    for (const name of ['warnings', 'categories', 'fandoms', 'relationships', 'characters', 'freeforms'] as const)
      merged[name] = [...new Set([...merged[name], ...part.work[name]])];
    for (const creator of part.work.creators) {
      if (!merged.creators.some((one) => one.name === creator.name)) merged.creators = [...merged.creators, creator];
    }
    for (const series of part.work.series) {
      if (!merged.series.some((one) => one.title === series.title)) merged.series = [...merged.series, series];
    }
    for (const name of ['summary', 'notes', 'endNotes', 'rating', 'language', 'sourceUrl', 'published'] as const) {
      const value = part.work[name];
      if (value === undefined) continue;
      if (merged[name] === undefined) Object.assign(merged, { [name]: value });
      else if (JSON.stringify(merged[name]) !== JSON.stringify(value))
        merged.unmapped = [
          ...merged.unmapped,
          `${part.name} says another ${WORDS[name]}; that of ${first.name} was taken.`,
        ];
    }
    const latest = [merged.updated, part.work.updated, part.work.published]
      .filter((day) => day !== undefined)
      .toSorted()
      .at(-1);
    if (latest !== undefined) merged.updated = latest;
    if (part.work.statedWords !== undefined) merged.statedWords = (merged.statedWords ?? 0) + part.work.statedWords;
    merged.unmapped = [...merged.unmapped, ...part.work.unmapped.filter((one) => !merged.unmapped.includes(one))];
    merged.repairs = [...merged.repairs, ...part.work.repairs.map((one) => `${part.name}: ${one}`)];
  }
  if (parts.length > 1 && typeof merged.plannedChapters === 'number' && merged.plannedChapters < merged.chapters.length)
    delete merged.plannedChapters;
  return merged;
}

const WORDS = {
  summary: 'summary',
  notes: 'text of notes',
  endNotes: 'text of end notes',
  rating: 'rating',
  language: 'language',
  sourceUrl: 'source address',
  published: 'date',
} as const;

function chaptersOf(part: Part, isOneOfMany: boolean): ImportedChapter[] {
  const { chapters } = part.work;
  const [only] = chapters;
  if (chapters.length !== 1 || !only) return chapters;
  const title =
    part.said?.chapter ?? only.title ?? (isOneOfMany && !part.work.titleDerived ? part.work.title : undefined);
  return [{ ...only, ...(title === undefined ? {} : { title }) }];
}
