/** All one's own works, many of them changed or deleted at once, and what new ones begin with. */
import type { Hono } from 'hono';
import type { Ground } from '../../platform/ground.ts';
import { pageAsked, readForm, type Form } from '../../platform/http/form.ts';
import { showPage } from '../../ui/show.ts';
import { localPath, may, seeOther, type ArchiveContext, type ArchiveEnv } from '../accounts/index.ts';
import { languages } from '../tags/index.ts';
import { changeWorks, deleteWorks, restoreWorks, type BulkRefusal } from './bulk.actions.ts';
import { bulkTyped, worksTyped } from './bulk.form.ts';
import { BULK_FIELDS, ownStateFrom, WORKS_AT_ONCE, type BulkValues } from './bulk.ts';
import { workCards } from './cards.queries.ts';
import { deletionStanding } from './co-creators.queries.ts';
import { setNewWorkDefaults } from './deciding.actions.ts';
import { defaultsTyped } from './deciding.form.ts';
import { newWorkDefaults } from './deciding.queries.ts';
import { languageViews } from './form-view.ts';
import { ownWorksList, ownWorksNamed } from './own-works.queries.ts';
import { DeleteWorksPage } from './pages/DeleteWorksPage.tsx';
import { NewWorkDefaultsPage } from './pages/NewWorkDefaultsPage.tsx';
import { OwnWorksPage } from './pages/OwnWorksPage.tsx';
import type { SeriesNeeds } from './series-needs.form.ts';
import { signingPseuds } from './signing.queries.ts';
import { workPath, type WorkCard } from './work.ts';

const LIST = '/account/works';
const NOTHING_SAID = Object.fromEntries(BULK_FIELDS.map(({ name }) => [name, ''])) as BulkValues;

export interface BulkNeeds {
  series: SeriesNeeds;
  /** What features above do with many works: addresses that take the field `work` for each. */
  doneElsewhere?: readonly { action: string; label: string }[];
}

