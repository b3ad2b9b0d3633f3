/** An account's pseuds: the list, and a page for each on which it is changed. Nobody else finds anything here. */
import type { Hono } from 'hono';
import type { Ground } from '../../../platform/ground.ts';
import { readForm } from '../../../platform/http/form.ts';
import { limit } from '../../../platform/http/limit.ts';
import { showPage } from '../../../ui/show.ts';
import { ICON_ALT_CHARACTERS, PROFILE_LINKS, PSEUD_CHARACTERS } from '../../site/index.ts';
import { pseudProblem, PSEUDS_EACH } from '../account.ts';
import { PseudPage, type PseudValues } from '../pages/PseudPage.tsx';
import { PseudsPage } from '../pages/PseudsPage.tsx';
import { ICON_BYTES, iconPath, oneLine } from '../pseud-profile.ts';
import { may } from '../viewer.ts';
import { seeOther, type ArchiveContext, type ArchiveEnv } from '../web.ts';
import { changeProfile } from './profile.actions.ts';
import { profileFrom, profileValues, readProfileForm } from './profile.form.ts';
import { addPseud, chooseDefaultPseud, deletePseud, renamePseud, type SignedWorks } from './pseuds.actions.ts';
import { ownPseud, ownPseuds, writtenProfile, type ListedPseud } from './pseuds.queries.ts';

const TAKEN = 'You have a pseud of this name already.';
const TOO_MANY = `There can be ${PSEUDS_EACH} pseuds, and you have them.`;
/** Pseuds that an account may make or rename within an hour: beyond it, somebody floods an archive with names. */
const NAMES_AN_HOUR = 60;
const ACCEPTED = 'image/png,image/jpeg,image/gif,image/webp,image/avif';

/** One of the viewer's own pseuds that they may change, or null. */
export interface PseudToChange {
  accountId: number;
  pseud: ListedPseud;
}

export interface PseudPages {
  /** The pseud that an address names, if it is the viewer's own and they may change it. */
  toChange(c: ArchiveContext): Promise<PseudToChange | null>;
  /** The page of a pseud, with what was typed and what is wrong with it. */
  show(
    c: ArchiveContext,
    of: PseudToChange,
    typed?: Partial<PseudValues>,
    errors?: Record<string, string>,
  ): Promise<Response>;
}

export function pseudPath(publicId: string): string {
  return `/account/pseuds/${publicId}`;
}

