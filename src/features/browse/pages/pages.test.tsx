/** The pages of browsing, with everything in them and with nothing: valid, and saying what a reader must learn. */
import { HtmlValidate } from 'html-validate';
import type { VNode } from 'preact';
import { describe, expect, test } from 'vitest';
import { renderDocument } from '../../../ui/document.ts';
import { CreatorPage } from './CreatorPage.tsx';
import type { FilteredListView } from './filtered-list-view.ts';
import * as views from './pages.fixture.ts';
import { TagAboutPage } from './TagAboutPage.tsx';
import { TagPage } from './TagPage.tsx';
import { WorksPage } from './WorksPage.tsx';

const { site } = views;

function worksPage(list: FilteredListView): VNode {
  return <WorksPage site={site} view={{ heading: 'All works', list }} />;
}

const tagPage = (
  <TagPage
    site={site}
    view={{
      name: 'Angst',
      kindLine: 'Additional tag, canonical tag',
      meaning: 'Finds works with this tag and its 3 synonyms.',
      aboutHref: '/tags/freeform/Angst/about',
      synonymOf: { name: 'Anguish', href: '/tags/freeform/Anguish' },
      list: views.list,
    }}
  />
);

const pages = {
  'a filtered list': worksPage(views.list),
  'an unfiltered list': worksPage(views.unfiltered),
  'a search': worksPage(views.searched),
  'a filter that cannot be read': worksPage(views.mistaken),
  'a filter that nothing matches': worksPage(views.emptied),
  'beyond the last page': worksPage(views.beyondTheEnd),
  'a tag': tagPage,
  'an imported creator': (
    <CreatorPage
      site={site}
      view={{ name: 'oriel', imported: true, from: 'example.org', gifts: null, profile: null, list: views.unfiltered }}
    />
  ),
  'about a tag': <TagAboutPage site={site} view={views.about} />,
  'about a tag of which little is known': <TagAboutPage site={site} view={views.bareAbout} />,
};

const validator = new HtmlValidate({
  root: true,
  extends: ['html-validate:recommended'],
  rules: {
    // How preact writes empty elements and attributes; all of it is valid HTML.
    'void-style': 'off',
    'attribute-boolean-style': 'off',
    'attribute-empty-style': 'off',
    'long-title': 'off',
    'form-dup-name': ['error', { shared: ['radio', 'checkbox', 'button', 'submit', 'reset'] }],
  },
});

describe.each(Object.entries(pages))('%s', (_name, page) => {
  const html = renderDocument(page);

  test('is valid', async () => {
    const report = await validator.validateString(html);
    expect(report.results.flatMap((result) => result.messages.map((one) => `${one.ruleId}: ${one.message}`))).toEqual(
      [],
    );
  });

  test('has one first heading and skips no rank', () => {
    const ranks = [...html.matchAll(/<h([1-6])[\s>]/g)].map((match) => Number(match[1]));
    expect(ranks.filter((rank) => rank === 1)).toHaveLength(1);
    expect(ranks.filter((rank, at) => rank > (ranks[at - 1] ?? 0) + 1)).toEqual([]);
  });

  test('holds no style and no script of its own', () => {
    expect(html).not.toMatch(/<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)/);
  });
});

/** The page as its words, with what only screen readers hear; one space between pieces. */
function wordsOf(page: VNode): string {
  return renderDocument(page)
    .replaceAll(/<head>.*<\/head>|<[^>]+>/gs, ' ')
    .replaceAll(/\s+/g, ' ');
}

/** What stands between the end of one thing and the beginning of another. */
function between(text: string, from: string, to: string): string {
  const start = text.indexOf(from) + from.length;
  return text.includes(from) ? text.slice(start, text.indexOf(to, start)) : '';
}

