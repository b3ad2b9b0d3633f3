/** Two who change one work at once: the later is shown all that the earlier saved, under the names that the form has for it. */
import { describe, expect, test } from 'vitest';
import { addCreator, makeWork } from '../../../test/cast.ts';
import { testSite } from '../../../test/site.ts';
import { newPublicId } from '../../platform/db/public-id.ts';
import { deviceKey } from '../accounts/index.ts';

type Fields = Record<string, string | readonly string[]>;

const SAID: Fields = {
  title: 'The Bees',
  rating: 'general',
  warnings: 'none',
  categories: 'gen',
  language: 'en',
  status: 'in-progress',
  plannedChapters: '?',
  fandoms: 'Dracula',
  format: 'html',
  deciding: 'on',
  commenters: 'registered',
  downloads: 'on',
};

/** A posted work of two creators, and how it is saved from the form that both of them have open. */
async function together() {
  const site = await testSite();
  const wren = await site.person('wren');
  const robin = await site.person('robin');
  const work = await makeWork(site, { by: [wren], chapters: ['<p>It rained.</p>'] }, { state: 'posted' });
  await addCreator(site, work.id, robin, 'accepted');
  const path = `/works/${work.publicId}/edit`;
  const page = await (await site.get(path, wren)).text();
  const version = /name="version" value="(\d+)"/.exec(page)?.[1] ?? '';
  return { site, wren, robin, path, page, version };
}

/** What stands under each caption of a comparison: the words on both sides. */
function comparedIn(html: string): Map<string, string> {
  const tables = [...html.matchAll(/<caption>(.*?)<\/caption>.*?<tbody[^>]*>(.*?)<\/tbody>/gs)];
  return new Map(
    tables.map(([, label = '', body = '']) => [
      label,
      body
        .replace(/<[^>]+>/g, ' ')
        .replace(/\s+/g, ' ')
        .trim(),
    ]),
  );
}

describe('a form for a work that was saved meanwhile', () => {
  const CHANGED: [Fields, label: string, words: string][] = [
    [{ rating: 'teen' }, 'Rating', 'Teen And Up Audiences General Audiences'],
    [{ warnings: ['violence'] }, 'Archive warnings', 'Graphic Depictions Of Violence'],
    [{ categories: ['gen', 'multi'] }, 'Categories', 'Multi'],
    [{ language: 'de' }, 'Language', 'Deutsch'],
    [{ status: 'on-hiatus' }, 'While it is not complete', 'On hiatus'],
    [{ plannedChapters: '7' }, 'Planned chapters', '7 ?'],
    [{ format: 'markdown' }, 'How the summary and the notes are written', 'Markdown HTML'],
    [{ restricted: 'on' }, 'Registered readers only', 'Yes No'],
    [{ noindex: 'on' }, 'Hide from search engines', 'Yes No'],
    [{ commenters: 'nobody' }, 'Comments from', 'Nobody Registered readers'],
    [{ commentsModerated: 'on' }, 'Look at comments first', 'Yes No'],
    [{ downloads: [] }, 'Readers may download it', 'No Yes'],
    [{ noAi: 'on' }, 'Ask that no AI is trained on it', 'Yes No'],
    [{ anonymous: 'on' }, 'Anonymous', 'Yes No'],
    [{ unrevealed: 'on' }, 'Unrevealed', 'Yes No'],
  ];

  test('shows each thing that a co-creator has chosen since, beside what this one says', async () => {
    const { site, wren, robin, path, page, version } = await together();
    const theirs = Object.assign({}, ...CHANGED.map(([fields]) => fields)) as Fields;
    expect((await site.post(path, { ...SAID, ...theirs, version }, robin)).status).toBe(303);
    const late = await site.post(path, { ...SAID, version }, wren);
    expect(late.status).toBe(422);
    const compared = comparedIn(await late.text());
    for (const [, label, words] of CHANGED) {
      expect([label, compared.get(label)]).toEqual([label, expect.stringContaining(words)]);
      expect(page).toContain(label);
    }
    expect(compared.has('Fandoms')).toBe(false);
    // What waits unsaved is compared in the same way.
    const sheet = newPublicId();
    const fields = Object.entries(SAID).flatMap(([name, said]) => [said].flat().map((value) => [name, value]));
    const device = await deviceKey(site.ground.db.reads, wren.viewer.accountId);
    await site.web.request(`http://localhost/autosaves/${sheet}`, {
      method: 'POST',
      body: JSON.stringify({ device, place: path, base: Number(version), sequence: 1, fields }),
      headers: { 'sec-fetch-site': 'same-origin', cookie: wren.cookie },
    });
    const unsaved = comparedIn(await (await site.get(`/unsaved/${sheet}`, wren)).text());
    expect(unsaved.get('Unrevealed')).toBe('Yes No');
  });

  test('shows which pseuds signed it meanwhile', async () => {
    const { site, wren, path, version } = await together();
    const second = await site.person('kestrel');
    await site.ground.db.write((tx) =>
      tx
        .updateTable('pseuds')
        .set({ account_id: wren.viewer.accountId, is_default: 0 })
        .where('id', '=', second.pseudId)
        .execute(),
    );
    const form = await (await site.get(path, wren)).text();
    const pseuds = [...form.matchAll(/name="signers" value="(\w+)"/g)].map(([, id = '']) => id);
    expect(pseuds).toHaveLength(2);
    const signing = { signing: 'on', signers: pseuds };
    expect((await site.post(path, { ...SAID, ...signing, version }, wren)).status).toBe(303);
    const late = await site.post(path, { ...SAID, signing: 'on', signers: pseuds.slice(0, 1), version }, wren);
    expect(comparedIn(await late.text()).get('Signed by')).toContain('kestrel');
  });
});
