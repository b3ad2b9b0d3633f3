/** Reporting a page, and reading what became of it. */
import type { Hono } from 'hono';
import type { Ground } from '../../platform/ground.ts';
import { readForm } from '../../platform/http/form.ts';
import { limit } from '../../platform/http/limit.ts';
import { showPage } from '../../ui/show.ts';
import { isHeld, seeOther, type ArchiveContext, type ArchiveEnv } from '../accounts/index.ts';
import { OwnReportsPage, ReportAnswerPage } from './pages/ReportAnswers.tsx';
import { ReportPage, type ReportView } from './pages/ReportPage.tsx';
import { reportErrors, type ReportValues } from './report.ts';
import { makeReport } from './reports.actions.ts';
import { reportBySecret, reportsOf } from './reports.queries.ts';
import { readableSubject } from './subjects.queries.ts';

const HOUR_SECONDS = 3_600;
/** Reports in an hour from one network of guests, and from one account. */
const GUEST_REPORTS = 5;
const ACCOUNT_REPORTS = 20;
/** Of an account that is suspended or banned. */
const HELD_REPORTS = 5;

export function reportRoutes(web: Hono<ArchiveEnv>, ground: Ground): void {
  const { db, now } = ground;
  const guests = limit(GUEST_REPORTS, HOUR_SECONDS);
  const accounts = limit(ACCOUNT_REPORTS, HOUR_SECONDS);
  const held = limit(HELD_REPORTS, HOUR_SECONDS);

  const show = (c: ArchiveContext, view: ReportView, status: 200 | 422 | 429 = 200) =>
    showPage(c, <ReportPage site={c.var.site} view={view} />, status);

  web.get('/reports/new', (c) => {
    // What was asked about is not looked up here: the page says the same whether it is there or not.
    const about = (c.req.query('about') ?? '').slice(0, 2000);
    return show(c, { values: { about, reason: '', words: '', email: '' }, errors: {} });
  });

  web.post('/reports/new', async (c) => {
    const form = await readForm(c);
    const { viewer, site } = c.var;
    const line = (name: keyof ReportValues) => (form.one(name) ?? '').trim();
    const guest = viewer.accountId === null;
    const values: ReportValues = {
      about: line('about'),
      reason: line('reason'),
      words: form.one('words') ?? '',
      email: guest ? line('email') : '',
    };
    const errors = reportErrors(values);
    const subject = await readableSubject(db.reads, viewer, values.about, site.origin);
    if (subject === null) errors.about = 'There is no page here that you can read at this address.';
    if (subject === null || Object.keys(errors).length > 0) return show(c, { values, errors }, 422);
    const wait = await (guest
      ? guests.take(c.var.network)
      : (isHeld(viewer) ? held : accounts).take(String(viewer.accountId)));
    if (wait !== null) {
      c.header('Retry-After', String(wait));
      const refused = `Those were many reports in a short time. Keep this one, and send it in ${Math.ceil(wait / 60)} minutes.`;
      return show(c, { values, errors, refused }, 429);
    }
    const report = { subject, reason: values.reason, words: values.words.trim(), email: values.email || null };
    const made = await db.write((tx) => makeReport(tx, now(), viewer, report));
    const notice = { kind: 'done' as const, text: `Thank you. Your report has the number ${made.publicId}.` };
    return seeOther(
      c,
      made.secret === null ? `/reports/mine#report-${made.publicId}` : `/reports/answers/${made.secret}`,
      notice,
    );
  });

  web.get('/reports/mine', async (c) => {
    const { accountId } = c.var.viewer;
    if (accountId === null) return c.notFound();
    const reports = await reportsOf(db.reads, accountId);
    return showPage(c, <OwnReportsPage site={c.var.site} view={{ reports }} />);
  });

  web.get('/reports/answers/:secret', async (c) => {
    c.header('X-Robots-Tag', 'noindex');
    const report = await reportBySecret(db.reads, c.req.param('secret'));
    if (!report) return c.notFound();
    const address = `${c.var.site.origin}/reports/answers/${c.req.param('secret')}`;
    return showPage(c, <ReportAnswerPage site={c.var.site} view={{ report, address }} />);
  });
}
