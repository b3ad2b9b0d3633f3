/** The revisions of a chapter, for those who keep its work: any two side by side, and any of them made the present one. */
import type { Hono } from 'hono';
import type { Ground } from '../../platform/ground.ts';
import { readForm } from '../../platform/http/form.ts';
import { showPage } from '../../ui/show.ts';
import { seeOther, type ArchiveContext, type ArchiveEnv } from '../accounts/index.ts';
import { languages } from '../tags/index.ts';
import { comparedChapter } from './compared.view.ts';
import { languageViews } from './form-view.ts';
import { eraseRevision } from './erasing.actions.ts';
import { revisionHeads, writtenChapter, type WrittenChapter } from './kept-chapters.queries.ts';
import { RevisionsPage } from './pages/RevisionsPage.tsx';
import { numberTyped } from './typed.ts';
import { mayChangeWork } from './visibility.ts';
import { findWork } from './work.queries.ts';
import { workPath, type WorkWhole } from './work.ts';
import { refusalWords } from './writing-form.ts';
import { restoreRevision } from './writing.actions.ts';

/** What revisions need from above. */
export interface RevisionNeeds {
  /** Writes what was erased to the list beside the database; safe on the disk once it returns. */
  noteErased: () => Promise<void>;
}

export function revisionRoutes(web: Hono<ArchiveEnv>, ground: Ground, needs: RevisionNeeds): void {
  const { db, now } = ground;
  const handle = db.reads;

  const ownChapter = async (c: ArchiveContext): Promise<{ work: WorkWhole; chapter: WrittenChapter } | null> => {
    const work = await findWork(handle, c.var.viewer, c.req.param('id') ?? '');
    if (!work || !mayChangeWork(c.var.viewer, work)) return null;
    const chapter = await writtenChapter(handle, work, c.req.param('chapter') ?? '');
    return chapter ? { work, chapter } : null;
  };

  web.get('/works/:id/chapters/:chapter/revisions', async (c) => {
    const own = await ownChapter(c);
    if (!own) return c.notFound();
    const { work, chapter } = own;
    const at = (asked: string | undefined, otherwise: number) => numberTyped(asked) ?? otherwise;
    const later = await writtenChapter(handle, work, chapter.publicId, at(c.req.query('now'), chapter.revision));
    const heads = await revisionHeads(handle, work, chapter.publicId);
    const numbers = heads.map((head) => head.number).sort((one, other) => one - other);
    const beforeOf = new Map(numbers.slice(1).map((number, index) => [number, numbers[index] ?? number]));
    const before = beforeOf.get(later?.number ?? chapter.revision) ?? numbers[0];
    const old = await writtenChapter(
      handle,
      work,
      chapter.publicId,
      at(c.req.query('old'), before ?? chapter.revision),
    );
    if (!later || !old) return c.notFound();
    const base = `/works/${work.publicId}/chapters`;
    return showPage(
      c,
      <RevisionsPage
        site={c.var.site}
        view={{
          work: {
            title: work.title,
            href: workPath(work),
            language: languageViews(await languages(handle)).get(work.language ?? '') ?? null,
          },
          title: chapter.title,
          position: work.chapters.findIndex((one) => one.publicId === chapter.publicId) + 1,
          editHref: `${base}/${chapter.publicId}/edit`,
          chaptersHref: base,
          action: `${base}/${chapter.publicId}/revisions`,
          current: chapter.revision,
          revisions: heads,
          before: beforeOf,
          old: old.number,
          now: later.number,
          parts: comparedChapter(old, later),
        }}
      />,
    );
  });

  web.post('/works/:id/chapters/:chapter/revisions', async (c) => {
    const form = await readForm(c);
    const number = numberTyped(form.one('number')) ?? 0;
    const madeFrom = numberTyped(form.one('revision')) ?? 0;
    const [id, chapter] = [c.req.param('id'), c.req.param('chapter')];
    const answer = await db.writeUnlessRefused((tx) =>
      restoreRevision(tx, now(), c.var.viewer, id, chapter, { number, madeFrom }),
    );
    const back = `/works/${id}/chapters/${chapter}/revisions`;
    if (!('refusal' in answer))
      return seeOther(c, back, { kind: 'done', text: `Revision ${number} is the present one again.` });
    if (answer.refusal === 'not-found') return c.notFound();
    return seeOther(c, back, { kind: 'refused', text: refusalWords(answer) });
  });

  web.post('/works/:id/chapters/:chapter/revisions/:number/erasure', async (c) => {
    const [id, chapter] = [c.req.param('id'), c.req.param('chapter')];
    const number = numberTyped(c.req.param('number')) ?? 0;
    const answer = await db.writeUnlessRefused((tx) => eraseRevision(tx, now(), c.var.viewer, id, chapter, number));
    const back = `/works/${id}/chapters/${chapter}/revisions`;
    if ('refusal' in answer) {
      if (answer.refusal === 'not-found') return c.notFound();
      return seeOther(c, back, { kind: 'refused', text: 'Readers see this revision. Restore another one first.' });
    }
    await needs.noteErased();
    return seeOther(c, back, { kind: 'done', text: `Revision ${number} is erased for good.` });
  });
}
