/** A settled and cleaned work as the draft that will be kept: whose it is, who may see it, what a person should look at. */
import { asHtml } from '../../../platform/html/as-html.ts';
import type { ImportOptions } from '../import-options.ts';
import type { WritingDefaults } from '../../accounts/index.ts';
import { overLimits, type NewWork, type NewWorkDefaults } from '../../works/index.ts';
import type { CleanedWork } from './clean-texts.ts';
import { settleDay, type Known, type SettledWork } from './settle.ts';

/** How somebody's own works begin, as they have said for all of them. */
export interface Beginning extends NewWorkDefaults, WritingDefaults {}

/**
 * A work with the notes of its importer where the source has none. Those are HTML, and one notation holds for all that stands around a
 * work: where the source has another, its own summary and notes become HTML too.
 */
export function begunAs(begun: Beginning | null, settled: SettledWork): SettledWork {
  const takesNotes = settled.notes === '' && begun !== null && begun.notes !== '';
  const takesEndNotes = settled.endNotes === '' && begun !== null && begun.endNotes !== '';
  if (!takesNotes && !takesEndNotes) return settled;
  const own = (source: string) => asHtml({ format: settled.format, source });
  return {
    ...settled,
    format: 'html',
    summary: own(settled.summary),
    notes: takesNotes ? begun.notes : own(settled.notes),
    endNotes: takesEndNotes ? begun.endNotes : own(settled.endNotes),
  };
}

/** `notices`: what to look at first. */
export function newWorkOf(
  settled: SettledWork,
  cleaned: CleanedWork,
  how: {
    options: ImportOptions;
    importer: { accountId: number; pseudId: number };
    begun: Beginning | null;
    known: Pick<Known, 'now'>;
  },
  repairs: readonly string[],
  notices: readonly string[],
): NewWork {
  const { options, importer, begun } = how;
  const others = !options.mine;
  const site = options.sample
    ? 'samples'
    : settled.sourceUrl
      ? new URL(settled.sourceUrl).host.replace(/^www\./, '')
      : '';
  return {
    title: settled.title,
    language: settled.language ?? (begun?.language || null),
    status: settled.status,
    plannedChapters: settled.plannedChapters,
    format: settled.format,
    summary: cleaned.summary,
    notes: cleaned.notes,
    endNotes: cleaned.endNotes,
    rules: cleaned.rules,
    tags: settled.tags,
    creators: others
      ? settled.creators.map((creator) => ({
          kind: 'imported' as const,
          name: creator.name,
          site,
          url: creator.url ?? null,
        }))
      : [{ kind: 'pseud' as const, pseudId: importer.pseudId }],
    archivedBy: others ? importer.pseudId : null,
    restricted: others ? !options.public : (begun?.restricted ?? false),
    noindex: others || (begun?.noindex ?? false),
    ...(begun ? { decisions: begun } : {}),
    sample: options.sample,
    sourceUrl: settled.sourceUrl,
    notices: [
      ...notices,
      ...settled.unmapped,
      ...repairs,
      ...overLimits({
        title: settled.title,
        summary: cleaned.summary.html,
        notes: cleaned.notes.html,
        endNotes: cleaned.endNotes.html,
        tags: settled.tags,
        chapters: cleaned.chapters.map((chapter) => ({ html: chapter.text.html })),
      }),
    ],
    postedAt: settled.postedAt,
    updatedAt: settled.updatedAt,
    chapters: cleaned.chapters.map((chapter, index) => ({
      ...chapter,
      postedAt: settleDay(settled.chapters[index]?.published, how.known.now) ?? settled.postedAt,
    })),
    savedBy: importer.accountId,
  };
}
