/** Going: taking everything out, erasing a deleted work at once, deleting the account. */
import type { Hono } from 'hono';
import type { Tx } from '../../platform/db/tables.ts';
import type { Ground } from '../../platform/ground.ts';
import { readForm, type Form } from '../../platform/http/form.ts';
import { limit } from '../../platform/http/limit.ts';
import { showPage } from '../../ui/show.ts';
import {
  endAllOthers,
  hasCredentials,
  isCodeDue,
  isLastOwner,
  proveOwner,
  seeOther,
  SESSION_COOKIE,
  type ArchiveContext,
  type ArchiveEnv,
  type Door,
} from '../accounts/index.ts';
import { languages } from '../tags/index.ts';
import { agreeToErase, deletionStanding, findWork, isDeleted, worksOf } from '../works/index.ts';
import { endAccount } from './actions.ts';
import { ASKED_AT_ONCE, CHOICE_WORDS, CHOICES, choiceField, choiceFrom, type Choice } from './leaving.ts';
import { orphaningRoutes } from './orphaning.routes.tsx';
import { DeleteAccountPage, type DeleteAccountView } from './pages/DeleteAccountPage.tsx';
import { TakeOutPage } from './pages/TakeOutPage.tsx';

/** What leaving needs of all features together. */
export interface LeavingNeeds {
  door: Door;
  /** Erases a work; returns once the list beside the database says so. */
  eraseWork: (workId: number, stillMeant: (tx: Tx) => Promise<boolean>) => Promise<void>;
  /** Erases an account that is still meant within the transaction. @returns whether it was. */
  eraseAccount: (accountId: number, stillMeant: (tx: Tx) => Promise<boolean>) => Promise<boolean>;
  /** Returns once what somebody has given up for good is on the list beside the database. */
  noteErased: () => Promise<void>;
  /** Everything of an account, as the pieces of one zip. */
  takeOut: (accountId: number) => AsyncIterable<Uint8Array>;
}

const TAKING_MS = 10 * 60_000;

/** How often one account may take everything out. */
const TAKE_OUTS = { points: 6, seconds: 3_600 };

const ONLY_OWNER =
  'You are the only owner of this archive, and an archive needs one. Make somebody else an owner first, or have the host take the archive down.';
const NO_PASSWORD = 'Set a name and a password on your account first: they show that it is you.';

