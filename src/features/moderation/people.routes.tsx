/** What moderators do about somebody, roles, and what somebody is told about themself. */
import type { Hono } from 'hono';
import type { Ground } from '../../platform/ground.ts';
import type { Tx } from '../../platform/db/tables.ts';
import { readForm, type Form } from '../../platform/http/form.ts';
import { showPage } from '../../ui/show.ts';
import { may, rolesHeld, seeOther, type ArchiveContext, type ArchiveEnv } from '../accounts/index.ts';
import { lookAtPseuds, type Looking } from './looks.actions.ts';
import { lookUntil } from './looks.queries.ts';
import { suspensionEnd } from './measure.ts';
import { PeoplePage } from './pages/PeoplePage.tsx';
import { PersonPage, type PersonView } from './pages/PersonPage.tsx';
import { StandingPage } from './pages/StandingPage.tsx';
import {
  acknowledgeWarnings,
  changeRole,
  GIVEN_ROLES,
  liftMeasures,
  takeMeasure,
  type PeopleRefusal,
} from './people.actions.ts';
import { removePart } from './pseud-parts.actions.ts';
import { ownMeasures, personMet, pseudsNamed } from './people.queries.ts';
import { reasonError } from './reason-form.ts';

const ROLE_WORDS: Record<(typeof GIVEN_ROLES)[number], string> = {
  moderator: 'Moderator',
  'tag-wrangler': 'Tag wrangler',
  archivist: 'Archivist',
  owner: 'Owner',
};

