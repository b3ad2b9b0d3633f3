/** The queue for invitations: asking for a place, and the page that its link leads to. */
import type { Hono } from 'hono';
import type { Ground } from '../../platform/ground.ts';
import { readForm } from '../../platform/http/form.ts';
import { limit } from '../../platform/http/limit.ts';
import { readAddress } from '../../platform/mail/address.ts';
import { showPage } from '../../ui/show.ts';
import { PlacePage } from './pages/PlacePage.tsx';
import { QueuePage } from './pages/QueuePage.tsx';
import { askForPlace, confirmPlace, leaveQueue } from './queue.actions.ts';
import { isQueueOpen, placeOf } from './queue.queries.ts';
import { seeOther, type ArchiveContext, type ArchiveEnv } from './web.ts';

const HOUR_SECONDS = 3_600;
const NOTED =
  'A mail is on its way, unless one went there in the last 24 hours. Open the link in it to take your place.';

export function queueRoutes(web: Hono<ArchiveEnv>, ground: Ground): void {
  const { db, now, post } = ground;
  /** Letters to strangers: few for one network, and not without end for all together. */
  const [asking, allAsking] = [limit(5, HOUR_SECONDS), limit(120, HOUR_SECONDS)];

  const show = (c: ArchiveContext, status: 200 | 422 | 429, typed: string, error?: string) =>
    showPage(c, <QueuePage site={c.var.site} view={{ typed, ...(error ? { error } : {}) }} />, status);

  web.get('/invitations/queue', async (c) =>
    (await isQueueOpen(db.reads, post !== null)) ? show(c, 200, '') : c.notFound(),
  );

  web.post('/invitations/queue', async (c) => {
    if (!(await isQueueOpen(db.reads, post !== null))) return c.notFound();
    const form = await readForm(c);
    const typed = (form.one('address') ?? '').trim();
    const address = readAddress(typed);
    if (address === null) return show(c, 422, typed, 'That is no e-mail address. It looks like name@example.org.');
    const wait = (await asking.take(c.var.network)) ?? (await allAsking.take('all'));
    if (wait !== null) {
      c.header('Retry-After', String(wait));
      return show(c, 429, typed, `Many have asked. Try again in ${Math.ceil(wait / 60)} minutes.`);
    }
    await db.write((tx) => askForPlace(tx, now(), address));
    return seeOther(c, '/invitations/queue', { kind: 'done', text: NOTED });
  });

  web.get('/invitations/queue/:token', async (c) => {
    c.header('X-Robots-Tag', 'noindex');
    const { token } = c.req.param();
    const place = await placeOf(db.reads, token);
    const view = place && {
      ...place,
      confirm: { action: `/invitations/queue/${token}/confirmation` },
      leave: { action: `/invitations/queue/${token}/removal` },
    };
    return showPage(c, <PlacePage site={c.var.site} view={view} />, view === null ? 404 : 200);
  });

  const over = (c: ArchiveContext) => showPage(c, <PlacePage site={c.var.site} view={null} />, 404);

  web.post('/invitations/queue/:token/confirmation', async (c) => {
    const { token } = c.req.param();
    const good = await db.write((tx) => confirmPlace(tx, now(), token));
    if (!good) return over(c);
    return seeOther(c, `/invitations/queue/${token}`, { kind: 'done', text: 'You have a place in the queue.' });
  });

  web.post('/invitations/queue/:token/removal', async (c) => {
    const good = await db.write((tx) => leaveQueue(tx, now(), c.req.param('token')));
    if (!good) return over(c);
    return seeOther(c, '/', { kind: 'done', text: 'You are out of the queue, and your address is forgotten.' });
  });
}