export function ownWorksRoutes(web: Hono<ArchiveEnv>, ground: Ground, needs: BulkNeeds): void {
  const { db, now } = ground;
  const handle = db.reads;
  const mayWrite = (c: ArchiveContext) => c.var.viewer.accountId !== null && may(c.var.viewer, 'change-own-works');

  /** The list that an address asks for. `again`: what was ticked and typed in a form that comes back, and why it does. */
  const showList = async (
    c: ArchiveContext,
    address: string,
    again: { ticked: readonly string[]; values: BulkValues; form: Form; refused: string } | null = null,
  ) => {
    const { viewer } = c.var;
    const asked = new URL(address, 'http://local').searchParams;
    const state = ownStateFrom(asked.get('state') ?? undefined);
    const pseuds = await signingPseuds(handle, viewer);
    const pseud = pseuds.find((one) => one.publicId === asked.get('pseud'))?.publicId ?? '';
    const page = pageAsked(asked.get('page') ?? undefined);
    const hrefOf = (number: number, more: Record<string, string> = {}) => {
      const said = { state, pseud, page: number === 1 ? '' : String(number), ...more };
      const query = new URLSearchParams(Object.entries(said).filter(([, value]) => value !== '')).toString();
      return query === '' ? LIST : `${LIST}?${query}`;
    };
    const list = await ownWorksList(
      handle,
      viewer,
      { state, pseud },
      { offset: (page - 1) * WORKS_AT_ONCE, limit: WORKS_AT_ONCE },
    );
    const cards = await workCards(handle, viewer, list.ids);
    const known = languageViews(await languages(handle));
    const ticked = new Set(again?.ticked ?? (asked.get('tick') === 'all' ? cards.map((card) => card.publicId) : []));
    return showPage(
      c,
      <OwnWorksPage
        site={c.var.site}
        view={{
          total: list.total,
          state,
          pseud,
          pseuds: pseuds.map((one) => ({ value: one.publicId, label: one.name })),
          works: cards.map((card) => ({
            id: card.publicId,
            href: workPath(card),
            title: card.title,
            language: known.get(card.language ?? '') ?? null,
            creators: card.creators.map((creator) => creator.name),
            words: card.words,
            updatedAt: card.updatedAt,
            marks: marksOf(card),
            ticked: ticked.has(card.publicId),
          })),
          tickAllHref: hrefOf(page, { tick: 'all' }),
          returnTo: hrefOf(page),
          values: again?.values ?? NOTHING_SAID,
          refused: again?.refused ?? null,
          languages: [...known.values()],
          series: await needs.series.field(handle, viewer, null, again?.form),
          elsewhere: needs.doneElsewhere ?? [],
          pagination: {
            page,
            pages: Math.max(1, Math.ceil(list.total / WORKS_AT_ONCE)),
            hrefOf: (number) => hrefOf(number),
          },
        }}
      />,
      again ? 422 : 200,
    );
  };

  /** The page of the list that a form was sent from; the whole list for anything else. */
  const cameFrom = (form: Form): string => {
    const path = localPath(form.one('return'));
    return path === LIST || path.startsWith(`${LIST}?`) ? path : LIST;
  };

  web.get(LIST, async (c) => (mayWrite(c) ? showList(c, c.req.url) : c.notFound()));

  web.post(LIST, async (c) => {
    if (!mayWrite(c)) return c.notFound();
    const form = await readForm(c);
    const known = await languages(handle);
    const { values, changes, works } = bulkTyped(
      form,
      known.map(({ code }) => code),
    );
    const again = (refused: string) => showList(c, cameFrom(form), { ticked: works, values, form, refused });
    const mistake = needs.series.mistake(form);
    if (mistake) return again(mistake.text);
    const toSeries = form.one('toSeries') || form.one('newSeries')?.trim();
    if (Object.keys(changes).length === 0 && !toSeries)
      return again('Nothing was changed: say what is to be changed of the ticked works.');
    const answer = await db.writeUnlessRefused(async (tx) => {
      const done = await changeWorks(tx, now(), c.var.viewer, works, changes);
      if ('refusal' in done || !toSeries) return done;
      const ids = done.works.map((work) => work.id);
      const misplaced = await needs.series.placeMany(tx, now(), c.var.viewer, ids, form);
      return misplaced === null ? done : { refusal: 'misplaced' as const, text: misplaced };
    });
    if ('refusal' in answer) {
      return again(answer.refusal === 'misplaced' ? `Nothing was changed: ${answer.text}` : refusalSentence(answer));
    }
    return seeOther(c, cameFrom(form), {
      kind: 'done',
      text: changedSentence(answer, toSeries !== undefined && toSeries !== ''),
    });
  });

  web.post(`${LIST}/delete`, async (c) => {
    if (!mayWrite(c)) return c.notFound();
    const form = await readForm(c);
    const ids = worksTyped(form);
    const works = await ownWorksNamed(handle, c.var.viewer, ids.slice(0, WORKS_AT_ONCE));
    if (works.length === 0 || works.length !== ids.length) {
      const refusal: BulkRefusal =
        ids.length === 0 ? { refusal: 'nothing-chosen' } : { refusal: 'gone', gone: ids.length - works.length };
      return showList(c, cameFrom(form), {
        ticked: ids,
        values: NOTHING_SAID,
        form,
        refused: refusalSentence(refusal),
      });
    }
    const cards = await workCards(
      handle,
      c.var.viewer,
      works.map((work) => work.id),
    );
    const known = languageViews(await languages(handle));
    const view = [];
    for (const card of cards)
      view.push({
        id: card.publicId,
        title: card.title,
        language: known.get(card.language ?? '') ?? null,
        words: card.words,
        others: (await deletionStanding(handle, c.var.viewer, card.id)).othersMissing,
      });
    return showPage(c, <DeleteWorksPage site={c.var.site} view={{ works: view, returnTo: cameFrom(form) }} />);
  });

  web.post(`${LIST}/deletion`, async (c) => {
    if (!mayWrite(c)) return c.notFound();
    const form = await readForm(c);
    const works = worksTyped(form);
    const answer = await db.writeUnlessRefused((tx) => deleteWorks(tx, now(), c.var.viewer, works));
    if ('refusal' in answer) {
      const refused = refusalSentence(answer);
      return showList(c, cameFrom(form), { ticked: works, values: NOTHING_SAID, form, refused });
    }
    const { deleted, asked } = answer;
    return seeOther(c, cameFrom(form), {
      kind: 'done',
      text: deletedSentence(deleted.length, asked.length),
      ...(deleted.length > 0
        ? { undo: { action: `${LIST}/restoration`, fields: { works: deleted.join(' ') }, label: 'Undo' } }
        : {}),
    });
  });

  web.post(`${LIST}/restoration`, async (c) => {
    if (!mayWrite(c)) return c.notFound();
    const ids = worksTyped(await readForm(c));
    const back = await db.write((tx) => restoreWorks(tx, now(), c.var.viewer, ids));
    return seeOther(c, LIST, {
      kind: back === 0 ? 'refused' : 'done',
      text: back === 0 ? 'None of these works can be taken back.' : `${works(back)} back.`,
    });
  });

  web.get('/account/new-works', async (c) => {
    if (!mayWrite(c)) return c.notFound();
    return showPage(c, <NewWorkDefaultsPage site={c.var.site} values={await newWorkDefaults(handle, c.var.viewer)} />);
  });

  web.post('/account/new-works', async (c) => {
    const said = defaultsTyped(await readForm(c));
    const answer = await db.write((tx) => setNewWorkDefaults(tx, now(), c.var.viewer, said));
    if ('refusal' in answer) return c.notFound();
    return seeOther(c, '/account/new-works', { kind: 'done', text: 'New works begin so from now on.' });
  });
}

