/** The review of one work that came in by import: what was guessed, what was mended, what it lacks before it can be posted. */
import type { Hono } from 'hono';
import type { Ground } from '../../platform/ground.ts';
import { pageAsked, readForm } from '../../platform/http/form.ts';
import { plainText } from '../../platform/html/text.ts';
import { showPage } from '../../ui/show.ts';
import type { Language as LanguageView } from '../../ui/site-view.ts';
import { seeOther, type ArchiveContext, type ArchiveEnv } from '../accounts/index.ts';
import type { BrowseIndex } from '../browse/index.ts';
import { siteRules, TITLE_CHARACTERS } from '../site/index.ts';
import { languages, vocabulary, type Term } from '../tags/index.ts';
import {
  chapterTexts,
  editWork,
  errorsFor,
  findWork,
  mayChangeWork,
  missingForPosting,
  MISSING_WORDS,
  postWork,
  readChanges,
  valuesOf,
  workPath,
  type EditErrors,
  type WorkWhole,
} from '../works/index.ts';
import { countGuesses } from './guesses.ts';
import { importPath, pages, reviewPath } from './imports.view.ts';
import { ReviewPage } from './pages/ReviewPage.tsx';
import { blockElementId, blockViews, guessViews } from './pages/review-marks.ts';
import type { ReviewDetailsValues, ReviewTextView, ReviewView } from './pages/import-view.ts';
import { actOnWork, inOtherFiles } from './pipeline/act-on-works.ts';
import { knownNames } from './pipeline/known-names.ts';
import { sourceOfRescue } from './pipeline/review.ts';
import { originalsKept } from './queries.ts';
import { reviewBlocks } from './restore/review.ts';
import { markReviewed } from './review.actions.ts';
import { actFrom, detailsFrom, detailsOf, fragmentOf, suggestedNames } from './review.form.ts';
import { importOfWork, rescuesOf, sourceOf } from './review.queries.ts';
import { guessKinds, reviewPlace, sureKinds } from './review.view.ts';
import { standingWorks } from './runs.queries.ts';
import { openUpdates } from './updates.queries.ts';

const BLOCKS_PER_PAGE = 100;
const GUESSES_PER_PAGE = 20;
/** So much of a text is looked through for names. */
const TEXT_FOR_NAMES = 400_000;