describe('a list', () => {
  test('says its exact total, order, page and what is hidden, and says changes', () => {
    expect(wordsOf(worksPage(views.list))).toContain(
      '18,204 works , most kudos first · page 1 of 729 · 3 works hidden by your filters',
    );
    expect(renderDocument(worksPage(views.list))).toContain('<p class="total" id="total" role="status">');
  });

  test('shows each condition as a link that takes it away, and strikes out what is excluded', () => {
    const html = renderDocument(worksPage(views.list));
    expect(wordsOf(worksPage(views.list))).toContain('Remove: without Angst , Additional tag');
    expect(wordsOf(worksPage(views.list))).toContain('Remove: Sherlock Holmes/John Watson , Relationship');
    const struck = ['<s dir="auto">Angst', '<s dir="auto">Major Character Death'];
    // Over the list, and once more at the top of the sheet.
    expect(html.match(/<s dir="auto">[^<]+/g)).toEqual([...struck, ...struck]);
    expect(between(html, '<bdi>5,000 and more</bdi>', '</a>')).not.toContain('Words');
    for (const { removeHref } of views.list.chips) expect(html).toContain(`href="${removeHref}"`);
  });

  test('has a field for any page where not every page has its link, which keeps the filter', () => {
    const html = renderDocument(worksPage(views.list));
    const jump = between(html, 'class="page-jump"', '</form>');
    expect(jump).toMatch(/^ method="get" action="\/works">/);
    expect(jump).toContain('<input type="number" name="page" min="1" max="729" required');
    const pagination = { page: 2, pages: 90, hrefOf: (page: number) => `/works?tag=A%26B&not-tag=C&page=${page}` };
    const filtered = renderDocument(worksPage({ ...views.list, pagination }));
    expect(between(filtered, 'class="page-jump"', '<label>')).toContain(
      '<input type="hidden" name="tag" value="A&amp;B"/><input type="hidden" name="not-tag" value="C"/>',
    );
    const short = { ...pagination, pages: 6 };
    expect(renderDocument(worksPage({ ...views.list, pagination: short }))).not.toContain('page-jump');
  });

  test('stands before the filter in reading order, with a link that skips to it', () => {
    const html = renderDocument(worksPage(views.list));
    expect(html.indexOf('<search')).toBeGreaterThan(html.lastIndexOf('<article'));
    expect(html).toMatch(/<a class="skip[^"]*" href="#filter">/);
    expect(html).toContain('id="filter"');
  });

  test('puts kept blurbs in as they are', () => {
    const html = renderDocument(worksPage(views.list));
    expect(html.split('<article').length - 1).toBe(25);
    for (const work of views.works) expect(html).toContain(work.html);
  });

  test('opens the filter by one button that says how many works there are and how much is chosen, without script', () => {
    const button = between(renderDocument(worksPage(views.list)), 'id="open-filter"', '</button>');
    expect(button).toContain('popovertarget="filter"');
    expect(button).toContain('Filter 18,204 works');
    expect(button).toContain('5<span class="visually-hidden"> chosen</span>');
    expect(between(renderDocument(worksPage(views.unfiltered)), 'id="open-filter"', '</button>')).not.toContain(
      'chosen',
    );
  });
});

