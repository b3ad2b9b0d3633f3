/** A source that has changed since it came in: what is different, and what of it is taken over. */
import type { Hono } from 'hono';
import type { Ground } from '../../platform/ground.ts';
import { readForm } from '../../platform/http/form.ts';
import { plainText } from '../../platform/html/text.ts';
import { countWords } from '../../platform/html/words.ts';
import { showPage } from '../../ui/show.ts';
import { seeOther, type ArchiveContext, type ArchiveEnv } from '../accounts/index.ts';
import { languages } from '../tags/index.ts';
import {
  findWork,
  mayChangeWork,
  workPath,
  type ChapterInPlace,
  type WorkChanges,
  type WorkRefusal,
  type WorkWhole,
} from '../works/index.ts';
import { threeWayDifference } from '../../platform/html/difference.ts';
import { UpdatePage } from './pages/UpdatePage.tsx';
import type { UpdateChapterView, UpdateView } from './pages/import-view.ts';
import { compareUpdate, type ComparedChapter, type ComparedUpdate } from './pipeline/compare.ts';
import type { Reading } from './pipeline/reading.ts';
import { applyUpdate, dismissUpdate } from './updates.actions.ts';
import { findUpdate, type FoundUpdate } from './updates.queries.ts';

export function updateRoutes(web: Hono<ArchiveEnv>, ground: Ground, reading: Reading): void {
  const { db, now } = ground;
  const handle = db.reads;

  const ownUpdate = async (c: ArchiveContext): Promise<{ work: WorkWhole; update: FoundUpdate } | null> => {
    const work = await findWork(handle, c.var.viewer, c.req.param('id') ?? '');
    if (!work || !mayChangeWork(c.var.viewer, work)) return null;
    const number = /^[1-9]\d{0,6}$/.test(c.req.param('number') ?? '') ? Number(c.req.param('number')) : 0;
    const update = await findUpdate(handle, work, number);
    return update ? { work, update } : null;
  };

  web.get('/works/:id/updates/:number', async (c) => {
    const own = await ownUpdate(c);
    if (!own) return c.notFound();
    const { work, update } = own;
    const compared = update.state === 'open' ? await compareUpdate(ground, reading, work, update) : null;
    if (compared !== null && 'problem' in compared)
      return seeOther(c, workPath(work), { kind: 'refused', text: compared.problem });
    const language = (await languages(handle)).find((one) => one.code === work.language);
    const view: UpdateView = {
      work: {
        href: workPath(work),
        title: work.title,
        language: language ? { code: language.code, name: language.name, dir: language.direction } : null,
        creators: work.creators.map((creator) => creator.name),
      },
      foundAt: update.foundAt,
      file: update.originals.map((one) => one.fileName).join(', '),
      state: update.state,
      details: compared === null ? [] : detailsOf(work, compared).map(({ change: _change, ...shown }) => shown),
      chapters: compared === null ? [] : compared.chapters.map(chapterView),
      target:
        update.state === 'open'
          ? {
              action: `/works/${work.publicId}/updates/${update.number}`,
              // What was compared: another edit since, in either, is not written over.
              fields: { version: String(work.version), content: update.contentHash },
            }
          : null,
    };
    return showPage(c, <UpdatePage site={c.var.site} view={view} />);
  });

  web.post('/works/:id/updates/:number', async (c) => {
    const own = await ownUpdate(c);
    const { viewer } = c.var;
    const { accountId } = viewer;
    if (!own || accountId === null) return c.notFound();
    const { work, update } = own;
    const form = await readForm(c);
    const here = `/works/${work.publicId}/updates/${update.number}`;
    if (form.one('then') === 'dismiss') {
      const left = await db.write((tx) => dismissUpdate(tx, now(), work, update));
      return seeOther(c, left ? workPath(work) : here, {
        kind: left ? 'done' : 'refused',
        text: left ? 'The change is left out.' : 'Somebody has looked at this change already.',
      });
    }
    if (form.one('version') !== String(work.version) || form.one('content') !== update.contentHash)
      return seeOther(c, here, {
        kind: 'refused',
        text: 'The work was changed meanwhile. Look at the difference again.',
      });
    const compared = await compareUpdate(ground, reading, work, update);
    if ('problem' in compared) return seeOther(c, workPath(work), { kind: 'refused', text: compared.problem });
    const known = new Set(compared.chapters.filter((one) => one.next !== null).map((one) => one.key));
    const wanted = new Set(form.all('chapter').filter((key) => known.has(key)));
    const details = new Set(form.all('detail'));
    if (wanted.size === 0 && details.size === 0)
      return seeOther(c, here, { kind: 'refused', text: 'Choose what to take over, or leave the change out.' });
    const placed = chaptersTaken(compared.chapters, wanted, compared.read.chapterParts);
    const whole = compared.chapters.every((one) => one.state === 'same' || one.state === 'gone' || wanted.has(one.key));
    const answer = await db.writeUnlessRefused<WorkRefusal | { taken: true }>(
      async (tx) =>
        (await applyUpdate(tx, now(), { ...viewer, accountId }, work, update, {
          ...placed,
          details: details.size === 0 ? null : changesOf(work, compared, details),
          keys: compared.read.keys,
          format: compared.read.format,
          whole,
          // A text that keeps a chapter which the source has no more cannot be made again of what was rescued.
          rescues: compared.chapters.some((one) => one.state === 'gone') ? [] : compared.read.rescues,
        })) ?? { taken: true },
    );
    if ('refusal' in answer) return seeOther(c, here, { kind: 'refused', text: refusedSentence(answer) });
    return whole
      ? seeOther(c, workPath(work), { kind: 'done', text: 'The change is taken over. Earlier versions are kept.' })
      : seeOther(c, here, { kind: 'done', text: 'What you chose is taken over. What you left waits here.' });
  });
}

