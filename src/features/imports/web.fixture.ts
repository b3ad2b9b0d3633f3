/** Imports as a browser does them: forms with files, what their pages say, and waiting until one is over. */
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import type { Person, TestSite } from '../../../test/site.ts';
import { PROSE, story, WHOLE, type Front } from './bringing-in.fixture.ts';

export const ORIGIN = 'http://localhost';
const OWN = { origin: ORIGIN, 'sec-fetch-site': 'same-origin' };
export type Files = Record<string, string | Uint8Array<ArrayBuffer>>;

/** A request of somebody's own browser, from a page of the archive. */
export async function send(
  site: TestSite,
  method: 'POST' | 'PUT',
  path: string,
  as: Person | null,
  body: BodyInit,
  headers: Record<string, string> = {},
): Promise<Response> {
  const streams = body instanceof ReadableStream ? { duplex: 'half' } : {};
  const request = { method, body, headers: { ...OWN, ...headers, ...(as ? { cookie: as.cookie } : {}) }, ...streams };
  return site.web.request(ORIGIN + path, request);
}

/** The form with all files at once, as it is sent without a script: the files come before what is to be done with them. */
export function sendFiles(
  site: TestSite,
  as: Person | null,
  files: Files,
  fields: Record<string, string | readonly string[]> = {},
  headers: Record<string, string> = {},
): Promise<Response> {
  const form = new FormData();
  for (const [name, content] of Object.entries(files)) form.append('files', new File([content], name));
  for (const [name, value] of Object.entries(fields))
    for (const one of typeof value === 'string' ? [value] : value) form.append(name, one);
  return send(site, 'POST', '/imports', as, form, headers);
}

export const inJson = { accept: 'application/json' };

/** Hands files over and waits until all are dealt with. @returns the address of the import. */
export async function bringInByForm(
  site: TestSite,
  as: Person,
  files: Files,
  fields: Record<string, string | readonly string[]> = {},
): Promise<string> {
  const answer = await sendFiles(site, as, files, fields);
  expect(answer.status).toBe(303);
  const path = answer.headers.get('location') ?? '';
  expect(await untilOver(site, as, path)).toBe('done');
  return path;
}

export interface Progress {
  done: number;
  total: number;
  secondsLeft: number | null;
  state: string;
}

export async function progressOf(site: TestSite, as: Person, path: string): Promise<Progress> {
  return (await (await site.get(`${path}/progress`, as)).json()) as Progress;
}

/** Asks for the progress of an import until it runs no more. @returns the state it is in then. */
export async function untilOver(site: TestSite, as: Person, path: string): Promise<string> {
  for (let asked = 0; asked < 400; asked += 1) {
    const { state } = await progressOf(site, as, path);
    if (state !== 'running') return state;
    await sleep(25);
  }
  throw new Error(`${path} is not over.`);
}

/** A page as a person reads it: its words in order, without markup, one space between. */
export async function wordsOf(site: TestSite, as: Person | null, path: string): Promise<string> {
  const answer = await site.get(path, as);
  expect(answer.status, path).toBe(200);
  return wordsIn(await answer.text());
}

export function wordsIn(html: string): string {
  return html
    .replace(/<head>.*?<\/head>/s, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ');
}

/** What a redirect tells: the sentence that the next page shows. */
export async function noticeOf(site: TestSite, as: Person, answer: Response): Promise<string> {
  const set = answer.headers.getSetCookie().find((one) => one.includes('notice='));
  if (!set) return '';
  const path = (answer.headers.get('location') ?? '').split('#')[0] ?? '';
  const page = await site.get(path, { ...as, cookie: `${as.cookie}; ${set.split(';')[0]}` });
  const shown = /<(\w+)[^>]*class="[^"]*notice[^"]*"[^>]*>(.*?)<\/\1>/s.exec(await page.text());
  return wordsIn(shown?.[2] ?? '').trim();
}

/** What of the data folder waits to be read; what is over goes a moment after it says so. */
export async function waiting(site: TestSite): Promise<string[]> {
  const folder = join(site.folder, 'uploads');
  let files: string[] = [];
  for (let looked = 0; looked < 40; looked += 1) {
    if (!existsSync(folder)) return [];
    const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch((error: unknown) => {
      // A folder that goes while it is looked through is looked for again.
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
      throw error;
    });
    if (entries === null) continue;
    files = entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
    if (files.length === 0) break;
    await sleep(25);
  }
  return files;
}

/** The imports of an account, as they are kept. */
export function importsBy(site: TestSite, who: Person) {
  return site.ground.db.reads
    .selectFrom('imports')
    .selectAll()
    .where('account_id', '=', who.viewer.accountId)
    .orderBy('id')
    .execute();
}

/** What became of each file of an import, by its path. */
export async function outcomesOf(site: TestSite, path: string): Promise<Record<string, string>> {
  const rows = await site.ground.db.reads
    .selectFrom('import_files')
    .innerJoin('imports', 'imports.id', 'import_files.import_id')
    .select(['import_files.path', 'import_files.outcome'])
    .where('imports.public_id', '=', path.split('/')[2] ?? '')
    .orderBy('import_files.path_key')
    .execute();
  return Object.fromEntries(rows.map((row) => [row.path, row.outcome]));
}

/** The works of an import in the order of their files. */
export async function worksOf(
  site: TestSite,
  path: string,
): Promise<{ id: number; publicId: string; title: string }[]> {
  const rows = await site.ground.db.reads
    .selectFrom('import_files')
    .innerJoin('imports', 'imports.id', 'import_files.import_id')
    .innerJoin('works', 'works.id', 'import_files.work_id')
    .select(['works.id', 'works.public_id', 'works.title'])
    .where('imports.public_id', '=', path.split('/')[2] ?? '')
    .orderBy('import_files.path_key')
    .execute();
  return rows.map((row) => ({ id: row.id, publicId: row.public_id, title: row.title }));
}

/** A story that says all that posting needs, like no other. */
export function ownStory(title: string, more: Front = {}): string {
  return story({ ...WHOLE, title, ...more }, `${title}. ${PROSE}`);
}
