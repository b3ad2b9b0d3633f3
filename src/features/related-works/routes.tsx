/** What a work goes back to, for those who keep it; and the page where an account answers for its own works. */
import type { Hono } from 'hono';
import type { Ground } from '../../platform/ground.ts';
import { readForm, type Form } from '../../platform/http/form.ts';
import { limit } from '../../platform/http/limit.ts';
import { showPage } from '../../ui/show.ts';
import { seeOther, type ArchiveContext, type ArchiveEnv } from '../accounts/index.ts';
import { archiveWords, languageView } from '../browse/index.ts';
import { TITLE_CHARACTERS } from '../site/index.ts';
import { findWork, mayChangeWork, workPath, type WorkWhole } from '../works/index.ts';
import { answerRelation, relateWork, unrelateWork, type ParentNamed, type RelationRefusal } from './actions.ts';
import { RelatedWorksPage } from './pages/RelatedWorksPage.tsx';
import { WorkRelationsPage, type RelationErrors, type RelationValues } from './pages/WorkRelationsPage.tsx';
import { relationsAsked, relationsAsking, relationsOfWork } from './queries.ts';
import { relatedTitle } from './related-title.view.ts';
import {
  ADDRESS_CHARACTERS,
  OUTSIDE_CREATOR_CHARACTERS,
  outsideAddressProblem,
  PARENTS_PER_WORK,
  relationKind,
  workNamed,
} from './relation.ts';

const HOUR = 3600;
/** Works one account may name in an hour: those who keep them are asked each time. */
const RELATIONS_AN_HOUR = 60;
const NOTHING_TYPED: RelationValues = {
  kind: '',
  address: '',
  outsideKind: '',
  url: '',
  title: '',
  creator: '',
  language: '',
};

export function relatedWorkRoutes(web: Hono<ArchiveEnv>, { db, now }: Ground): void {
  const handle = db.reads;
  const tries = limit(RELATIONS_AN_HOUR, HOUR);

  const ownWork = async (c: ArchiveContext): Promise<WorkWhole | null> => {
    const work = await findWork(handle, c.var.viewer, c.req.param('id') ?? '');
    return work && mayChangeWork(c.var.viewer, work) ? work : null;
  };

  const show = async (c: ArchiveContext, work: WorkWhole, values = NOTHING_TYPED, errors: RelationErrors = {}) => {
    const words = await archiveWords(handle);
    const base = `/works/${work.publicId}/related-works`;
    const view = {
      work: { title: work.title, href: workPath(work), language: languageView(work.language, words) },
      relations: (await relationsOfWork(handle, c.var.viewer, work.id)).map((one) => ({
        kind: one.kind,
        state: one.state,
        parent: one.parent && relatedTitle(one.parent, words),
        takeBack: one.state === 'refused' ? null : { action: `${base}/${one.relation}/removal` },
      })),
      action: base,
      values,
      errors,
      languages: [...words.languages.keys()].map((code) => languageView(code, words)),
      limits: { address: ADDRESS_CHARACTERS, title: TITLE_CHARACTERS, creator: OUTSIDE_CREATOR_CHARACTERS },
    };
    return showPage(c, <WorkRelationsPage site={c.var.site} view={view} />, Object.keys(errors).length > 0 ? 422 : 200);
  };

  web.get('/works/:id/related-works', async (c) => {
    const work = await ownWork(c);
    return work ? show(c, work) : c.notFound();
  });

  web.post('/works/:id/related-works', async (c) => {
    const work = await ownWork(c);
    if (!work) return c.notFound();
    const form = await readForm(c);
    const values = valuesTyped(form);
    const known = (await archiveWords(handle)).languages;
    const elsewhere = form.one('where') === 'elsewhere';
    const read = elsewhere ? readOutside(values, c.var.site.origin, known) : readHere(values, c.var.site.origin);
    if ('errors' in read) return show(c, work, values, read.errors);
    const field = elsewhere ? 'url' : 'address';
    const wait = await tries.take(String(c.var.viewer.accountId));
    if (wait !== null)
      return show(c, work, values, { [field]: `That was very often. Try again in ${Math.ceil(wait / 60)} minutes.` });
    const answer = await db.writeUnlessRefused((tx) => relateWork(tx, now(), c.var.viewer, work.publicId, read.named));
    if ('refusal' in answer) {
      if (answer.refusal === 'not-found') return c.notFound();
      return show(c, work, values, { [field]: sentenceOf(answer) });
    }
    return seeOther(c, `/works/${work.publicId}/related-works`, {
      kind: 'done',
      text: answer.state === 'approved' ? 'It is shown on your work now.' : 'Its creators are asked.',
    });
  });

  web.post('/works/:id/related-works/:relation/removal', async (c) => {
    const { id, relation } = c.req.param();
    const answer = await db.write((tx) => unrelateWork(tx, now(), c.var.viewer, id, relation));
    if ('refusal' in answer) return c.notFound();
    return seeOther(c, `/works/${id}/related-works`, { kind: 'done', text: 'It is taken back.' });
  });

  web.get('/account/related-works', async (c) => {
    const { viewer } = c.var;
    if (viewer.accountId === null) return c.notFound();
    const words = await archiveWords(handle);
    const [asked, asking] = await Promise.all([relationsAsked(handle, viewer), relationsAsking(handle, viewer)]);
    const pair = (one: (typeof asked)[number]) => ({
      kind: one.kind,
      state: one.state,
      child: relatedTitle({ card: one.child }, words),
      parent: relatedTitle({ card: one.parent }, words),
      at: one.at,
    });
    const view = {
      asked: asked.map((one) => ({
        ...pair(one),
        approve: { action: `/account/related-works/${one.relation}/approval` },
        refuse: { action: `/account/related-works/${one.relation}/refusal` },
      })),
      asking: asking.map((one) => ({ ...pair(one), href: `/works/${one.child.publicId}/related-works` })),
    };
    return showPage(c, <RelatedWorksPage site={c.var.site} view={view} />);
  });

  const answer = async (c: ArchiveContext, state: 'approved' | 'refused') => {
    const relation = c.req.param('relation') ?? '';
    const said = await db.write((tx) => answerRelation(tx, now(), c.var.viewer, relation, state));
    if ('refusal' in said) return c.notFound();
    return seeOther(c, '/account/related-works', {
      kind: 'done',
      text: state === 'approved' ? 'The works stand beside each other now.' : 'Neither work says it.',
    });
  };
  web.post('/account/related-works/:relation/approval', (c) => answer(c, 'approved'));
  web.post('/account/related-works/:relation/refusal', (c) => answer(c, 'refused'));
}

