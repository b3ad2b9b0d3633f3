/** The rules of the archive and how to reach its owner, for everybody; the owner writes them. */
import type { Hono } from 'hono';
import type { Ground } from '../../platform/ground.ts';
import { readForm } from '../../platform/http/form.ts';
import { headingsFrom } from '../../platform/html/headings.ts';
import { withoutBlockIds } from '../../platform/html/ids.ts';
import { showPage } from '../../ui/show.ts';
import { may, seeOther, type ArchiveContext, type ArchiveEnv } from '../accounts/index.ts';
import { changePage, OWN_PAGE_CHARACTERS, sitePage, siteRules, type OwnPage, type SiteRules } from '../site/index.ts';
import { ContactPage, EditOwnPage, RulesPage, type OwnPageView } from './pages/OwnPages.tsx';

/** The page's own heading is an h1. */
const OWN_HEADINGS = 2;

const TITLES: Record<OwnPage, string> = { rules: 'Rules', contact: 'Contact' };

export function ownPageRoutes(web: Hono<ArchiveEnv>, ground: Ground): void {
  const { db, now, cleaner } = ground;

  const viewOf = async (c: ArchiveContext, page: OwnPage): Promise<OwnPageView> => {
    const written = await sitePage(db.reads, page);
    return {
      title: TITLES[page],
      path: `/${page}`,
      html: written ? headingsFrom(written.html, OWN_HEADINGS) : null,
      updatedAt: written?.updatedAt ?? null,
      mayEdit: may(c.var.viewer, 'configure-site'),
    };
  };

  web.get('/rules', async (c) => {
    const enforced = enforcedBy(await siteRules(db.reads));
    return showPage(c, <RulesPage site={c.var.site} view={{ ...(await viewOf(c, 'rules')), enforced }} />);
  });

  web.get('/contact', async (c) => showPage(c, <ContactPage site={c.var.site} view={await viewOf(c, 'contact')} />));

  const showEdit = (c: ArchiveContext, page: OwnPage, text: string, error?: string) =>
    showPage(
      c,
      <EditOwnPage
        site={c.var.site}
        view={{ title: TITLES[page], path: `/${page}`, text, ...(error === undefined ? {} : { error }) }}
      />,
      error === undefined ? 200 : 422,
    );

  for (const page of ['rules', 'contact'] as const) {
    web.get(`/${page}/edit`, async (c) => {
      if (!may(c.var.viewer, 'configure-site')) return c.notFound();
      return showEdit(c, page, (await sitePage(db.reads, page))?.source ?? '');
    });

    web.post(`/${page}/edit`, async (c) => {
      if (!may(c.var.viewer, 'configure-site')) return c.notFound();
      const source = (await readForm(c)).one('text') ?? '';
      if (source.length > OWN_PAGE_CHARACTERS)
        return showEdit(c, page, source, `A page has at most ${OWN_PAGE_CHARACTERS} characters.`);
      const cleaned = await cleaner.clean(source, 'markdown');
      if (!cleaned.ok) return showEdit(c, page, source, 'This text could not be read.');
      const text = { source, html: withoutBlockIds(cleaned.html), rules: cleaned.rules };
      await db.write((tx) => changePage(tx, now(), page, text));
      return seeOther(c, `/${page}`, { kind: 'done', text: 'The page is saved.' });
    });
  }
}

/** What posting refuses, a sentence each. */
function enforcedBy(rules: SiteRules): string[] {
  const sentences = [
    ...[...rules.refusedLabels.values()].map((rule) => rule.reason),
    ...rules.refusedRatings.values(),
    ...(rules.registeredOnly ? ['Works in this archive are for registered readers only.'] : []),
  ];
  return [...new Set(sentences)];
}