/** Why nothing was taken over, and what to do. */
function refusedSentence(answer: WorkRefusal): string {
  if (answer.refusal === 'against-the-rules') return `Nothing was taken over. ${answer.reason}`;
  if (answer.refusal === 'incomplete')
    return 'Nothing was taken over: a posted work would lack something then. Leave out what is said about the work.';
  return 'The work was changed meanwhile. Look at the difference again.';
}

function chapterView(chapter: ComparedChapter, i: number): UpdateChapterView {
  const { state, edited } = chapter;
  const [before, here, there] = [chapter.before, chapter.here, chapter.there].map(paragraphsOf);
  const rows = state === 'same' ? [] : threeWayDifference(before ?? [], here ?? [], there ?? []);
  return {
    value: chapter.key,
    position: chapter.next === null ? (chapter.current?.position ?? i + 1) : i + 1,
    title: chapter.title || null,
    state: state === 'changed' && edited ? 'edited' : state,
    wordsHere: chapter.here === '' ? 0 : countWords(chapter.here),
    wordsThere: chapter.there === '' ? 0 : countWords(chapter.there),
    rows,
    coarse: false,
  };
}

function paragraphsOf(html: string): string[] {
  return plainText(html)
    .split(/\n+/)
    .map((one) => one.trim())
    .filter((one) => one !== '');
}

/**
 * The chapters of the work as they will be: those taken with the source's text, the others as they stand and where they
 * stand. A new one comes after the chapter that it follows at the source. `parts`: of the source's chapters in order.
 */