/** @param index what counts the names that texts are looked through for. */
export function reviewRoutes(web: Hono<ArchiveEnv>, ground: Ground, index: BrowseIndex): void {
  const { db, now } = ground;
  const handle = db.reads;
  const suggestFor = knownNames(ground, index);

  const ownWork = async (c: ArchiveContext): Promise<(WorkWhole & { isImported: true }) | null> => {
    const work = await findWork(handle, c.var.viewer, c.req.param('id') ?? '');
    if (!work || !mayChangeWork(c.var.viewer, work) || !(await sourceOf(handle, work))) return null;
    return { ...work, isImported: true };
  };

  const showReview = async (
    c: ArchiveContext,
    work: WorkWhole,
    typed: { values: ReviewDetailsValues; errors: EditErrors } | null,
  ) => {
    const view = await reviewView(c, work, typed);
    return showPage(c, <ReviewPage site={c.var.site} view={view} />, typed === null ? 200 : 422);
  };

  const reviewView = async (
    c: ArchiveContext,
    work: WorkWhole,
    typed: { values: ReviewDetailsValues; errors: EditErrors } | null,
  ): Promise<ReviewView> => {
    const { viewer } = c.var;
    const source = await sourceOf(handle, work);
    const known = (await languages(handle)).map(({ code, name, direction }) => ({ code, name, dir: direction }));
    const language = known.find((one) => one.code === work.language) ?? null;
    const words = await vocabulary(handle);
    const rules = await siteRules(handle);
    const run = await importOfWork(handle, viewer, work.id);
    const works = run ? await standingWorks(handle, run.id) : [];
    const others = works.filter((one) => one.id !== work.id && (one.guesses > 0 || !one.reviewed));
    const at = works.findIndex((one) => one.id === work.id);
    const next = others.find((one) => works.indexOf(one) > at) ?? others[0];
    const nextWork = next ? await findWork(handle, viewer, next.publicId) : null;
    const update = (await openUpdates(handle, [work.id])).get(work.id);
    const originals = await originalsKept(handle, work.id);
    const values = typed?.values ?? detailsOf(valuesOf(work, words));
    const missing = missingForPosting({ ...work, chapters: work.chapters.length }).map((one) => MISSING_WORDS[one]);
    const choices = (terms: readonly Term[]) => terms.map((term) => ({ value: term.code, label: term.label }));
    return {
      work: {
        href: workPath(work),
        title: work.title,
        language,
        creators: work.creators.map((creator) => creator.name),
        state: work.state === 'posted' ? 'posted' : 'draft',
        words: work.words,
        chapters: work.chapters.length,
        editHref: `/works/${work.publicId}/edit`,
        originals: originals.map((one, i) => ({
          name: one.fileName,
          href: `/works/${work.publicId}/original${i === 0 ? '' : `?part=${i + 1}`}`,
        })),
      },
      missing,
      post: work.state === 'draft' && missing.length === 0 ? { action: `/works/${work.publicId}/publication` } : null,
      details: {
        target: { action: `${reviewPath(work.publicId)}/details`, fields: { version: String(work.version) } },
        values,
        errors: typed?.errors ?? {},
        titleDerived: source?.titleDerived ?? false,
        languageGuessed: source?.languageGuessed ?? false,
        suggested: suggestedNames(await suggestFor(viewer, await textOf(work)), values),
        choices: {
          ratings: words.ratings
            .filter((term) => !rules.refusedRatings.has(term.code))
            .map((term) => ({ value: term.code, label: term.label })),
          warnings: choices(words.warnings),
          categories: choices(words.categories),
          languages: known,
        },
        titleLimit: TITLE_CHARACTERS,
      },
      text: await textView(c, work, language, others.filter((one) => one.guesses > 0).length),
      repairs: [...work.notices],
      unmapped: countedWords(work, source?.statedWords ?? null),
      updateHref: update === undefined ? null : `/works/${work.publicId}/updates/${update}`,
      importHref: run ? importPath(run) : null,
      next: nextWork ? { href: reviewPath(nextWork.publicId), title: nextWork.title, language: null } : null,
      left: others.filter((one) => one.guesses > 0).length,
    };
  };

  const textOf = async (work: WorkWhole): Promise<string> => {
    let text = '';
    for (const chapter of await chapterTexts(handle, work.chapters)) {
      text += `${plainText(chapter.html)}\n`;
      if (text.length > TEXT_FOR_NAMES) break;
    }
    return text.slice(0, TEXT_FOR_NAMES);
  };

  const textView = async (
    c: ArchiveContext,
    work: WorkWhole,
    language: LanguageView | null,
    others: number,
  ): Promise<ReviewTextView | null> => {
    const rescues = await rescuesOf(handle, work);
    const asked = Number(c.req.query('part') ?? '');
    const kept = rescues.find((one) => one.position === asked) ?? rescues[0];
    const source = kept ? await sourceOfRescue(ground, kept) : null;
    if (!kept || source === null) return null;
    const blocks = reviewBlocks(source, kept.rescue);
    const asks = { chapter: pageAsked(c.req.query('chapter')), page: pageAsked(c.req.query('page')) };
    const place = reviewPlace(blocks, asks, BLOCKS_PER_PAGE);
    const href = (more: Record<string, number>) => placeHref(work, { part: kept.position, ...more });
    const blockOf = new Map(blocks.flatMap((block, i) => block.repairs.map((repair) => [repair.id, i] as const)));
    const guesses = guessViews(source, kept.rescue, (repair) => {
      const at = blockOf.get(repair.id) ?? 0;
      const block = blocks[at];
      return `${href(place.placeOf(at))}${block ? `#${blockElementId(kept.position, block)}` : ''}`;
    });
    const guessPage = pageAsked(c.req.query('guesses'));
    return {
      target: {
        action: reviewPath(work.publicId),
        fields: {
          version: String(kept.version),
          part: String(kept.position),
          chapter: String(place.chapter),
          page: String(place.page),
          guesses: String(guessPage),
        },
      },
      language,
      guessTotal: guesses.length,
      guesses: guesses.slice((guessPage - 1) * GUESSES_PER_PAGE, guessPage * GUESSES_PER_PAGE),
      guessPages: pages(guessPage, guesses.length, GUESSES_PER_PAGE, (number) =>
        href({ chapter: place.chapter, page: place.page, guesses: number }),
      ),
      kinds: guessKinds(kept.rescue),
      others,
      sure: sureKinds(kept.rescue),
      sections:
        rescues.length > 1
          ? rescues.map((one) => ({
              label: one.fileName,
              href: placeHref(work, { part: one.position }),
              current: one === kept,
              guesses: countGuesses(one.rescue),
            }))
          : place.chapters > 1
            ? Array.from({ length: place.chapters }, (_, i) => ({
                label: `Chapter ${i + 1}`,
                href: href({ chapter: i + 1 }),
                current: place.chapter === i + 1,
                guesses: 0,
              }))
            : [],
      // All of them: italics of a page carry on from block to block.
      blocks: blockViews(source, kept.rescue, blocks, kept.position).slice(place.from, place.to),
      pages: pages(place.page, place.inChapter, BLOCKS_PER_PAGE, (number) =>
        href({ chapter: place.chapter, page: number }),
      ),
    };
  };

  web.get('/works/:id/review', async (c) => {
    const work = await ownWork(c);
    return work ? showReview(c, work, null) : c.notFound();
  });

  web.post('/works/:id/review', async (c) => {
    const work = await ownWork(c);
    const { viewer } = c.var;
    const { accountId } = viewer;
    if (!work || accountId === null) return c.notFound();
    const form = await readForm(c);
    const rescues = await rescuesOf(handle, work);
    const kept = rescues.find((one) => one.position === Number(form.one('part') ?? '1'));
    if (!kept) return c.notFound();
    const back = (fragment: string) =>
      `${placeHref(work, {
        part: kept.position,
        chapter: Number(form.one('chapter') ?? '') || 1,
        page: Number(form.one('page') ?? '') || 1,
        guesses: Number(form.one('guesses') ?? '') || 1,
      })}${fragment}`;
    if (form.one('version') !== String(kept.version))
      return seeOther(c, back(''), {
        kind: 'refused',
        text: 'This text was changed meanwhile, perhaps in another tab. Look at it as it is now.',
      });
    const source = await sourceOfRescue(ground, kept);
    const act = source === null ? null : actFrom(form, kept, source);
    if (act === null) return seeOther(c, back(''), { kind: 'refused', text: 'Choose what to do with it first.' });
    const me = { ...viewer, accountId };
    const problem = await actOnWork(ground, me, work, kept, act);
    if (problem !== null) return seeOther(c, back(fragmentOf(form, kept)), { kind: 'refused', text: problem });
    if (!('kind' in act) || form.one('everywhere') === undefined) return seeOther(c, back(fragmentOf(form, kept)));
    const elsewhere = await inOtherFiles(ground, me, work, act);
    return seeOther(c, back(''), {
      kind: 'done',
      text: `The same was done in ${elsewhere} other ${elsewhere === 1 ? 'work' : 'works'} of this import.`,
    });
  });

  web.post('/works/:id/review/details', async (c) => {
    const work = await ownWork(c);
    const { viewer } = c.var;
    if (!work || viewer.accountId === null) return c.notFound();
    const form = await readForm(c);
    const words = await vocabulary(handle);
    const stored = valuesOf(work, words);
    const values = detailsFrom(form, stored);
    const read = readChanges(
      { ...stored, ...values },
      { vocabulary: words, languages: await languages(handle), chapters: work.chapters.length, stored: work },
    );
    if ('errors' in read) return showReview(c, work, { values, errors: read.errors });
    const madeFrom = /^\d{1,9}$/.test(form.one('version') ?? '') ? Number(form.one('version')) : null;
    const posting = form.one('then') === 'post';
    const answer = await db.writeUnlessRefused(async (tx) => {
      const edited = await editWork(tx, now(), viewer, work.publicId, {
        ...read.changes,
        madeFrom,
        format: work.format,
        summary: { source: work.summarySource, html: work.summaryHtml },
        notes: { source: work.notesSource, html: work.notesHtml },
        endNotes: { source: work.endNotesSource, html: work.endNotesHtml },
      });
      if ('refusal' in edited) return edited;
      await markReviewed(tx, now(), work.id);
      return posting ? postWork(tx, now(), viewer, work.publicId) : edited;
    });
    if ('refusal' in answer) {
      if (answer.refusal === 'not-found') return c.notFound();
      return showReview(c, (await ownWork(c)) ?? work, { values, errors: errorsFor(answer) });
    }
    return seeOther(c, reviewPath(work.publicId), {
      kind: 'done',
      text: posting ? 'Saved and posted.' : 'Your changes are saved.',
    });
  });
}

function placeHref(work: WorkWhole, place: Record<string, number>): string {
  const query = new URLSearchParams(
    Object.entries(place)
      .filter(([, value]) => value > 1)
      .map(([name, value]) => [name, String(value)]),
  ).toString();
  return `${reviewPath(work.publicId)}${query === '' ? '' : `?${query}`}`;
}

/** A tenth more or fewer words than the source states: something may be missing. */
const WORDS_APART = 0.1;

function countedWords(work: WorkWhole, stated: number | null): string[] {
  if (stated === null || stated === 0 || Math.abs(work.words - stated) / stated < WORDS_APART) return [];
  return [`The source states ${stated.toLocaleString('en')} words; ${work.words.toLocaleString('en')} are here.`];
}