export function leavingRoutes(web: Hono<ArchiveEnv>, ground: Ground, needs: LeavingNeeds): void {
  const { db, now } = ground;
  orphaningRoutes(web, ground, needs.noteErased);

  web.post('/works/:id/erasure', async (c) => {
    const { viewer } = c.var;
    const answer = await db.write((tx) => agreeToErase(tx, now(), viewer, c.req.param('id')));
    if ('refusal' in answer) return c.notFound();
    if (!answer.agreed)
      return seeOther(c, '/deleted', {
        kind: 'done',
        text: 'You have agreed. The work is erased when all of its creators have; until then any of them can take it back.',
      });
    // Somebody may take the deletion back, or become a creator, before this.
    await needs.eraseWork(answer.id, async (tx) => {
      const still = await findWork(tx, viewer, c.req.param('id'), { deleted: true });
      if (!still || !(await isDeleted(tx, answer.id))) return false;
      return !(await deletionStanding(tx, viewer, answer.id)).othersMissing;
    });
    return seeOther(c, '/deleted', { kind: 'done', text: 'The work is erased for good.' });
  });

  const takeOuts = limit(TAKE_OUTS.points, TAKE_OUTS.seconds);
  /** Accounts whose file is under way, since when. One that nobody fetched to its end is forgotten. */
  const taking = new Map<number, number>();

  web.get('/account/take-out', (c) => {
    if (c.var.viewer.accountId === null) return c.redirect('/sign-in?return=/account/take-out');
    return showPage(c, <TakeOutPage site={c.var.site} view={{ error: null }} />);
  });

  web.post('/account/take-out', async (c) => {
    const { accountId } = c.var.viewer;
    if (accountId === null) return c.notFound();
    const isUnderWay = (taking.get(accountId) ?? 0) > now() - TAKING_MS;
    const wait = isUnderWay ? 60 : await takeOuts.take(String(accountId));
    if (wait !== null) {
      c.header('Retry-After', String(wait));
      const error = isUnderWay
        ? 'A download of yours is under way already. Wait until it has ended.'
        : `You have taken everything out several times. Try again in ${Math.ceil(wait / 60)} minutes.`;
      return showPage(c, <TakeOutPage site={c.var.site} view={{ error }} />, 429);
    }
    taking.set(accountId, now());
    return c.body(
      streamOf(needs.takeOut(accountId), () => taking.delete(accountId)),
      200,
      {
        'Content-Type': 'application/zip',
        'Content-Disposition': `attachment; filename="take-out-${new Date(now()).toISOString().slice(0, 10)}.zip"`,
        'Cache-Control': 'no-store',
      },
    );
  });

  const showDeletion = async (
    c: ArchiveContext,
    accountId: number,
    form: Form | null,
    errors: DeleteAccountView['errors'] & { each?: boolean },
  ) => {
    const works = await worksOf(db.reads, accountId);
    const known = new Map((await languages(db.reads)).map((one) => [one.code, one]));
    const posted = works.filter((work) => work.state === 'posted' && !work.deleted && !work.shared);
    const { each, ...beside } = errors;
    const refused = (await isLastOwner(db.reads, accountId))
      ? ONLY_OWNER
      : (await hasCredentials(db.reads, accountId))
        ? null
        : NO_PASSWORD;
    const view: DeleteAccountView = {
      posted: posted.length,
      works:
        posted.length > ASKED_AT_ONCE
          ? []
          : posted.map((work) => {
              const language = known.get(work.language ?? '');
              const chosen = choiceFrom(form?.one(choiceField(work.publicId))) ?? '';
              return {
                field: choiceField(work.publicId),
                title: work.title,
                language: language ? { code: language.code, name: language.name, dir: language.direction } : null,
                words: work.words,
                chosen,
                ...(each && chosen === '' ? { error: 'Choose what becomes of it.' } : {}),
              };
            }),
      drafts: works.filter((work) => work.state !== 'posted' && !work.deleted && !work.shared).length,
      deleted: works.filter((work) => work.deleted && !work.shared).length,
      shared: works.filter((work) => work.shared).length,
      choices: CHOICES.map((value) => ({ value, ...CHOICE_WORDS[value] })),
      all: allChosen(form) ?? '',
      refused,
      asksForCode: await isCodeDue(db.reads, now(), { accountId, sessionToken: c.var.sessionToken }),
      errors: beside,
    };
    return showPage(c, <DeleteAccountPage site={c.var.site} view={view} />, form === null ? 200 : 422);
  };

  web.get('/account/deletion', async (c) => {
    const { accountId } = c.var.viewer;
    if (accountId === null) return c.redirect('/sign-in?return=/account/deletion');
    return showDeletion(c, accountId, null, {});
  });

  web.post('/account/deletion', async (c) => {
    const { accountId } = c.var.viewer;
    const token = c.var.sessionToken;
    if (accountId === null || token === null) return c.notFound();
    const form = await readForm(c);
    const again = (errors: Parameters<typeof showDeletion>[3]) => showDeletion(c, accountId, form, errors);
    if ((await isLastOwner(db.reads, accountId)) || !(await hasCredentials(db.reads, accountId))) return again({});
    const posted = (await worksOf(db.reads, accountId)).filter(
      (work) => work.state === 'posted' && !work.deleted && !work.shared,
    );
    const all = allChosen(form);
    const chosen = new Map<number, Choice>();
    for (const work of posted) {
      const choice = all === 'each' ? choiceFrom(form.one(choiceField(work.publicId))) : all;
      if (choice !== null) chosen.set(work.id, choice);
    }
    if (posted.length > 0 && all === null) return again({ all: 'Choose what becomes of your works.' });
    if (chosen.size < posted.length) return again({ each: true });
    const wrong = await proveOwner(
      { handle: db.reads, door: needs.door, now: now() },
      { accountId, sessionToken: token },
      { password: form.one('password') ?? '', code: form.one('code') ?? '' },
    );
    if (wrong !== null) return again({ [wrong.field]: wrong.sentence });
    // From here on nothing is begun elsewhere in the account's name.
    await db.write((tx) => endAllOthers(tx, now(), accountId, token));
    // What was posted meanwhile was not asked about: nothing of it is erased unless all was to be.
    const rest: Choice = all === null || all === 'each' ? 'orphan' : all;
    await endAccount(ground, needs, accountId, (work) => chosen.get(work.id) ?? rest);
    c.var.cookies.clear(c, SESSION_COOKIE);
    c.header('Clear-Site-Data', '"cache", "storage"');
    return seeOther(c, '/', { kind: 'done', text: 'Your account is deleted.' });
  });
}

function allChosen(form: Form | null): Choice | 'each' | null {
  const typed = form?.one('all');
  return typed === 'each' ? typed : choiceFrom(typed);
}

/** The pieces as a body: none is made before the one before it is taken. `ended`: called once, also when the reader goes away. */
function streamOf(pieces: AsyncIterable<Uint8Array>, ended: () => void): ReadableStream<Uint8Array> {
  const iterator = pieces[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const next = await iterator.next();
          if (!next.done) return controller.enqueue(next.value);
          ended();
          controller.close();
        } catch (error) {
          ended();
          controller.error(error);
        }
      },
      async cancel() {
        ended();
        await iterator.return?.();
      },
    },
    { highWaterMark: 0 },
  );
}
