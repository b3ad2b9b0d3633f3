/** Legal notices: the form for everybody, the receipt, and the owner’s decision. */
import type { Hono } from 'hono';
import type { Ground } from '../../platform/ground.ts';
import { readForm } from '../../platform/http/form.ts';
import { limit } from '../../platform/http/limit.ts';
import { showPage } from '../../ui/show.ts';
import { may, seeOther, type ArchiveContext, type ArchiveEnv } from '../accounts/index.ts';
import { closeNotice, makeNotice } from './legal.actions.ts';
import { findNotice, legalNotices, noticeReceipt, type LegalNotice } from './legal.queries.ts';
import { NO_NOTICE, noticeErrors, type NoticeValues } from './legal-notice.ts';
import { LegalNoticePage, NoticeReceiptPage, type LegalNoticeView } from './pages/LegalNoticePage.tsx';
import { NoticePage, NoticesPage, type NoticeLine } from './pages/NoticesPages.tsx';
import type { ReasonView } from './pages/ReasonForm.tsx';
import { reasonError } from './reason-form.ts';

const HOUR_SECONDS = 3_600;
/** Notices in an hour from one network. */
const NOTICES = 5;

const lineOf = (notice: LegalNotice): NoticeLine => ({
  href: `/moderation/legal-notices/${notice.public_id}`,
  publicId: notice.public_id,
  kind: notice.kind,
  name: notice.name,
  createdAt: notice.created_at,
  closedAt: notice.closed_at,
});

export function legalRoutes(web: Hono<ArchiveEnv>, ground: Ground): void {
  const { db, now } = ground;
  const sent = limit(NOTICES, HOUR_SECONDS);

  const show = (c: ArchiveContext, view: LegalNoticeView, status: 200 | 422 | 429 = 200) =>
    showPage(c, <LegalNoticePage site={c.var.site} view={view} />, status);

  web.get('/legal-notice', (c) => show(c, { values: NO_NOTICE, errors: {} }));

  web.post('/legal-notice', async (c) => {
    const form = await readForm(c);
    const text = (name: keyof NoticeValues) => form.one(name) ?? '';
    const values: NoticeValues = {
      kind: text('kind'),
      name: text('name'),
      email: text('email').trim(),
      onBehalfOf: text('onBehalfOf'),
      places: text('places'),
      what: text('what'),
      why: text('why'),
      signature: text('signature'),
      goodFaith: form.one('goodFaith') !== undefined,
      accurate: form.one('accurate') !== undefined,
    };
    const errors = noticeErrors(values);
    if (Object.keys(errors).length > 0) return show(c, { values, errors }, 422);
    const wait = await sent.take(c.var.network);
    if (wait !== null) {
      c.header('Retry-After', String(wait));
      const refused = `Those were many notices in a short time. Keep this one, and send it in ${Math.ceil(wait / 60)} minutes.`;
      return show(c, { values, errors, refused }, 429);
    }
    const id = await db.write((tx) => makeNotice(tx, now(), c.var.viewer, values));
    return seeOther(c, `/legal-notice/${id}`, { kind: 'done', text: 'Your notice has been received.' });
  });

  web.get('/legal-notice/:id', async (c) => {
    const receipt = await noticeReceipt(db.reads, c.req.param('id'));
    return receipt ? showPage(c, <NoticeReceiptPage site={c.var.site} view={receipt} />) : c.notFound();
  });

  web.get('/moderation/legal-notices', async (c) => {
    if (!may(c.var.viewer, 'answer-legal-notices')) return c.notFound();
    const notices = await legalNotices(db.reads, c.var.viewer);
    return showPage(c, <NoticesPage site={c.var.site} view={{ notices: notices.map(lineOf) }} />);
  });

  const showNotice = async (c: ArchiveContext, decision: ReasonView | null = null) => {
    const notice = await findNotice(db.reads, c.var.viewer, c.req.param('id') ?? '');
    if (!notice) return c.notFound();
    return showPage(
      c,
      <NoticePage
        site={c.var.site}
        view={{
          ...lineOf(notice),
          email: notice.email,
          onBehalfOf: notice.on_behalf_of,
          places: notice.places,
          what: notice.what,
          why: notice.why,
          signature: notice.signature,
          decision: decision ?? { reason: notice.decision, error: undefined },
        }}
      />,
      decision === null ? 200 : 422,
    );
  };

  web.get('/moderation/legal-notices/:id', (c) => showNotice(c));

  web.post('/moderation/legal-notices/:id/closing', async (c) => {
    const reason = (await readForm(c)).one('reason') ?? '';
    const id = c.req.param('id');
    const answer = await db.writeUnlessRefused((tx) => closeNotice(tx, now(), c.var.viewer, id, reason));
    if (!('refusal' in answer))
      return seeOther(c, `/moderation/legal-notices/${id}`, { kind: 'done', text: 'The decision is kept.' });
    if (answer.refusal === 'not-found') return c.notFound();
    return showNotice(c, { reason, error: reasonError(answer.refusal) });
  });
}