describe('the filter', () => {
  const html = renderDocument(worksPage(views.list));
  const form = between(html, '<form id="filters"', '</form>');

  test('is a form sent by GET, marked, with what it carries along', () => {
    expect(form).toMatch(/^ method="get" action="\/works">/);
    expect(form).toContain('<input type="hidden" name="form" value="1"/>');
    expect(form).toContain('<input type="hidden" name="creator" value="abc"/>');
    expect(wordsOf(worksPage(views.list))).toContain('Show 18,204 works');
  });

  test('has two boxes a row, named for those who cannot see their signs', () => {
    const row = between(form, 'value="Fluff"', '</li>');
    expect(row.slice(2).replaceAll(/<[^>]+>/g, '')).toBe('Include Fluff, 7,924 works');
    expect(row).toContain('name="not-tag" value="Fluff" aria-label="Exclude Fluff"');
    expect(row).toContain('<rect width="44%" height="2"></rect>');
  });

  test('ticks what is chosen and what is excluded', () => {
    const checked = [...form.matchAll(/<input type="checkbox" name="([^"]+)" value="([^"]+)" checked/g)];
    expect(checked.map(([, name, value]) => `${name}=${value}`)).toEqual([
      'not-warning=Major Character Death',
      'relationship=Sherlock Holmes/John Watson',
      'character=Mrs Hudson, Toby the Dog',
      'not-tag=Angst',
    ]);
  });

  test('folds rows beyond ten away, but none that is chosen', () => {
    const many = Array.from({ length: 30 }, (_, at) => `Tag ${at}`);
    const rows = views.rowsOf(many, {});
    const long = { ...views.unfiltered.panel, groups: [views.groupOf('tag', 'Additional tags', { rows })] };
    const folded = between(renderDocument(worksPage({ ...views.unfiltered, panel: long })), '20 more', '</details>');
    expect(folded.match(/<li>/g)).toHaveLength(20);
    const late = rows.map((row, at) => (at === 14 ? { ...row, chosen: 'include' as const } : row));
    const panel = { ...long, groups: [views.groupOf('tag', 'Additional tags', { rows: late })] };
    expect(wordsOf(worksPage({ ...views.unfiltered, panel }))).toContain('15 more');
  });

  test('takes any other name, to include, to exclude, or as one of several', () => {
    for (const name of ['tag-more', 'not-tag-more', 'tag-any']) expect(form).toContain(`name="${name}"`);
    expect(form).toContain('<type-ahead data-from="/works/suggestions?field=tag"');
    expect(form).not.toContain('name="rating-more"');
  });

  test('asks for the main relationship by any of several names, since a work has one', () => {
    const groups = [
      {
        ...views.groupOf('relationship', 'Main relationship', { rows: [] }),
        field: 'main' as const,
        mode: 'any' as const,
      },
    ];
    const panel = { ...views.list.panel, groups };
    const main = between(renderDocument(worksPage({ ...views.list, panel })), 'id="f-main"', '</details>');
    expect([...main.matchAll(/<input[^>]* name="([^"]+)"/g)].map(([, name]) => name)).toEqual([
      'main-any',
      'not-main-more',
    ]);
  });

  test('draws steps of a range as links that say what they hold', () => {
    expect(form).toContain('<span class="visually-hidden">2,000–4,999: 4,000 works</span></a>');
    expect(form).toContain('<rect y="0%" width="100%" height="100%">');
    expect(form).toContain('<input type="text" id="words-from" name="words-from" value="5000"');
  });

  test('says once that nothing is counted, and then shows no figures', () => {
    const uncounted = renderDocument(worksPage(views.mistaken));
    expect(uncounted.split('Counts are not ready').length - 1).toBe(1);
    expect(between(uncounted, 'value="Angst"/>', '</li>').replaceAll(/<[^>]+>/g, '')).toBe('Include Angst');
  });
});

describe('a filter that cannot be read', () => {
  const html = renderDocument(worksPage(views.mistaken));

  test('names each mistake, and leads to the field that mends it where there is one', () => {
    const summary = between(html, 'role="alert"', '</section>');
    expect(summary).toContain('<a href="#words-from" dir="auto">Words take whole numbers like 5,000, not “abc”.</a>');
    expect(summary).toContain('<a href="#f-tag" dir="auto">Additional tag: at most 100 in one list.</a>');
    expect(summary).toContain('The address asks for “colour”, by which no list can be narrowed.');
    expect(summary.match(/<a /g)).toHaveLength(4);
    expect(html).toMatch(/id="words-from"[^>]*aria-describedby="words-error" aria-invalid="true"/);
    expect(html).toContain('id="f-tag"');
  });

  test('says each mistake once more beside its field, and nothing in the language of addresses', () => {
    const form = between(html, '<form id="filters"', '</form>');
    for (const [field, sentence] of views.mistaken.panel.mistakes)
      expect(between(form, `id="${field}-error"`, '</p>')).toContain(sentence);
    expect(form).toMatch(/<input type="search" id="q"[^>]*aria-describedby="q-error" aria-invalid="true"/);
    const technical = views.mistaken.mistakes.map(({ sentence }) => sentence.slice(0, 30));
    expect(technical.filter((words) => html.replaceAll('&quot;', '"').includes(words))).toEqual([]);
    expect(html).not.toContain('cannot be read');
  });

  test('lists nothing, and says why', () => {
    expect(html).not.toContain('<article');
    expect(html).toContain('Nothing is listed');
  });
});

