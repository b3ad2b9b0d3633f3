/** Imports in the browser: which there were, what became of each file, and what can be done with one as a whole. */
import type { Hono } from 'hono';
import type { Ground } from '../../platform/ground.ts';
import { pageAsked, readForm } from '../../platform/http/form.ts';
import type { Tx } from '../../platform/db/tables.ts';
import { showPage } from '../../ui/show.ts';
import { may, seeOther, type ArchiveContext, type ArchiveEnv } from '../accounts/index.ts';
import { namesOffered, type BrowseIndex } from '../browse/index.ts';
import { siteRules } from '../site/index.ts';
import { languages, vocabulary, type Term } from '../tags/index.ts';
import { chapterCounts, findWork, missingForPosting, postWork, workCards } from '../works/index.ts';
import { NO_OPTIONS, type ImportOptions } from './import-options.ts';
import {
  importCardView,
  importPath,
  importView,
  outcomeAsked,
  pages,
  progressOf,
  reviewPath,
  shownState,
} from './imports.view.ts';
import { ImportPage } from './pages/ImportPage.tsx';
import { ImportsPage } from './pages/ImportsPage.tsx';
import { RemovedPage } from './pages/RemovedPage.tsx';
import type { UploadFormView } from './pages/import-view.ts';
import { joinDrafts } from './pipeline/join.ts';
import type { Reading } from './pipeline/reading.ts';
import { clearStaging, hasStaging, stagingFolder, UPLOAD_BYTES, UPLOAD_FILES } from './pipeline/staging.ts';
import { originalsOf } from './queries.ts';
import { allowAgain, removals } from './removals.actions.ts';
import { reviewRoutes } from './review.routes.tsx';
import { goOnWithUpload, startUpload, stopImport, undoSome } from './runs.actions.ts';
import { filesAsSeen, filesOf, findImport, importsOf, standingWorks, type ImportCard } from './runs.queries.ts';
import { updateRoutes } from './update.routes.tsx';
import { openUpdates } from './updates.queries.ts';
import { uploadRoutes } from './upload.routes.ts';

const IMPORTS_PER_PAGE = 20;
const FILES_PER_PAGE = 100;
/** Works deleted or posted in one transaction when many are at once. */
const PIECE = 10;

export interface ImportRouteNeeds {
  eraseIn: (tx: Tx, now: number, workId: number) => Promise<void>;
  /** What finds names that forms offer. */
  index: BrowseIndex;
  reading: Reading;
  /** Has uploads that wait run, beside answering. */
  runWaiting: () => void;
}

