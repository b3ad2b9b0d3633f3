/** Files that browsers send: whole on the disk or not at all, and never more than was allowed. */
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { Hono } from 'hono';
import { describe, expect, onTestFinished, test } from 'vitest';
import { readUploads, receiveFile } from './uploads.ts';

async function emptyFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'fanfold-uploads-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

describe('a file', () => {
  test('is on the disk, byte for byte, for its owner alone', async () => {
    const path = join(await emptyFolder(), 'a');
    expect(await receiveFile(Readable.from([Buffer.from('ab'), Buffer.from('c')]), path, 3)).toBe(3);
    expect(await readFile(path, 'utf8')).toBe('abc');
  });

  test('that is larger than allowed, or breaks off, leaves nothing behind; nor does it take the place of another', async () => {
    const folder = await emptyFolder();
    const endless = Readable.from(
      (function* () {
        for (;;) yield Buffer.alloc(65_536);
      })(),
    );
    expect(await receiveFile(endless, join(folder, 'a'), 1_000_000)).toBeNull();
    const broken = Readable.from(
      (async function* () {
        yield Buffer.from('half');
        throw new Error('the cable');
      })(),
    );
    await expect(receiveFile(broken, join(folder, 'b'), 100)).rejects.toThrow('the cable');
    expect(await readdir(folder)).toEqual([]);
    await writeFile(join(folder, 'c'), 'here');
    await expect(receiveFile(Readable.from([Buffer.from('x')]), join(folder, 'none', 'c'), 100)).rejects.toThrow(
      'ENOENT',
    );
    expect(await readFile(join(folder, 'c'), 'utf8')).toBe('here');
  });
});

/** What came of a form: the answer, and the files that were taken. */
async function send(
  body: BodyInit,
  headers: Record<string, string> = {},
  { files = 3, take }: { files?: number; take?: (name: string, file: Readable) => Promise<void> } = {},
) {
  const taken: Record<string, string> = {};
  const web = new Hono();
  web.onError((error) => ('getResponse' in error ? error.getResponse() : new Response('', { status: 500 })));
  web.post('/', async (c) => {
    const form = await readUploads(
      c,
      take ?? (async (name, file) => void (taken[name] = (await buffer(file)).toString('utf8'))),
      { files },
    );
    return c.json({ a: form.one('a') ?? null, b: form.all('b') });
  });
  const answer = await web.request('/', { method: 'POST', body, headers });
  return { status: answer.status, said: await answer.text(), taken };
}

function formOf(files: Record<string, string>, fields: readonly (readonly [string, string])[] = []): FormData {
  const form = new FormData();
  for (const [name, content] of Object.entries(files)) form.append('files', new File([content], name));
  for (const [name, value] of fields) form.append(name, value);
  return form;
}

/** A form as it is written, cut where it is wanted. */
function written(parts: readonly string[]): string {
  return `${parts.map((part) => `--x\r\n${part}\r\n`).join('')}--x--\r\n`;
}
const MULTIPART = { 'content-type': 'multipart/form-data; boundary=x' };
const fileField = (name: string, content: string) =>
  `Content-Disposition: form-data; name="files"; filename="${name}"\r\nContent-Type: text/plain\r\n\r\n${content}`;

describe('a form with files', () => {
  test('hands over each file, with its path, and the fields after them', async () => {
    const form = formOf({ 'year/one.md': 'One', 'Café “x”.txt': 'Two' }, [
      ['a', 'x'],
      ['b', '1'],
      ['b', '2'],
    ]);
    expect(await send(form)).toEqual({
      status: 200,
      said: '{"a":"x","b":["1","2"]}',
      taken: { 'year/one.md': 'One', 'Café “x”.txt': 'Two' },
    });
  });

  test('in which no file was chosen is one without files', async () => {
    expect(await send(written([fileField('', '')]), MULTIPART)).toMatchObject({ status: 200, taken: {} });
  });

  test.each([
    ['a form of another kind', 'a=1', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['no form', '{}', { 'content-type': 'application/json' }],
    ['no boundary', 'x', { 'content-type': 'multipart/form-data' }],
    ['an empty boundary', 'x', { 'content-type': 'multipart/form-data; boundary=' }],
    ['nothing', '', MULTIPART],
    ['noise', 'not what it says', MULTIPART],
    ['half a file', written([fileField('a.md', 'half')]).slice(0, -20), MULTIPART],
    ['half a header', '--x\r\nContent-Disposition: form-data; na', MULTIPART],
  ])('%s is answered with 400, and nothing hangs', async (_, body, headers) => {
    expect((await send(body, headers)).status).toBe(400);
  });

  test('that ends in the midst of a file is no whole file to whoever begins to read it later', async () => {
    const body = written([fileField('a.md', 'half')]).slice(0, -10);
    const taken: string[] = [];
    const take = async (_name: string, file: Readable) => {
      await sleep(20);
      taken.push(await buffer(file).then(String, () => 'broken off'));
    };
    expect((await send(body, MULTIPART, { take })).status).toBe(400);
    expect(taken).toEqual(['broken off']);
  });

  test('with more files, fields or longer ones than allowed is answered with 413', async () => {
    const four = formOf({ a: '1', b: '2', c: '3', d: '4' });
    expect(await send(four)).toMatchObject({ status: 413 });
    const fields = Array.from({ length: 10_000 }, (_, at) => [`f${at}`, ''] as const);
    expect(await send(formOf({}, fields))).toMatchObject({ status: 413 });
  });

  test('whose file cannot be taken fails itself, once, and its other files are read to their end', async () => {
    const alarms: unknown[] = [];
    const alarm = (error: unknown) => void alarms.push(error);
    process.on('unhandledRejection', alarm);
    onTestFinished(() => void process.off('unhandledRejection', alarm));
    const names: string[] = [];
    const form = formOf({ bad: 'x'.repeat(1_000_000), good: 'y'.repeat(3_000_000) });
    const { status } = await send(
      form,
      {},
      {
        take: async (name, file) => {
          if (name === 'bad') throw new Error('no room');
          await buffer(file);
          names.push(name);
        },
      },
    );
    await sleep(20);
    expect([status, names, alarms]).toEqual([500, ['good'], []]);
  });
});