describe('a search', () => {
  const html = renderDocument(worksPage(views.searched));

  test('keeps what was typed in the box, and says what was understood, with other readings', () => {
    expect(html).toMatch(/id="search" name="q" value="&quot;Sherlock Holmes&quot; &quot;the bees&quot;"/);
    expect(wordsOf(worksPage(views.searched))).toContain(
      '“Sherlock Holmes” : the character Sherlock Holmes Look for the words instead As the fandom Sherlock Holmes',
    );
  });

  test('marks the words it found in the story, beside a link to the paragraph', () => {
    expect(html).toContain('href="/works/k3m9x2q4zt/chapters/3#b-12"');
    expect(html).toContain('<p lang="en" dir="ltr">… and it was then that <mark>the bees</mark> came down');
  });
});

describe('an empty list', () => {
  test('that a filter emptied leads back to the whole list', () => {
    const html = renderDocument(worksPage(views.emptied));
    expect(html).toContain('No work matches all of this');
    expect(html).toContain('your own filters hide them');
  });

  test('that a filter emptied says which condition to drop, with the works there would be', () => {
    const [first, second] = views.emptied.withoutOne ?? [];
    const html = renderDocument(worksPage(views.emptied));
    const rows = between(html, '<ul class="without-one"', '</ul>');
    expect(rows).toContain(`href="${first?.chip.removeHref}"`);
    expect(rows).toContain('<span>1,204 works</span>');
    expect(rows).toContain(`href="${second?.chip.removeHref}"`);
    expect(rows).toContain('<s dir="auto">Angst</s>');
    const none = renderDocument(worksPage({ ...views.emptied, withoutOne: [] }));
    expect(none).toContain('No condition stands in the way alone');
    expect(renderDocument(worksPage({ ...views.emptied, withoutOne: null }))).toContain('Take a condition away above');
  });

  test('that ends before the page asked for leads to the page that is there', () => {
    const html = renderDocument(worksPage(views.beyondTheEnd));
    expect(html).toContain('No such page');
    expect(html).toContain('href="/works?page=729"');
  });
});

describe('about a tag', () => {
  const html = renderDocument(<TagAboutPage site={site} view={views.about} />);

  test('gives the works of each year as a table, with a picture that screen readers pass over', () => {
    const rows = [...html.matchAll(/<th scope="row">(?:<a href="[^"]+">)?(\d{4})/g)].map((match) => Number(match[1]));
    expect(rows).toEqual(views.about.years.map(({ year }) => year));
    expect(html.match(/<svg[^>]*aria-hidden="true"[^>]*><rect/g)).toHaveLength(1);
    expect(html.match(/<rect/g)).toHaveLength(views.about.years.length);
    // A year without works leads nowhere and has no height.
    expect(html).toContain('<th scope="row">2013</th>');
    expect(html).toContain('height="0"');
  });

  test('names the best year only where there is one', () => {
    const said = (...works: number[]) => {
      const years = works.map((count, at) => ({ year: 2020 + at, works: count, href: '/works' }));
      return wordsOf(<TagAboutPage site={site} view={{ ...views.about, years }} />);
    };
    expect(said(1, 3, 2)).toContain('Most in 2021: 3 works');
    expect(said(3, 1, 3)).toContain('Most in a year: 3 works');
  });

  test('shows the tree with the tag itself marked', () => {
    expect(html.match(/aria-current="true"/g)).toHaveLength(1);
    const marked = between(html, 'aria-current="true">', '</a>');
    expect(marked).toBe(views.about.name);
    expect(html.split('<ul class="tree"').length - 1).toBe(3);
  });

  test('leads to each related tag, and to the works with both', () => {
    expect(html).toContain('href="/tags/fandom/acd?tag=Angst"');
    expect(wordsOf(<TagAboutPage site={site} view={views.about} />)).toContain(
      '9,000 works with Angst and Sherlock Holmes - Arthur Conan Doyle',
    );
  });

  test('says only what is known', () => {
    const bare = renderDocument(<TagAboutPage site={site} view={views.bareAbout} />);
    for (const missing of ['<svg viewBox="0 0 1000', 'Often together', 'Metatags', 'Belongs to', '<table'])
      expect(bare).not.toContain(missing);
    expect(bare).toContain('Counts are being prepared');
    expect(bare).toContain('See the work');
  });
});
