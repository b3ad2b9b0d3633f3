/** Works that strain a page: long, unbroken, right to left, many, unfinished, secret. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beginImport } from '../../src/features/imports/runs.actions.ts';
import { collectFiles, NO_OPTIONS, runImport } from '../../src/features/imports/index.ts';
import { makeWork, setState, type CastWork } from '../cast.ts';
import type { TestSite } from '../site.ts';

/** What people paste into stories; wider than a phone wherever it can be. */
export const MIXED_TEXT = `
  <h2>The First Watch</h2>
  <p>It rained in Sussex, and <em>nobody</em> minded. <a href="https://elsewhere.example/a">A link</a>,
  ${'unbrokenword'.repeat(20)}, <code>a_rather_long_identifier_${'x'.repeat(60)}</code>.</p>
  <hr>
  <blockquote><p>“A letter,” he said, “is a blockquote.”</p></blockquote>
  <table><caption>Stores</caption><thead><tr>${'<th>Column heading</th>'.repeat(14)}</tr></thead>
  <tbody><tr>${'<td>some value</td>'.repeat(14)}</tr></tbody></table>
  <pre>${'preformatted text that goes on '.repeat(12)}</pre>
  <p dir="rtl" lang="he">שלום, עולם</p>
  <p lang="ja"><ruby>蜂蜜<rt>はちみつ</rt></ruby></p>
  <details><summary>A spoiler</summary><p>The bees did it.</p></details>
  <p><img src="https://elsewhere.example/bee.png" alt="A bee, drawn in ink"></p>
  <ul><li>one<ul><li>two<ul><li>three</li></ul></li></ul></li></ul>
  <dl><dt>Bee</dt><dd>An insect.</dd></dl>
  <p align="center">∗ ∗ ∗</p>`;

export interface SpecialWorks {
  mixed: CastWork;
  long: CastWork;
  many: CastWork;
  rightToLeft: CastWork;
  adult: CastWork;
  restricted: CastWork;
  anonymous: CastWork;
  marked: CastWork;
  completeDraft: CastWork;
  deleted: CastWork;
  /** The public id of a draft that has a text and nothing else. */
  bareDraft: string;
  /** An import whose one file was rescued, the draft it made, and a change found at its source since. */
  rescued: { run: string; work: string; update: string };
}

/** Makes all of them, and enough ordinary works for a second page of the list. */
export async function makeSpecialWorks(site: TestSite): Promise<SpecialWorks> {
  const by = [await site.person('marginalia')];
  const posted = { state: 'posted' } as const;
  const paragraph = '<p>The hives stood where they had always stood, and hummed.</p>';
  const works = {
    mixed: await makeWork(
      site,
      {
        title: 'What People Paste',
        by,
        chapters: [MIXED_TEXT, paragraph, paragraph],
        summary:
          '<p>A summary with a <a href="https://elsewhere.example/b">link</a>.</p><p>And a second paragraph.</p>',
        notes: '<p>Notes before.</p>',
        endNotes: '<p>Notes after.</p>',
        tags: [
          { kind: 'category', name: 'F/F' },
          { kind: 'category', name: 'Gen' },
          { kind: 'relationship', name: 'Irene Adler/Mary Morstan' },
          { kind: 'character', name: 'Irene Adler' },
          { kind: 'freeform', name: 'Hurt/Comfort' },
        ],
        sourceUrl: 'https://elsewhere.example/works/1',
        postedAt: Date.UTC(2019, 3, 2),
      },
      posted,
    ),
    long: await makeWork(
      site,
      {
        title: `The ${'Extraordinarily'.repeat(15)} Long One`.slice(0, 255),
        by: [await site.person('A'.repeat(40)), await site.person('b_'.repeat(20))],
        importedBy: ['Somebody With a Name of Many Words From Elsewhere'],
        fandoms: [
          'F'.repeat(150),
          ...Array.from({ length: 8 }, (_, at) => `A Fandom With Several Words in Its Name ${at}`),
        ],
        tags: [
          { kind: 'relationship', name: `${'R'.repeat(74)}/${'S'.repeat(74)}` },
          { kind: 'freeform', name: 'w'.repeat(150) },
          { kind: 'freeform', name: 'https://elsewhere.example/a/very/long/address/that/is/a/tag/for/some/reason' },
          ...Array.from({ length: 40 }, (_, at) => ({
            kind: 'freeform' as const,
            name: `Additional tag number ${at}`,
          })),
        ],
        summary: `<p>${'unbroken'.repeat(60)}</p>`,
      },
      posted,
    ),
    many: await makeWork(
      site,
      {
        title: 'Sixty Nights',
        by,
        chapters: Array.from({ length: 60 }, (_, at) => `<p>Night ${at + 1}.</p>${paragraph}`),
      },
      posted,
    ),
    rightToLeft: await makeWork(
      site,
      {
        title: 'שלוש כוורות (three hives)',
        by: [await site.person('דבורה')],
        language: 'he',
        fandoms: ['שרלוק הולמס'],
        tags: [{ kind: 'freeform', name: 'דבש ועוד דבש' }],
        chapters: ['<p>ירד גשם בסאסקס. “Rain”, he said.</p>', '<p>הדבורים לא אמרו דבר.</p>'],
        summary: '<p>סיפור על שלוש כוורות.</p>',
        notes: '<p>תודה.</p>',
      },
      posted,
    ),
    adult: await makeWork(site, { title: 'After Dark', by, rating: 'Explicit' }, posted),
    restricted: await makeWork(site, { title: 'For Readers Here', by }, { ...posted, restricted: true }),
    anonymous: await makeWork(site, { title: 'By Nobody You Know', by }, { ...posted, anonymous: true }),
    marked: await makeWork(
      site,
      { title: `A <b>bold</b> & "quoted" 'title'`, by, summary: '<p>1 &lt; 2 &amp; 3</p>' },
      posted,
    ),
    completeDraft: await makeWork(site, { title: 'Nearly There' }, { state: 'draft' }),
    deleted: await makeWork(site, { title: 'Gone for Now' }, posted),
  };
  await setState(site, works.deleted.id, { ...posted, deleted: true });
  for (let number = 1; number <= 10; number += 1) {
    await makeWork(site, { title: `A Quiet Year, ${number}`, by, summary: '<p>Nothing happens, slowly.</p>' }, posted);
  }
  const bareDraft = await importBareDraft(site);
  const rescued = await importFlattened(site);
  await site.follow();
  return { ...works, bareDraft, rescued };
}