/** Mounts the routes. @returns what the routes of icons share with them. */
export function pseudRoutes(web: Hono<ArchiveEnv>, ground: Ground, works: SignedWorks): PseudPages {
  const { db, now, cleaner } = ground;
  const naming = limit(NAMES_AN_HOUR, 3600);
  const mayChange = (c: ArchiveContext) => may(c.var.viewer, 'change-own-pseuds');

  const owned = async (c: ArchiveContext): Promise<PseudToChange | null> => {
    const { accountId } = c.var.viewer;
    const pseud = accountId === null ? null : await ownPseud(db.reads, accountId, c.req.param('id') ?? '');
    return accountId === null || pseud === null ? null : { accountId, pseud };
  };
  const toChange: PseudPages['toChange'] = async (c) => (mayChange(c) ? owned(c) : null);

  /** What is wrong with a name that was typed, in one sentence, or null. */
  const nameProblem = async (accountId: number, name: string): Promise<string | null> => {
    const wrong = pseudProblem(name);
    if (wrong !== null) return wrong;
    const wait = await naming.take(String(accountId));
    return wait === null ? null : `You have chosen many names. Try again in ${Math.ceil(wait / 60)} minutes.`;
  };

  const showList = async (c: ArchiveContext, accountId: number, typed = '', error?: string) => {
    const own = await ownPseuds(db.reads, accountId);
    const counts = await works.count(
      db.reads,
      own.map((pseud) => pseud.id),
    );
    const view = {
      pseuds: own.map((pseud) => ({
        name: pseud.name,
        isDefault: pseud.isDefault,
        icon: pseud.icon && { src: iconPath(pseud.icon), alt: pseud.icon.alt },
        works: counts.get(pseud.id) ?? 0,
        href: pseudPath(pseud.publicId),
        publicHref: `/creators/${pseud.publicId}`,
      })),
      typed,
      ...(error === undefined ? {} : { error }),
      mayChange: mayChange(c),
      mayAdd: own.length < PSEUDS_EACH,
      limits: { name: PSEUD_CHARACTERS },
    };
    return showPage(c, <PseudsPage site={c.var.site} view={view} />, error === undefined ? 200 : 422);
  };

  const show: PseudPages['show'] = async (c, { accountId, pseud }, typed = {}, errors = {}) => {
    const others = (await ownPseuds(db.reads, accountId)).filter((one) => one.id !== pseud.id);
    const written = await writtenProfile(db.reads, pseud.id);
    const view = {
      path: pseudPath(pseud.publicId),
      name: pseud.name,
      isDefault: pseud.isDefault,
      works: (await works.count(db.reads, [pseud.id])).get(pseud.id) ?? 0,
      publicHref: `/creators/${pseud.publicId}`,
      icon: pseud.icon && { src: iconPath(pseud.icon), alt: pseud.icon.alt },
      values: { name: pseud.name, alt: pseud.icon?.alt ?? '', ...profileValues(written), ...typed },
      errors,
      others: others.map((one) => ({ value: one.publicId, label: one.name })),
      limits: {
        name: PSEUD_CHARACTERS,
        alt: ICON_ALT_CHARACTERS,
        label: PROFILE_LINKS.label,
        address: PROFILE_LINKS.address,
        links: PROFILE_LINKS.most,
        megabytes: ICON_BYTES / 1_048_576,
      },
      accept: ACCEPTED,
      mayChange: mayChange(c),
    };
    return showPage(c, <PseudPage site={c.var.site} view={view} />, Object.keys(errors).length > 0 ? 422 : 200);
  };

  web.get('/account/pseuds', async (c) => {
    const { accountId } = c.var.viewer;
    return accountId === null ? c.redirect('/sign-in?return=/account/pseuds') : showList(c, accountId);
  });

  web.post('/account/pseuds', async (c) => {
    const { accountId } = c.var.viewer;
    if (accountId === null || !mayChange(c)) return c.notFound();
    const name = oneLine((await readForm(c)).one('name') ?? '');
    const wrong = await nameProblem(accountId, name);
    if (wrong !== null) return showList(c, accountId, name, wrong);
    const added = await db.writeUnlessRefused((tx) => addPseud(tx, now(), accountId, name));
    if ('refusal' in added) return showList(c, accountId, name, added.refusal === 'taken' ? TAKEN : TOO_MANY);
    return seeOther(c, pseudPath(added.publicId), { kind: 'done', text: 'The pseud is yours.' });
  });

  web.get('/account/pseuds/:id', async (c) => {
    const of = await owned(c);
    return of ? show(c, of) : c.notFound();
  });

  web.post('/account/pseuds/:id/name', async (c) => {
    const of = await toChange(c);
    if (!of) return c.notFound();
    const { accountId, pseud } = of;
    const name = oneLine((await readForm(c)).one('name') ?? '');
    const wrong = await nameProblem(accountId, name);
    if (wrong !== null) return show(c, of, { name }, { name: wrong });
    const renamed = await db.writeUnlessRefused((tx) => renamePseud(tx, now(), accountId, pseud.publicId, name));
    if ('refusal' in renamed)
      return renamed.refusal === 'taken' ? show(c, of, { name }, { name: TAKEN }) : c.notFound();
    return seeOther(c, pseudPath(pseud.publicId), { kind: 'done', text: 'The pseud has its new name.' });
  });

  web.post('/account/pseuds/:id/profile', async (c) => {
    const of = await toChange(c);
    if (!of) return c.notFound();
    const { accountId, pseud } = of;
    const values = readProfileForm(await readForm(c));
    const read = await profileFrom(cleaner, values);
    if ('errors' in read) return show(c, of, values, read.errors);
    const changed = await db.write((tx) => changeProfile(tx, now(), accountId, pseud.publicId, read.profile));
    if (!changed) return c.notFound();
    return seeOther(c, pseudPath(pseud.publicId), { kind: 'done', text: 'The profile is saved.' });
  });

  web.post('/account/pseuds/:id/default', async (c) => {
    const of = await toChange(c);
    if (!of) return c.notFound();
    const chosen = await db.write((tx) => chooseDefaultPseud(tx, now(), of.accountId, of.pseud.publicId));
    return chosen
      ? seeOther(c, '/account/pseuds', { kind: 'done', text: `${of.pseud.name} is your default pseud now.` })
      : c.notFound();
  });

  web.post('/account/pseuds/:id/deletion', async (c) => {
    const of = await toChange(c);
    if (!of) return c.notFound();
    const { accountId, pseud } = of;
    const heir = (await readForm(c)).one('heir') || null;
    const answer = await db.writeUnlessRefused((tx) => deletePseud(tx, now(), accountId, pseud.publicId, heir, works));
    if (!('refusal' in answer))
      return seeOther(c, '/account/pseuds', { kind: 'done', text: `The pseud ${answer.deleted} is deleted.` });
    if (answer.refusal === 'not-found') return c.notFound();
    if (answer.refusal === 'default')
      return seeOther(c, pseudPath(pseud.publicId), {
        kind: 'refused',
        text: 'This is your default pseud. Make another one the default first.',
      });
    return show(c, of, {}, { heir: 'It signs works. Choose which of your other pseuds signs them from now on.' });
  });

  return { toChange, show };
}
