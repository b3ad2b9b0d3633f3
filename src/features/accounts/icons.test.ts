/** What pseuds say of themselves and what they show: profiles, and icons made of whatever somebody hands over. */
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeWork, setState, showIcon } from '../../../test/cast.ts';
import { openSite, type Person, type TestSite } from '../../../test/site.ts';
import { handOver, hollowPng, picture } from './pictures.fixture.ts';
import { namedIcons } from './index.ts';
import { add, as, publicIdOf, runJobs, text } from './pseuds.fixture.ts';

/** One archive for all: what makes icons takes a while to start. */
let site: TestSite;
let people = 0;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

describe('an icon', () => {
  /** A pseud with a posted work, and the path of its forms. */
  async function ready() {
    people += 1;
    const ada = await site.person(`ada ${people}`);
    const id = await publicIdOf(site, ada.pseud);
    await makeWork(site, { title: 'Lanterns', by: [ada] }, { state: 'posted' });
    const form = `/account/pseuds/${id}/icon`;
    const shown = async (who: Person | null = null) =>
      /<img class="pseud-icon" src="(\/icons\/\w+\.webp)" alt(?:="([^"]*)")? width/.exec(
        await text(site, `/creators/${id}`, who),
      );
    return { ada, id, form, shown };
  }

  test.each([
    ['png', () => picture().png().toBuffer()],
    ['jpeg', () => picture().jpeg().toBuffer()],
    ['gif', () => picture().gif().toBuffer()],
    ['webp', () => picture().webp().toBuffer()],
    ['avif', () => picture('#335577', 64, 64).avif({ effort: 0 }).toBuffer()],
  ])(
    'is made of a %s, whatever the file is called: a small square without what was written into it',
    async (_, make) => {
      const { ada, form, shown } = await ready();
      const bytes = await make();
      const answer = await handOver(
        site,
        form,
        ada,
        { bytes, name: '../x.exe', type: 'text/html' },
        'A "lantern" <lit>',
      );
      expect(answer.status).toBe(303);
      const [, path = '', alt] = (await shown()) ?? [];
      expect(alt).toBe('A &quot;lantern&quot; &lt;lit>');
      const icon = await site.get(path);
      expect(icon.headers.get('content-type')).toBe('image/webp');
      const kept = await sharp(Buffer.from(await icon.arrayBuffer())).metadata();
      expect([kept.format, kept.width, kept.height]).toEqual(['webp', 200, 200]);
      expect([kept.exif, kept.xmp, kept.icc, kept.iptc]).toEqual([undefined, undefined, undefined, undefined]);
    },
  );

  test('keeps nothing of where and when a picture was taken, nor of what hangs on the end of its file', async () => {
    const { ada, form, shown } = await ready();
    const exif = { IFD0: { Artist: 'Ada Lovelace' }, IFD3: { GPSLatitude: '51/1 30/1 0/1' } };
    const told = await picture()
      .withExif(exif)
      .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/">SECRET</x:xmpmeta>')
      .jpeg()
      .toBuffer();
    expect(told.toString('latin1')).toContain('Ada Lovelace');
    const both = Buffer.concat([told, Buffer.from('PK\x03\x04<script>alert(1)</script>')]);
    expect((await handOver(site, form, ada, { bytes: both })).status).toBe(303);
    const bytes = Buffer.from(await (await site.get((await shown())?.[1] ?? '')).arrayBuffer()).toString('latin1');
    for (const word of ['Lovelace', 'SECRET', '<script', 'PK\x03\x04']) expect(bytes).not.toContain(word);
  });

  const NO_PICTURE = 'This file is no picture that can be an icon.';
  const DAMAGED = 'This picture is damaged';
  const PIXELS = 'This picture has more than 16 million pixels.';
  const SVG = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
  const LIES: [string, () => Promise<Uint8Array> | Uint8Array, string][] = [
    ['an SVG', () => Buffer.from(SVG), NO_PICTURE],
    ['a page', () => Buffer.from('<!doctype html><script>alert(1)</script>'), NO_PICTURE],
    ['a zip', () => Buffer.from('PK\x03\x04 nothing'), NO_PICTURE],
    ['a PDF', () => Buffer.from('%PDF-1.7\n'), NO_PICTURE],
    ['a TIFF', () => picture().tiff().toBuffer(), NO_PICTURE],
    ['nothing', () => new Uint8Array(), NO_PICTURE],
    [
      'a page that begins like a PNG',
      () => Buffer.from('\x89PNG\r\n\x1a\n<script>alert(1)</script>', 'latin1'),
      DAMAGED,
    ],
    ['an SVG that begins like a GIF', () => Buffer.from(`GIF89a${SVG}`), DAMAGED],
    ['half a JPEG', async () => (await picture('#123', 900, 900).jpeg().toBuffer()).subarray(0, 400), DAMAGED],
    ['a PNG that unpacks to 900 million pixels', () => hollowPng(30_000, 30_000), PIXELS],
    ['a very wide PNG', () => hollowPng(100_000, 1_000), PIXELS],
    ['a real picture of 25 million pixels', () => picture('#888', 5000, 5000).png().toBuffer(), PIXELS],
    [
      'three megabytes',
      () => Buffer.concat([Buffer.from('\xff\xd8\xff', 'latin1'), Buffer.alloc(3_000_000)]),
      'A picture has at most 2 MB.',
    ],
  ];

  test.each(LIES)('is not made of %s, and the form says so beside its field', async (_, make, sentence) => {
    const { ada, form, shown } = await ready();
    const answer = await handOver(site, form, ada, { bytes: await make() }, 'What I typed');
    expect(answer.status).toBe(422);
    const page = await answer.text();
    expect(page).toContain(sentence);
    expect(page).toContain('href="#icon"');
    expect(page).toContain('id="icon-error"');
    expect(page).toContain('value="What I typed"');
    expect(await shown()).toBeNull();
  });

  test('is asked for where none was chosen, and can be described anew without another picture', async () => {
    const { ada, form, shown } = await ready();
    const none = await handOver(site, form, ada, null, 'A moth');
    expect([none.status, (await none.text()).includes('Choose a picture.')]).toEqual([422, true]);
    await handOver(site, form, ada, { bytes: await picture().png().toBuffer() }, '');
    const first = await shown();
    expect(first).not.toBeNull();
    expect(first?.[2]).toBeUndefined();
    expect((await handOver(site, form, ada, null, 'A moth')).status).toBe(303);
    expect((await shown())?.slice(1)).toEqual([first?.[1], 'A moth']);
    const long = await handOver(site, form, ada, null, 'm'.repeat(251));
    expect([long.status, (await long.text()).includes('At most 250 characters.')]).toEqual([422, true]);
    expect((await site.post(form, { alt: 'no file' }, ada)).status).toBe(400);
  });

  test('that is replaced or removed is gone at its old address, with its file', async () => {
    const { ada, form, shown } = await ready();
    const { db, files } = site.ground;
    const bytes = await picture().png().toBuffer();
    await handOver(site, form, ada, { bytes });
    const first = (await shown())?.[1] ?? '';
    const { blob } = await db.reads
      .selectFrom('pseud_icons')
      .select('blob')
      .where('pseud_id', '=', ada.pseudId)
      .executeTakeFirstOrThrow();
    await handOver(site, form, ada, { bytes });
    const second = (await shown())?.[1] ?? '';
    expect(second).not.toBe(first);
    expect([(await site.get(first)).status, (await site.get(second)).status]).toEqual([404, 200]);
    await runJobs(site);
    expect(await files.get(blob)).toBeNull();
    expect((await site.post(`${form}/removal`, {}, ada)).status).toBe(303);
    expect(await shown()).toBeNull();
    expect((await site.get(second)).status).toBe(404);
  });

  test('has a file that a backup takes along', async () => {
    const { ada } = await ready();
    const { db } = site.ground;
    const { blob } = await showIcon(site, ada.viewer.accountId, 'backed up', '');
    for (const begin of ['', blob.slice(0, 2), blob]) expect(await namedIcons(db.reads, begin)).toContain(blob);
    expect(await namedIcons(db.reads, blob.startsWith('0') ? '1' : '0')).not.toContain(blob);
  });

  test('goes with its pseud, and is seen by those alone who may see its page', async () => {
    const { ada } = await ready();
    const moth = await add(site, ada, 'icon moth');
    const work = await makeWork(site, { title: 'Wings', by: [await as(site, ada, 'icon moth')] }, { state: 'posted' });
    await handOver(site, `/account/pseuds/${moth}/icon`, ada, { bytes: await picture().png().toBuffer() });
    const path = /\/icons\/\w+\.webp/.exec(await text(site, `/creators/${moth}`))?.[0] ?? '';
    const ben = await site.person('ben');
    const statuses = async () => [
      (await site.get(path)).status,
      (await site.get(path, ben)).status,
      (await site.get(path, ada)).status,
    ];
    expect(await statuses()).toEqual([200, 200, 200]);
    await setState(site, work.id, { state: 'posted', restricted: true });
    expect(await statuses()).toEqual([404, 200, 200]);
    await setState(site, work.id, { state: 'posted', anonymous: true });
    expect(await statuses()).toEqual([404, 404, 200]);
    const heir = await publicIdOf(site, ada.pseud);
    expect((await site.post(`/account/pseuds/${moth}/deletion`, { heir }, ada)).status).toBe(303);
    expect(await statuses()).toEqual([404, 404, 404]);
  });

  test('is handed over so many times an hour, and by who is signed in', async () => {
    const { ada, form } = await ready();
    const file = { bytes: Buffer.from('no picture') };
    expect((await handOver(site, form, null, file)).status).toBe(404);
    const statuses: number[] = [];
    let last = '';
    for (let at = 0; at < 31; at += 1) {
      const answer = await handOver(site, form, ada, file);
      statuses.push(answer.status);
      last = await answer.text();
    }
    expect(new Set(statuses)).toEqual(new Set([422]));
    expect(last).toContain('You have tried many pictures.');
  });

  test('has an address that nobody guesses, and no other of its kind', async () => {
    for (const file of [
      'x.webp',
      '..%2f..%2ffanfold.db',
      `${'0'.repeat(20)}.webp`,
      `${'0'.repeat(64)}`,
      `${'a'.repeat(20)}.png`,
    ])
      expect((await site.get(`/icons/${file}`)).status, file).toBe(404);
  });
});
