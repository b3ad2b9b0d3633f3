/** Folders of stories for tests, brought in as the owner by the same steps as the command's. */
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { TestSite } from '../../../test/site.ts';
import { NO_OPTIONS, type FileReport, type ImportOptions } from './import-options.ts';
import { collectFiles } from './pipeline/collect.ts';
import { startReading } from './pipeline/reading.ts';
import { runImport, type ImportRun } from './pipeline/run.ts';
import { beginImport, takeUpImport } from './runs.actions.ts';

export const PROSE =
  'The hive hummed at the end of the garden, and nobody in the house had *slept*. ' +
  'She put on the veil, took the smoker from its hook and went down to the bees to tell them what had happened.\n';
/** Long enough to be known by itself. */
export const LONG = PROSE.repeat(4);
export const WHOLE = {
  title: 'Telling the Bees',
  creator: 'wren',
  fandom: 'Sherlock Holmes',
  rating: 'General Audiences',
  warning: 'No Archive Warnings Apply',
  language: 'en',
};
export type Front = Record<string, string | number | readonly string[]>;

/** A Markdown file that says all that posting needs. */
export function story(front: Front = WHOLE, text = PROSE): string {
  const lines = Object.entries(front).map(([name, value]) => `${name}: ${JSON.stringify(value)}`);
  return `---\n${lines.join('\n')}\n---\n\n${text}`;
}

/** Prose of so many different paragraphs, long enough to be known by how it begins. `word` makes it like no other. */
export function chapterText(word: string, paragraphs = 16): string {
  return Array.from(
    { length: paragraphs },
    (_, at) =>
      `${word} counted ${at + 1} boats, and the tide took ${word} home again past the harbour wall, slowly, in the dark.`,
  ).join('\n\n');
}

/** Chapters under headings, as Markdown. */
export function chaptersText(chapters: Record<string, string>): string {
  return Object.entries(chapters)
    .map(([title, text]) => `# ${title}\n\n${text}\n`)
    .join('\n');
}

/** A temporary folder with these files, removed when the test ends. */
export async function folderOf(files: Record<string, string | Uint8Array>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'fanfold-import-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    await mkdir(join(folder, name, '..'), { recursive: true });
    await writeFile(join(folder, name), content);
  }
  return folder;
}

/** One thread for all that a test file reads; it ends with the process. */
export const reading = startReading();

/** Imports everything below the folder as the owner. @returns the reports by file name. */
export async function bringIn(
  site: TestSite,
  folder: string,
  options: Partial<ImportOptions> = {},
  more: Partial<ImportRun> = {},
): Promise<Record<string, FileReport>> {
  const reports: Record<string, FileReport> = {};
  await runImport(await collectFiles([folder]), {
    ground: site.ground,
    viewer: site.owner.viewer,
    options: { ...NO_OPTIONS, ...options },
    reading,
    ...more,
    onFile: (report, weight) => {
      reports[report.file.startsWith(folder) ? report.file.slice(folder.length + 1) : report.file] = report;
      more.onFile?.(report, weight);
    },
  });
  return reports;
}

/** The same, recorded as the command records it: taken up where it was stopped. */
export async function bringInRecorded(
  site: TestSite,
  folder: string,
  options: Partial<ImportOptions> = {},
  more: Partial<ImportRun> = {},
): Promise<{ id: number; publicId: string; reports: Record<string, FileReport> }> {
  const { db, now } = site.ground;
  const run = {
    accountId: site.owner.viewer.accountId,
    named: [folder],
    options: { ...NO_OPTIONS, ...options },
  };
  const begun = await db.write(
    async (tx) => (await takeUpImport(tx, now(), run)) ?? beginImport(tx, now(), { ...run, origin: 'command' }),
  );
  return { ...begun, reports: await bringIn(site, folder, options, { ...more, importId: begun.id }) };
}

/** What became of each file, by its name. */
export const outcomes = (reports: Record<string, FileReport>) =>
  Object.fromEntries(Object.entries(reports).map(([file, report]) => [file, report.outcome]));

/** All works, in the order in which they came. */
export const worksIn = (site: TestSite) => site.ground.db.reads.selectFrom('works').selectAll().orderBy('id').execute();

/** The names of the files that are kept as originals. */
export const filesKept = async (site: TestSite) =>
  (await readdir(join(site.folder, 'files'), { recursive: true, withFileTypes: true }).catch(() => []))
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name);

/** A work as its address in the API gives it to the owner. */
export const jsonOf = async (site: TestSite, report: { work: string | null } | undefined) =>
  (await (await site.get(`/api/v1/works/${report?.work}`, site.owner)).json()) as Record<string, unknown>;

/** Posts what can be posted, for everybody. */
export const post = { post: true, public: true };