export function importRoutes(web: Hono<ArchiveEnv>, ground: Ground, needs: ImportRouteNeeds): void {
  const { db, now } = ground;
  const handle = db.reads;

  const ownImport = async (c: ArchiveContext): Promise<ImportCard | null> =>
    may(c.var.viewer, 'import-works') ? findImport(handle, c.var.viewer, c.req.param('id') ?? '') : null;

  const uploadForm = async (problem: string | null, options: ImportOptions): Promise<UploadFormView> => {
    const words = await vocabulary(handle);
    const rules = await siteRules(handle);
    const choices = (terms: readonly Term[]) => terms.map((term) => ({ value: term.code, label: term.label }));
    return {
      action: '/imports',
      options,
      problem,
      choices: {
        ratings: words.ratings
          .filter((term) => !rules.refusedRatings.has(term.code))
          .map((term) => ({ value: term.code, label: term.label })),
        warnings: choices(words.warnings),
        categories: choices(words.categories),
        languages: (await languages(handle)).map(({ code, name, direction }) => ({ code, name, dir: direction })),
      },
      formats: READ_FORMATS,
      limits: { size: `${UPLOAD_BYTES / 1_048_576} MB a file`, files: `${UPLOAD_FILES.toLocaleString('en')} files` },
    };
  };

  const showImports = async (c: ArchiveContext, problem: string | null, options: ImportOptions) => {
    const page = pageAsked(c.req.query('page'));
    const list = await importsOf(handle, c.var.viewer, {
      offset: (page - 1) * IMPORTS_PER_PAGE,
      limit: IMPORTS_PER_PAGE,
    });
    const imports = [];
    for (const run of list.imports) {
      const next = run.guesses > 0 ? (await standingWorks(handle, run.id)).find((work) => work.guesses > 0) : undefined;
      imports.push(importCardView(run, now(), next ? reviewPath(next.publicId) : null));
    }
    return showPage(
      c,
      <ImportsPage
        site={c.var.site}
        view={{
          total: list.total,
          imports,
          pagination: pages(page, list.total, IMPORTS_PER_PAGE, (number) =>
            number === 1 ? '/imports' : `/imports?page=${number}`,
          ),
          upload: await uploadForm(problem, options),
          removedHref: '/imports/removed',
        }}
      />,
      problem === null ? 200 : 422,
    );
  };

  uploadRoutes(web, ground, {
    runWaiting: needs.runWaiting,
    showForm: (c, problem, options) => showImports(c, problem, options),
  });

  web.get('/imports', (c) =>
    may(c.var.viewer, 'import-works') ? showImports(c, null, NO_OPTIONS) : Promise.resolve(c.notFound()),
  );

  web.get('/imports/removed', async (c) => {
    if (!may(c.var.viewer, 'import-works')) return c.notFound();
    return showPage(
      c,
      <RemovedPage
        site={c.var.site}
        view={{
          removals: (await removals(handle)).map((one) => ({
            removedAt: one.removedAt,
            note: one.note,
            allow: { action: '/imports/removed', fields: { removal: String(one.id) } },
          })),
          importsHref: '/imports',
        }}
      />,
    );
  });

  web.post('/imports/removed', async (c) => {
    if (!may(c.var.viewer, 'import-works')) return c.notFound();
    const id = Number((await readForm(c)).one('removal') ?? '');
    if (!Number.isSafeInteger(id)) return c.notFound();
    await db.write((tx) => allowAgain(tx, id));
    return seeOther(c, '/imports/removed', { kind: 'done', text: 'It can be imported again.' });
  });

  /** What a form may offer while somebody types a name: tags that may be offered to everyone. */
  web.get('/imports/names', async (c) => {
    if (!may(c.var.viewer, 'import-works')) return c.notFound();
    const kind = NAME_KINDS.find((one) => one === c.req.query('kind'));
    c.header('Cache-Control', 'no-store');
    if (!kind) return c.json({ names: [] });
    const typed = c.req.query('q') ?? '';
    return c.json({ names: await namesOffered(handle, c.var.viewer, needs.index, { kind, typed }) });
  });

  web.get('/imports/:id', async (c) => {
    const run = await ownImport(c);
    if (!run) return c.notFound();
    const asked = outcomeAsked(c.req.query('outcome'));
    const page = pageAsked(c.req.query('page'));
    const recorded = await filesOf(handle, run.id, {
      outcome: asked,
      offset: (page - 1) * FILES_PER_PAGE,
      limit: FILES_PER_PAGE,
    });
    const files = await filesAsSeen(handle, c.var.viewer, recorded);
    const works = await standingWorks(handle, run.id);
    const drafts = works.filter((work) => !work.posted);
    const asking = works.filter((work) => work.guesses > 0);
    const updates = await openUpdates(
      handle,
      files.flatMap((file) => (file.outcome === 'update' ? (file.work?.id ?? []) : [])),
    );
    const view = importView({
      run,
      now: now(),
      files,
      asked,
      page,
      perPage: FILES_PER_PAGE,
      updates,
      ready: (
        await readyDrafts(
          c,
          drafts.map((work) => work.id),
        )
      ).length,
      standing: { drafts: drafts.length, posted: works.length - drafts.length },
      review: asking[0]
        ? {
            href: reviewPath(asking[0].publicId),
            works: asking.length,
            guesses: asking.reduce((sum, work) => sum + work.guesses, 0),
          }
        : null,
      drafts: drafts.map(({ path, publicId, title }) => ({ path, work: publicId, title })),
    });
    return showPage(c, <ImportPage site={c.var.site} view={view} />);
  });

  /** Of these drafts, those that the viewer may post as they are. */
  const readyDrafts = async (c: ArchiveContext, ids: readonly number[]): Promise<string[]> => {
    const ready: string[] = [];
    for (let from = 0; from < ids.length; from += 500) {
      const piece = ids.slice(from, from + 500);
      const chapters = await chapterCounts(handle, piece);
      for (const card of await workCards(handle, c.var.viewer, piece)) {
        if (missingForPosting({ ...card, chapters: chapters.get(card.id) ?? 0 }).length === 0)
          ready.push(card.publicId);
      }
    }
    return ready;
  };

  web.get('/imports/:id/progress', async (c) => {
    const run = await ownImport(c);
    if (!run) return c.notFound();
    c.header('Cache-Control', 'no-store');
    return c.json({ ...progressOf(run, now()), state: shownState(run, now()) });
  });

  web.post('/imports/:id/stop', async (c) => {
    const run = await ownImport(c);
    if (!run) return c.notFound();
    await db.write((tx) => stopImport(tx, now(), run.id));
    // What was handed over for an import that never began is wanted no more.
    if (run.state === 'gathering') await clearStaging(stagingFolder(ground.config.dataFolder, run.publicId));
    return seeOther(c, importPath(run), { kind: 'done', text: 'The import ends after the files it has in hand.' });
  });

  web.post('/imports/:id/start', async (c) => {
    const run = await ownImport(c);
    if (!run) return c.notFound();
    const waits = run.state === 'stopped' || run.state === 'gathering';
    if (waits && !(await hasStaging(stagingFolder(ground.config.dataFolder, run.publicId))))
      return seeOther(c, importPath(run), {
        kind: 'refused',
        text: 'The files of this import are not here any more. Hand them over again.',
      });
    const goesOn = await db.write(
      async (tx) => (await startUpload(tx, now(), run.id)) || goOnWithUpload(tx, now(), run.id),
    );
    if (goesOn) needs.runWaiting();
    return seeOther(c, importPath(run));
  });

  web.post('/imports/:id/undo', async (c) => {
    const run = await ownImport(c);
    if (!run || !may(c.var.viewer, 'change-own-works')) return c.notFound();
    // One that was cut short runs no more, whatever it says of itself.
    if (['running', 'gathering'].includes(shownState(run, now())))
      return seeOther(c, importPath(run), { kind: 'refused', text: 'Stop the import first; then it can be undone.' });
    let works = 0;
    for (;;) {
      const some = await db.write((tx) => undoSome(tx, now(), c.var.viewer, run.id, PIECE));
      if (some === 0) break;
      works += some;
    }
    return seeOther(c, importPath(run), {
      kind: 'done',
      text: `The import is undone: ${works} ${works === 1 ? 'work is' : 'works are'} among the deleted works for 30 days.`,
    });
  });

  web.post('/imports/:id/publication', async (c) => {
    const run = await ownImport(c);
    if (!run) return c.notFound();
    const drafts = (await standingWorks(handle, run.id)).filter((work) => !work.posted);
    const ready = await readyDrafts(
      c,
      drafts.map((work) => work.id),
    );
    let posted = 0;
    for (let from = 0; from < ready.length; from += PIECE) {
      const answers = await db.write(async (tx) => {
        const each = [];
        for (const id of ready.slice(from, from + PIECE)) each.push(await postWork(tx, now(), c.var.viewer, id));
        return each;
      });
      posted += answers.filter((answer) => !('refusal' in answer)).length;
    }
    const left = drafts.length - posted;
    return seeOther(c, importPath(run), {
      kind: 'done',
      text: `${posted} ${posted === 1 ? 'draft is' : 'drafts are'} posted.${left > 0 ? ` ${left} stayed drafts.` : ''}`,
    });
  });

  web.post('/imports/:id/joining', async (c) => {
    const run = await ownImport(c);
    const { viewer } = c.var;
    const { accountId } = viewer;
    if (!run || accountId === null) return c.notFound();
    const works = (await readForm(c)).all('work');
    const joined = await joinDrafts(ground, needs.reading, { ...viewer, accountId }, run, works, (tx, id) =>
      needs.eraseIn(tx, now(), id),
    );
    return 'problem' in joined
      ? seeOther(c, importPath(run), { kind: 'refused', text: joined.problem })
      : seeOther(c, reviewPath(joined.work), { kind: 'done', text: `${works.length} drafts are one work now.` });
  });

  web.get('/works/:id/original', async (c) => {
    const work = await findWork(ground.db.reads, c.var.viewer, c.req.param('id'));
    const part = /^[1-9]\d{0,4}$/.test(c.req.query('part') ?? '1') ? Number(c.req.query('part') ?? '1') : 0;
    const original = work ? (await originalsOf(ground.db.reads, work))[part - 1] : null;
    const bytes = original ? await ground.files.get(original.blob) : null;
    if (!original || !bytes) return c.notFound();
    // Whatever the file is, it is handed over, never shown: it was written by somebody else and has not been cleaned.
    return new Response(new Uint8Array(bytes), {
      headers: {
        'Content-Type': 'application/octet-stream',
        'Content-Disposition': `attachment; filename="original"; filename*=UTF-8''${encodeURIComponent(original.fileName)}`,
        'Cache-Control': 'private, no-store',
      },
    });
  });

  reviewRoutes(web, ground, needs.index);
  updateRoutes(web, ground, needs.reading);
}

const NAME_KINDS = ['fandom', 'relationship', 'character', 'freeform'] as const;

const READ_FORMATS = [
  'AO3 downloads (HTML, EPUB) of any year',
  'FanFicFare and other EPUB books',
  'saved web pages, also from Word and Google Docs',
  'Word (DOCX), OpenDocument (ODT), RTF',
  'Markdown and plain text, with front matter or an old header block',
  'eFiction chapters, BBCode',
  'zips of any of these',
];
