/** What those who answer reports do with them, and the log. */
import type { Hono } from 'hono';
import type { Ground } from '../../platform/ground.ts';
import { pageAsked, readForm } from '../../platform/http/form.ts';
import { showPage } from '../../ui/show.ts';
import { may, seeOther, type ArchiveContext, type ArchiveEnv } from '../accounts/index.ts';
import { auditLog } from './audit.queries.ts';
import { LogPage } from './pages/LogPage.tsx';
import { QueuePage } from './pages/QueuePage.tsx';
import { ReportDetailPage, type ReportDetailView } from './pages/ReportDetailPage.tsx';
import { queuedLine, queueGroups } from './queue.view.ts';
import { reasonError } from './reason-form.ts';
import { NOTE_CHARACTERS, OUTCOMES } from './report.ts';
import { addNote, claimReport, closeReport, reopenReport } from './reports.actions.ts';
import { findReport, queuedReports } from './reports.queries.ts';

const ROWS = 50;

export function queueRoutes(web: Hono<ArchiveEnv>, ground: Ground): void {
  const { db, now } = ground;

  web.get('/moderation', async (c) => {
    if (!may(c.var.viewer, 'see-reports')) return c.notFound();
    const closed = c.req.query('state') === 'closed';
    const page = pageAsked(c.req.query('page'));
    const per = closed ? ROWS : 4 * ROWS;
    const { total, reports } = await queuedReports(db.reads, c.var.viewer, closed ? 'closed' : 'waiting', {
      offset: (page - 1) * per,
      limit: per,
    });
    const state = closed ? 'state=closed&' : '';
    return showPage(
      c,
      <QueuePage
        site={c.var.site}
        view={{
          closed,
          total,
          groups: queueGroups(reports),
          pagination: {
            page,
            pages: Math.max(1, Math.ceil(total / per)),
            hrefOf: (number) => `/moderation?${state}page=${number}`,
          },
        }}
      />,
    );
  });

  type Typed = Partial<Pick<ReportDetailView, 'closing' | 'errors' | 'note' | 'reopening'>>;
  const showReport = async (c: ArchiveContext, typed: Typed = {}) => {
    const found = await findReport(db.reads, c.var.viewer, c.req.param('id') ?? '');
    if (!found) return c.notFound();
    const { report } = found;
    return showPage(
      c,
      <ReportDetailPage
        site={c.var.site}
        view={{
          ...queuedLine(report),
          publicId: report.publicId,
          thing: {
            name: report.subject.name,
            path: report.path,
            gone: report.gone,
            moderatedAt: report.subject.moderatedAt,
          },
          words: report.words,
          claimedByViewer: report.claimedByViewer,
          fromAccount: report.fromAccount,
          email: report.email,
          notes: found.notes,
          alike: found.alike.map(queuedLine),
          closing: { outcome: report.outcome ?? '', answer: report.answer },
          errors: {},
          note: '',
          reopening: { reason: '', error: undefined },
          ...typed,
        }}
      />,
      Object.keys(typed).length > 0 ? 422 : 200,
    );
  };
  const back = (c: ArchiveContext, text: string) =>
    seeOther(c, `/moderation/reports/${c.req.param('id')}`, { kind: 'done', text });

  web.get('/moderation/reports/:id', (c) => showReport(c));

  web.post('/moderation/reports/:id/claim', async (c) => {
    const form = await readForm(c);
    const then = form.one('claim') === 'give-back' ? 'give-back' : 'take';
    const answer = await db.write((tx) => claimReport(tx, now(), c.var.viewer, c.req.param('id'), then));
    if ('refusal' in answer) return c.notFound();
    return back(c, then === 'take' ? 'The report is in your hands.' : 'The report is open again for others.');
  });

  web.post('/moderation/reports/:id/notes', async (c) => {
    const note = (await readForm(c)).one('note') ?? '';
    if (may(c.var.viewer, 'answer-reports') && note.length > NOTE_CHARACTERS)
      return showReport(c, { note, errors: { note: `A note has at most ${NOTE_CHARACTERS} characters.` } });
    const answer = await db.write((tx) => addNote(tx, now(), c.var.viewer, c.req.param('id'), note));
    if (!('refusal' in answer)) return back(c, 'The note is kept.');
    if (answer.refusal === 'not-found') return c.notFound();
    return showReport(c, { note, errors: { note: 'A note needs words.' } });
  });

  web.post('/moderation/reports/:id/closing', async (c) => {
    if (!may(c.var.viewer, 'answer-reports')) return c.notFound();
    const form = await readForm(c);
    const closing = { outcome: form.one('outcome') ?? '', answer: form.one('answer') ?? '' };
    if (!OUTCOMES.some((outcome) => outcome.code === closing.outcome))
      return showReport(c, { closing, errors: { outcome: 'Choose what became of it.' } });
    const answer = await db.write((tx) => closeReport(tx, now(), c.var.viewer, c.req.param('id'), closing));
    if (!('refusal' in answer)) return back(c, 'The report is closed, and the answer can be read.');
    if (answer.refusal === 'not-found') return c.notFound();
    const error = answer.refusal === 'no-reason' ? 'Whoever reported it needs an answer.' : reasonError(answer.refusal);
    return showReport(c, { closing, errors: { answer: error } });
  });

  web.post('/moderation/reports/:id/reopening', async (c) => {
    const reason = (await readForm(c)).one('reason') ?? '';
    const answer = await db.write((tx) => reopenReport(tx, now(), c.var.viewer, c.req.param('id'), reason));
    if (!('refusal' in answer)) return back(c, 'The report is open again.');
    if (answer.refusal === 'not-found') return c.notFound();
    return showReport(c, { reopening: { reason, error: reasonError(answer.refusal) } });
  });

  web.get('/moderation/log', async (c) => {
    if (!may(c.var.viewer, 'see-audit-log')) return c.notFound();
    const page = pageAsked(c.req.query('page'));
    const log = await auditLog(db.reads, c.var.viewer, { offset: (page - 1) * ROWS, limit: ROWS });
    return showPage(
      c,
      <LogPage
        site={c.var.site}
        view={{
          ...log,
          pagination: {
            page,
            pages: Math.max(1, Math.ceil(log.total / ROWS)),
            hrefOf: (number) => `/moderation/log?page=${number}`,
          },
        }}
      />,
    );
  });
}