type Read = { named: ParentNamed } | { errors: RelationErrors };
const CHOOSE = 'Choose how your work goes back to it.';

function valuesTyped(form: Form): RelationValues {
  const line = (name: keyof RelationValues) => (form.one(name) ?? '').replace(/[\s\p{Cc}]+/gu, ' ').trim();
  return {
    kind: line('kind'),
    address: line('address'),
    outsideKind: line('outsideKind'),
    url: line('url'),
    title: line('title'),
    creator: line('creator'),
    language: line('language'),
  };
}

function readHere(values: RelationValues, origin: string): Read {
  const kind = relationKind(values.kind);
  const here = workNamed(values.address, origin);
  if (kind !== null && here !== null) return { named: { kind, here } };
  return {
    errors: { ...(kind === null ? { kind: CHOOSE } : {}), ...(here === null ? { address: NOTHING_THERE } : {}) },
  };
}

function readOutside(values: RelationValues, origin: string, known: ReadonlyMap<string, unknown>): Read {
  const kind = relationKind(values.outsideKind);
  const address = outsideAddressProblem(values.url, origin);
  const errors: RelationErrors = {
    ...(kind === null ? { outsideKind: CHOOSE } : {}),
    ...(address === null ? {} : { url: address }),
    ...(values.title === '' ? { title: 'Type its title.' } : {}),
    ...(values.title.length > TITLE_CHARACTERS ? { title: `A title has at most ${TITLE_CHARACTERS} characters.` } : {}),
    ...(values.creator.length > OUTSIDE_CREATOR_CHARACTERS
      ? { creator: `A name has at most ${OUTSIDE_CREATOR_CHARACTERS} characters.` }
      : {}),
    ...(values.language === '' || known.has(values.language) ? {} : { language: 'Choose one of the languages.' }),
  };
  if (kind === null || Object.keys(errors).length > 0) return { errors };
  const { url, title, creator, language } = values;
  return { named: { kind, external: { url: new URL(url).href, title, creator, language: language || null } } };
}

const NOTHING_THERE = 'There is no work at this address that you can read.';

function sentenceOf({ refusal }: RelationRefusal): string {
  switch (refusal) {
    case 'itself':
      return 'This is the work itself.';
    case 'related':
      return 'It is in the list above already.';
    case 'too-many':
      return `A work goes back to ${PARENTS_PER_WORK} others at most.`;
    case 'nothing':
    case 'not-found':
      return NOTHING_THERE;
  }
}