function chaptersTaken(
  chapters: readonly ComparedChapter[],
  wanted: ReadonlySet<string>,
  parts: readonly number[],
): { chapters: ChapterInPlace[]; madeFrom: Map<number, number>; chapterParts: number[] } {
  const placed: { key: string; put: ChapterInPlace; part: number }[] = [];
  const madeFrom = new Map<number, number>();
  const ofSource = chapters.filter((one) => one.next !== null);
  const partOf = (one: ComparedChapter) => parts[ofSource.indexOf(one)] ?? 1;
  const standing = chapters.flatMap((one) => (one.current === null ? [] : [{ one, current: one.current }]));
  for (const { one, current } of standing.toSorted((a, b) => a.current.position - b.current.position)) {
    const isTaken = wanted.has(one.key);
    placed.push({ key: one.key, put: { id: current.id, text: isTaken ? one.next : null }, part: partOf(one) });
    if (isTaken) madeFrom.set(current.id, current.revision);
  }
  let last = -1;
  for (const one of ofSource) {
    if (one.current !== null) last = placed.findIndex(({ key }) => key === one.key);
    else if (wanted.has(one.key) && one.next !== null)
      placed.splice((last += 1), 0, { key: one.key, put: { id: null, text: one.next }, part: partOf(one) });
  }
  return { chapters: placed.map(({ put }) => put), madeFrom, chapterParts: placed.map(({ part }) => part) };
}

interface Detail {
  value: string;
  label: string;
  here: string;
  there: string;
  edited: boolean;
  change: Partial<WorkChanges>;
}

/** What the changed source says otherwise about the work. Tags of the source are added; none is taken away. */
function detailsOf(work: WorkWhole, { settled, cleaned }: ComparedUpdate): Detail[] {
  const details: Detail[] = [];
  const differ = (value: string, label: string, here: string, there: string, change: Partial<WorkChanges>) => {
    if (there.trim() !== '' && here.trim() !== there.trim())
      details.push({ value, label, here: here.trim(), there: there.trim(), edited: false, change });
  };
  const isStated = settled.title !== '' && !settled.repairs.some((one) => one.includes('has no title'));
  if (isStated) differ('title', 'Title', work.title, settled.title, { title: settled.title });
  for (const [value, label] of [
    ['summary', 'Summary'],
    ['notes', 'Notes'],
    ['endNotes', 'End notes'],
  ] as const) {
    const text = cleaned[value];
    // One notation holds for all three texts of a work; what comes in another stands there as HTML.
    const fits = settled.format === work.format;
    differ(value, label, plainText(work[`${value}Html`]), plainText(text.html), {
      [value]: fits ? text : { source: text.html, html: text.html },
    });
  }
  const has = new Set(work.tags.map((tag) => `${tag.kind} ${tag.name.toLowerCase()}`));
  const more = settled.tags.filter((tag) => !has.has(`${tag.kind} ${tag.name.toLowerCase()}`));
  const rated = work.tags.some((tag) => tag.kind === 'rating');
  const added = more.filter((tag) => tag.kind !== 'rating' || !rated);
  if (added.length > 0) {
    const names = work.tags.map((tag) => tag.name).join(', ');
    differ('tags', 'More tags', names, [names, ...added.map((tag) => tag.name)].filter(Boolean).join(', '), {
      tags: [...work.tags, ...added],
    });
  }
  const planned = (count: number | null) => (count === null ? '?' : String(count));
  differ('chapters', 'Planned chapters', planned(work.plannedChapters), planned(settled.plannedChapters), {
    plannedChapters: settled.plannedChapters,
    status: settled.status,
  });
  return details;
}

function changesOf(work: WorkWhole, compared: ComparedUpdate, wanted: ReadonlySet<string>): WorkChanges {
  const chosen = detailsOf(work, compared).filter((detail) => wanted.has(detail.value));
  const base: WorkChanges = {
    madeFrom: work.version,
    title: work.title,
    language: work.language,
    status: work.status,
    plannedChapters: work.plannedChapters,
    format: work.format,
    summary: { source: work.summarySource, html: work.summaryHtml },
    notes: { source: work.notesSource, html: work.notesHtml },
    endNotes: { source: work.endNotesSource, html: work.endNotesHtml },
    rules: compared.cleaned.rules,
    tags: work.tags,
    restricted: work.restricted,
    noindex: work.noindex,
  };
  return Object.assign(base, ...chosen.map((detail) => detail.change)) as WorkChanges;
}