export function peopleRoutes(web: Hono<ArchiveEnv>, ground: Ground): void {
  const { db, now } = ground;
  const handle = db.reads;
  const pathOf = (publicId: string) => `/moderation/people/${publicId}`;

  web.get('/moderation/people', async (c) => {
    const { viewer } = c.var;
    if (!may(viewer, 'change-standing')) return c.notFound();
    const name = (c.req.query('name') ?? '').trim().slice(0, 40);
    const found = name === '' ? null : await pseudsNamed(handle, viewer, name);
    const holders = may(viewer, 'change-roles') ? await rolesHeld(handle) : null;
    return showPage(
      c,
      <PeoplePage
        site={c.var.site}
        view={{
          name,
          found: found?.map((one) => ({ href: pathOf(one.publicId), name: one.name })) ?? null,
          ...(holders
            ? { holders: holders.map((one) => ({ href: pathOf(one.publicId), name: one.pseud, roles: one.roles })) }
            : {}),
        }}
      />,
    );
  });

  interface Typed {
    form?: PersonView['form'];
    roles?: Pick<NonNullable<PersonView['roles']>, 'values' | 'errors'>;
  }
  const show = async (c: ArchiveContext, typed: Typed = {}) => {
    const { viewer, sessionToken } = c.var;
    const id = c.req.param('id') ?? '';
    const met = await personMet(handle, viewer, id, now(), false);
    if (!met) return c.notFound();
    const knows = (await lookUntil(handle, sessionToken, 'other-pseuds', met.pseudId, now())) !== null;
    const person = knows ? await personMet(handle, viewer, id, now(), true) : met;
    if (!person) return c.notFound();
    const holder = may(viewer, 'change-roles');
    return showPage(
      c,
      <PersonPage
        site={c.var.site}
        view={{
          href: pathOf(id),
          creatorHref: `/creators/${id}`,
          pseud: person.pseud,
          measures: person.measures,
          otherPseuds: person.otherPseuds?.map((one) => ({ href: pathOf(one.publicId), name: one.name })) ?? null,
          form: typed.form ?? { reason: '', error: undefined, until: '' },
          ...(holder
            ? {
                roles: {
                  held: [...person.roles],
                  choices: GIVEN_ROLES.map((role) => ({ value: role, label: ROLE_WORDS[role] })),
                  ...(typed.roles ?? { values: { role: '', reason: '' }, errors: {} }),
                },
              }
            : {}),
        }}
      />,
      Object.keys(typed).length > 0 ? 422 : 200,
    );
  };

  web.get('/moderation/people/:id', (c) => show(c));

  type Act = (
    tx: Tx,
    who: Looking,
    asked: { id: string; reason: string; form: Form },
  ) => Promise<PeopleRefusal | { refusal: 'no-date' } | object>;
  const reasoned = (rest: string, done: string, act: Act) =>
    web.post(`/moderation/people/:id/${rest}`, async (c) => {
      const form = await readForm(c);
      const [reason, until] = [form.one('reason') ?? '', (form.one('until') ?? '').trim()];
      const { viewer, sessionToken } = c.var;
      if (sessionToken === null) return c.notFound();
      const id = c.req.param('id') ?? '';
      const answer = await db.writeUnlessRefused((tx) => act(tx, { viewer, sessionToken }, { id, reason, form }));
      if (!('refusal' in answer)) return seeOther(c, pathOf(id), { kind: 'done', text: done });
      const { refusal } = answer;
      if (refusal === 'not-found') return c.notFound();
      if (refusal === 'no-date') {
        const untilError = 'This is no day of the coming year. Leave it empty for a suspension without an end.';
        return show(c, { form: { reason, until, error: undefined, untilError } });
      }
      return show(c, { form: { reason, until, error: sentenceFor(refusal) } });
    });

  reasoned('warning', 'The warning stands on every page they open, until they have read it.', (tx, who, asked) =>
    takeMeasure(tx, now(), who.viewer, asked.id, { kind: 'warning', reason: asked.reason, endsAt: null }),
  );
  reasoned('suspension', 'The account is suspended. It can read, and change nothing.', async (tx, who, asked) => {
    const endsAt = suspensionEnd((asked.form.one('until') ?? '').trim(), now());
    const taken = await takeMeasure(tx, now(), who.viewer, asked.id, {
      kind: 'suspension',
      reason: asked.reason,
      endsAt: endsAt ?? null,
    });
    // Asked last: who may not suspend anybody learns nothing from a date.
    return endsAt === undefined && !('refusal' in taken) ? { refusal: 'no-date' } : taken;
  });
  reasoned('ban', 'The account is banned. It can read, and change nothing.', (tx, who, asked) =>
    takeMeasure(tx, now(), who.viewer, asked.id, { kind: 'ban', reason: asked.reason, endsAt: null }),
  );
  reasoned('lifting', 'What was given to this pseud and held is lifted.', (tx, who, asked) =>
    liftMeasures(tx, now(), who.viewer, asked.id, asked.reason),
  );
  const REMOVED = 'It is gone, and they are told why. Where there was none, nothing was done.';
  reasoned('profile-removal', REMOVED, (tx, who, asked) =>
    removePart(tx, now(), who.viewer, asked.id, { part: 'profile', reason: asked.reason }),
  );
  reasoned('icon-removal', REMOVED, (tx, who, asked) =>
    removePart(tx, now(), who.viewer, asked.id, { part: 'icon', reason: asked.reason }),
  );
  reasoned('pseuds', 'For an hour you are told the other pseuds of this account.', (tx, who, asked) =>
    lookAtPseuds(tx, now(), who, asked.id, asked.reason),
  );

  web.post('/moderation/people/:id/roles', async (c) => {
    const { viewer } = c.var;
    if (!may(viewer, 'change-roles')) return c.notFound();
    const form = await readForm(c);
    const values = { role: form.one('role') ?? '', reason: form.one('roleReason') ?? '' };
    const role = GIVEN_ROLES.find((one) => one === values.role);
    if (!role) return show(c, { roles: { values, errors: { role: 'Choose a role.' } } });
    const give = form.one('change') !== 'take';
    const id = c.req.param('id');
    const answer = await db.writeUnlessRefused((tx) =>
      changeRole(tx, now(), viewer, id, { role, give, reason: values.reason }),
    );
    if (!('refusal' in answer)) {
      const text = give ? 'The role is given.' : 'The role is taken.';
      // Who has just given up their own right to see this page goes home.
      return seeOther(c, role === 'owner' && !give ? '/' : pathOf(id), { kind: 'done', text });
    }
    if (answer.refusal === 'not-found') return c.notFound();
    const error = sentenceFor(answer.refusal);
    const errors = answer.refusal === 'last-owner' ? { role: error } : { roleReason: error };
    return show(c, { roles: { values, errors } });
  });

  web.get('/standing', async (c) => {
    const { accountId } = c.var.viewer;
    if (accountId === null) return c.notFound();
    const { standing: _said, ...site } = c.var.site;
    return showPage(c, <StandingPage site={site} view={{ measures: await ownMeasures(handle, accountId, now()) }} />);
  });

  web.post('/standing/acknowledgement', async (c) => {
    const { accountId } = c.var.viewer;
    if (accountId === null) return c.notFound();
    const read = (await readForm(c)).all('warning');
    await db.write((tx) => acknowledgeWarnings(tx, now(), accountId, read));
    return seeOther(c, '/standing');
  });
}

function sentenceFor(refusal: Exclude<PeopleRefusal['refusal'], 'not-found'>): string {
  if (refusal === 'protected') return 'This is an owner, yourself, or somebody whom only an owner may touch.';
  if (refusal === 'last-owner') return 'An archive keeps its last owner. Give the role to somebody else first.';
  return reasonError(refusal);
}