const FLATTENED =
  'The kettle had been Marta’s idea. “You never said it was haunted,” said Ivo. He put the lid back very gently. “I said ' +
  'it was old,” Marta said. “Old is not— ” “ Haunted ,” he said, “is a different shop.” Three days later it knew two ' +
  'songs, and Ivo, of course , had learned the lower part. “You’re flat,” Marta said. Notes: Comments keep the kettle ' +
  'warm! tumblr / prompts';

/** A text whose paragraphs are lost, brought in, and then changed where it came from. */
async function importFlattened(site: TestSite): Promise<SpecialWorks['rescued']> {
  const folder = await mkdtemp(join(tmpdir(), 'fanfold-flat-'));
  const { db, now } = site.ground;
  const { viewer } = site.owner;
  const about = '---\ntitle: The Kettle\nsource: https://elsewhere.example/works/7\n---\n';
  const bringIn = async (text: string) => {
    await writeFile(join(folder, 'kettle.txt'), text);
    const run = await db.write((tx) =>
      beginImport(tx, now(), {
        accountId: viewer.accountId,
        origin: 'command',
        named: [folder],
        options: NO_OPTIONS,
      }),
    );
    let work = '';
    await runImport(await collectFiles([folder]), {
      ground: site.ground,
      viewer,
      options: NO_OPTIONS,
      importId: run.id,
      onFile: (report) => {
        work = report.work ?? '';
      },
    });
    return { run: run.publicId, work };
  };
  try {
    const { run, work } = await bringIn(`${about}${FLATTENED}`);
    await bringIn(`${about}${FLATTENED.replace('two songs', 'three songs')}`);
    return { run, work, update: `/works/${work}/updates/1` };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** A text without a word about it, as people have them in drawers. */
async function importBareDraft(site: TestSite): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'fanfold-bare-'));
  const file = join(folder, 'scrap.txt');
  try {
    await writeFile(file, 'She put the kettle on.\n\nNothing else happened that day, and nothing else needed to.\n');
    let id: string | null = null;
    await runImport(await collectFiles([folder]), {
      ground: site.ground,
      viewer: site.owner.viewer,
      options: NO_OPTIONS,
      onFile: (report) => {
        id = report.work;
      },
    });
    if (id === null) throw new Error('The text was not taken in as a draft.');
    return id;
  } finally {
    await rm(folder, { recursive: true });
  }
}
