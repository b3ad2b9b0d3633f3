/** What moderators do about a work: look, hide, show again, ask who wrote it. */
import type { Hono } from 'hono';
import type { Ground } from '../../platform/ground.ts';
import type { Tx } from '../../platform/db/tables.ts';
import { readForm } from '../../platform/http/form.ts';
import { showPage } from '../../ui/show.ts';
import { seeOther, type ArchiveContext, type ArchiveEnv } from '../accounts/index.ts';
import { findModeratedWork } from '../works/index.ts';
import { auditLog } from './audit.queries.ts';
import { hideForReason, unhideForReason } from './hiding.actions.ts';
import { lookAtCreators, lookAtWork, type Looking } from './looks.actions.ts';
import { lookUntil, moderatedWorkPath } from './looks.queries.ts';
import { ModeratedWorkPage } from './pages/ModeratedWorkPage.tsx';
import type { ReasonView } from './pages/ReasonForm.tsx';
import type { PowerRefusal } from './power.ts';
import { reasonError } from './reason-form.ts';
import { creatorsBehind, whyHidden } from './works.queries.ts';

const LOG_ROWS = 50;

export function moderatedWorkRoutes(web: Hono<ArchiveEnv>, ground: Ground): void {
  const { db, now } = ground;
  const handle = db.reads;

  const show = async (c: ArchiveContext, form: ReasonView | null = null) => {
    const { viewer, sessionToken } = c.var;
    const work = await findModeratedWork(handle, viewer, c.req.param('id') ?? '');
    if (!work) return c.notFound();
    const why = work.hidden ? await whyHidden(handle, work.id) : null;
    const knows = work.anonymous ? await lookUntil(handle, sessionToken, 'work-creators', work.id, now()) : null;
    const creators = knows === null ? null : await creatorsBehind(handle, viewer, work.id);
    const log = await auditLog(handle, viewer, { offset: 0, limit: LOG_ROWS }, { kind: 'work', id: work.id });
    return showPage(
      c,
      <ModeratedWorkPage
        site={c.var.site}
        view={{
          href: moderatedWorkPath(work),
          publicId: work.publicId,
          title: work.title,
          workHref: `/works/${work.publicId}`,
          hidden: work.hidden ? { why: why?.reason ?? null, since: why?.at ?? null } : null,
          ...(work.anonymous
            ? {
                anonymous: {
                  creators:
                    creators?.map((creator) => ({
                      name: creator.name,
                      href: creator.outside ? null : `/moderation/people/${creator.publicId}`,
                    })) ?? null,
                },
              }
            : {}),
          form: form ?? { reason: '', error: undefined },
          log: log.rows,
        }}
      />,
      form === null ? 200 : 422,
    );
  };

  web.get('/moderation/works/:id', (c) => show(c));

  type Act = (tx: Tx, who: Looking, publicId: string, reason: string) => Promise<PowerRefusal | object>;
  const reasoned = (rest: string, done: string, act: Act) =>
    web.post(`/moderation/works/:id/${rest}`, async (c) => {
      const reason = (await readForm(c)).one('reason') ?? '';
      const { viewer, sessionToken } = c.var;
      if (sessionToken === null) return c.notFound();
      const id = c.req.param('id') ?? '';
      const answer = await db.writeUnlessRefused((tx) => act(tx, { viewer, sessionToken }, id, reason));
      if (!('refusal' in answer)) return seeOther(c, moderatedWorkPath({ publicId: id }), { kind: 'done', text: done });
      const { refusal } = answer;
      return refusal === 'not-found' ? c.notFound() : show(c, { reason, error: reasonError(refusal) });
    });

  reasoned('hiding', 'The work is hidden. Those who keep it are told why.', (tx, { viewer }, id, reason) =>
    hideForReason(tx, now(), viewer, id, reason),
  );
  reasoned('unhiding', 'The work is shown again.', (tx, { viewer }, id, reason) =>
    unhideForReason(tx, now(), viewer, id, reason),
  );
  reasoned('look', 'You can look at this work for an hour.', (tx, who, id, reason) =>
    lookAtWork(tx, now(), who, id, reason),
  );
  reasoned('creators', 'For an hour you are told who wrote it.', (tx, who, id, reason) =>
    lookAtCreators(tx, now(), who, id, reason),
  );
}
