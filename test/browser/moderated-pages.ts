/** What keeps people safe, as pages: a report and a legal notice about a work, the person behind it, and a form of somebody else's. */
import { makeNotice } from '../../src/features/moderation/legal.actions.ts';
import { makeReport } from '../../src/features/moderation/reports.actions.ts';
import { changeProfile } from '../../src/features/accounts/pseuds/profile.actions.ts';
import { MADE_FOR } from '../../src/platform/http/made-for.ts';
import { makeWork, showIcon } from '../cast.ts';
import type { TestSite } from '../site.ts';
import type { PagePlan } from './every-page.ts';

const NOTICE = {
  kind: 'copyright',
  name: 'A. Rights',
  email: 'rights@example.org',
  onBehalfOf: '',
  places: 'http://localhost/works',
  what: 'My story.',
  why: 'I wrote it.',
  signature: 'A. Rights',
  goodFaith: true,
  accurate: true,
};

const PROFILE = { format: 'html' as const, source: '<p>Cheap.</p>', html: '<p>Cheap.</p>', rules: 1, links: [] };

/** Pages of readers who report and of those who answer, with something to answer. */
export async function moderatedPages(site: TestSite): Promise<PagePlan[]> {
  const { db, now } = site.ground;
  const magpie = await site.person('magpie at dusk');
  const work = await makeWork(site, { title: 'Watches, Cheap', by: [magpie] }, { state: 'posted' });
  const path = `/works/${work.publicId}`;
  const about = {
    subject: { kind: 'work' as const, id: work.id, path },
    reason: 'spam',
    words: 'It sells.',
    email: null,
  };
  const report = await db.write((tx) => makeReport(tx, now(), site.owner.viewer, about));
  const notice = await db.write((tx) => makeNotice(tx, now(), site.owner.viewer, NOTICE));
  const person = await db.reads
    .selectFrom('pseuds')
    .select('public_id')
    .where('id', '=', magpie.pseudId)
    .executeTakeFirstOrThrow();
  const { accountId } = magpie.viewer;
  const shown = await showIcon(site, accountId, 'magpie by day', 'A watch.');
  await db.write((tx) => changeProfile(tx, now(), accountId, shown.publicId, PROFILE));
  const plan = (as: PagePlan['as'], name: string, at: string, send?: PagePlan['send']): PagePlan => ({
    name,
    path: at,
    as,
    status: 200,
    ...(send ? { send } : {}),
  });
  const submitted: PagePlan['send'] = (page) => page.locator('main form button[type=submit]').first().click();
  const ofAnother: PagePlan['send'] = async (page) => {
    const form = page.locator('main form:has(textarea)').first();
    await form.locator(`input[name="${MADE_FOR}"]`).evaluate((field) => field.setAttribute('value', 'another'));
    await form.locator('textarea').first().fill('Typed before somebody else signed in.');
    await form.locator('button[type=submit]').first().click();
  };
  return [
    plan('guest', 'rules', '/rules'),
    plan('guest', 'contact', '/contact'),
    plan('guest', 'report-new', `/reports/new?about=${encodeURIComponent(path)}`),
    plan('guest', 'legal-notice', '/legal-notice'),
    plan('guest', 'legal-notice-refused', '/legal-notice', submitted),
    plan('owner', 'reports-mine', '/reports/mine'),
    plan('owner', 'moderation', '/moderation'),
    plan('owner', 'report', `/moderation/reports/${report.publicId}`),
    plan('owner', 'moderated-work', `/moderation/works/${work.publicId}`),
    plan('owner', 'people', '/moderation/people'),
    plan('owner', 'person', `/moderation/people/${person.public_id}`),
    plan('owner', 'person-with-parts', `/moderation/people/${shown.publicId}`),
    plan('owner', 'not-sent', `/reports/new?about=${encodeURIComponent(path)}`, ofAnother),
    plan('owner', 'legal-notices', '/moderation/legal-notices'),
    plan('owner', 'legal-notice-one', `/moderation/legal-notices/${notice}`),
    plan('owner', 'log', '/moderation/log'),
  ];
}
