/** Files handed over in the browser: as one form, or one by one where a script shows how far each is. */
import type { Hono } from 'hono';
import type { Ground } from '../../platform/ground.ts';
import { bodyOf, readUploads } from '../../platform/http/uploads.ts';
import type { Form } from '../../platform/http/form.ts';
import { MADE_FOR } from '../../platform/http/made-for.ts';
import { may, seeOther, type ArchiveContext, type ArchiveEnv } from '../accounts/index.ts';
import { languages, vocabulary } from '../tags/index.ts';
import type { ImportOptions } from './import-options.ts';
import { optionProblem } from './pipeline/settle.ts';
import { clearStaging, openStaging, stageFile, stagingFolder, UPLOAD_FILES } from './pipeline/staging.ts';
import { beginImport, dropUnbegun, nameUpload, startUpload, touchImport } from './runs.actions.ts';
import { findImport } from './runs.queries.ts';
import { readImportForm } from './upload-form.ts';

export interface UploadNeeds {
  /** Has everything that waits run, beside answering. */
  runWaiting: () => void;
  /** The page with the form, the sentence about what is wrong above it, and what was typed in it. */
  showForm: (c: ArchiveContext, problem: string, options: ImportOptions) => Promise<Response>;
}

export function uploadRoutes(web: Hono<ArchiveEnv>, ground: Ground, needs: UploadNeeds): void {
  const { db, now } = ground;

  const problemWith = async (options: ImportOptions): Promise<string | null> => {
    const known = { vocabulary: await vocabulary(db.reads), languages: await languages(db.reads) };
    // What is an option to the command is a field here.
    return optionProblem(options, known)?.replace(/^--([a-z]+)/, 'The $1') ?? null;
  };

  const begin = (accountId: number, options: ImportOptions) =>
    db.write((tx) => beginImport(tx, now(), { accountId, origin: 'upload', named: [], options }));

  web.post('/imports', async (c) => {
    const { viewer } = c.var;
    const { accountId } = viewer;
    if (accountId === null || !may(viewer, 'import-works')) return c.notFound();
    const inJson = c.req.header('accept')?.includes('application/json') ?? false;
    const refuse = (problem: string, options: ImportOptions) =>
      inJson ? c.json({ detail: problem }, 422) : needs.showForm(c, problem, options);
    // Files come before the fields that say what to do with them: they wait under an import that has not begun.
    const waiting = await begin(accountId, readImportForm(NO_FIELDS));
    const folder = stagingFolder(ground.config.dataFolder, waiting.publicId);
    const names: string[] = [];
    const problems: string[] = [];
    const drop = async () => {
      await clearStaging(folder);
      await db.write((tx) => dropUnbegun(tx, waiting.id));
    };
    let form: Form;
    try {
      form = await readUploads(
        c,
        async (name, file) => {
          // What a system hides in folders for itself is left out here as everywhere.
          if (/(?:^|[\\/])\.(?:DS_Store|_[^\\/]*|git[^\\/]*)$/.test(name)) return;
          const problem = await stageFile(folder, name, file);
          if (problem === null) names.push(name);
          else problems.push(problem);
        },
        { files: UPLOAD_FILES },
      );
    } catch (error) {
      await drop();
      throw error;
    }
    const options = readImportForm(form);
    const oneByOne = form.one('begin') === 'files';
    const madeFor = form.one(MADE_FOR) ?? c.var.site.madeFor;
    const isAnothers = madeFor !== c.var.site.madeFor;
    const problem =
      (isAnothers ? ANOTHERS_FORM : await problemWith(options)) ??
      problems[0] ??
      (oneByOne || names.length > 0 ? null : NO_FILES);
    if (problem !== null) {
      await drop();
      return refuse(problem, options);
    }
    await db.write((tx) => nameUpload(tx, now(), waiting.id, names, options));
    const path = `/imports/${waiting.publicId}`;
    if (oneByOne) {
      // It is there even if no file comes: what has no folder would wait for ever.
      await openStaging(folder);
      const places = { id: waiting.publicId, upload: `${path}/files`, done: `${path}/start`, page: path };
      return inJson ? c.json(places) : seeOther(c, path);
    }
    await db.write((tx) => startUpload(tx, now(), waiting.id));
    needs.runWaiting();
    return seeOther(c, path);
  });

  web.put('/imports/:id/files', async (c) => {
    const run = may(c.var.viewer, 'import-works') ? await findImport(db.reads, c.var.viewer, c.req.param('id')) : null;
    if (!run || run.origin !== 'upload') return c.notFound();
    const name = c.req.query('name') ?? '';
    if (run.state !== 'gathering') return c.json({ detail: 'This import has begun and takes no more files.' }, 409);
    const problem = await stageFile(stagingFolder(ground.config.dataFolder, run.publicId), name, bodyOf(c));
    if (problem !== null) return c.json({ detail: problem }, 422);
    // It may have begun while the file was coming, and does not read it then.
    const since = await findImport(db.reads, c.var.viewer, run.publicId);
    if (since?.state !== 'gathering') return c.json({ detail: 'This import has begun and takes no more files.' }, 409);
    // Long uploads say now and then that they still come; nothing that does is swept away.
    if (now() - run.seenAt > STILL_COMING_MS) await db.write((tx) => touchImport(tx, now(), run.id));
    return c.body(null, 204);
  });
}

const STILL_COMING_MS = 60_000;
const ANOTHERS_FORM =
  'This form was opened by another account than the one that is signed in now. Choose the files once more.';
const NO_FILES = 'Choose at least one file.';

const NO_FIELDS: Form = { one: () => undefined, all: () => [], fields: () => [] };