function marksOf(card: WorkCard): string[] {
  const marks = [
    card.state === 'draft' && 'Draft',
    card.state === 'scheduled' && 'Scheduled',
    card.restricted && 'Registered readers only',
    card.anonymous && 'Anonymous',
    card.unrevealed && 'Unrevealed',
    card.hidden && 'Hidden by a moderator',
  ];
  return marks.filter((mark) => mark !== false);
}

function works(count: number): string {
  return count === 1 ? '1 work is' : `${count} works are`;
}

function changedSentence(done: { works: readonly unknown[]; changed: number }, placed: boolean): string {
  const same = done.works.length - done.changed;
  const series = placed ? ` ${works(done.works.length)} in the series.` : '';
  if (done.changed === 0) return `${works(same)} as you asked already.${series}`;
  return `${works(done.changed)} changed.${same === 0 ? '' : ` ${same} were so already.`}${series}`;
}

function deletedSentence(deleted: number, asked: number): string {
  const gone = deleted === 0 ? '' : `${works(deleted)} deleted.`;
  const waiting =
    asked === 0
      ? ''
      : `${asked === 1 ? '1 has' : `${asked} have`} other creators: they are asked, and until all agree nothing changes there.`;
  return [gone, waiting].filter((part) => part !== '').join(' ');
}

function refusalSentence(refused: BulkRefusal): string {
  switch (refused.refusal) {
    case 'nothing-chosen':
      return 'Nothing was changed: tick the works first.';
    case 'too-many':
      return `Nothing was changed: at most ${WORKS_AT_ONCE} works at once.`;
    case 'gone':
      return `Nothing was changed: ${refused.gone === 1 ? 'one of the ticked works is' : `${refused.gone} of the ticked works are`} not there any more, or not yours to change. Look at the list again.`;
    case 'against-the-rules':
      return `Nothing was changed. ${refused.reason}`;
  }
}
