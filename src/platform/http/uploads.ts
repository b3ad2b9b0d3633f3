/**
 * Files as browsers send them: streamed to the disk as they arrive, never held in memory, and ended when they are more
 * than was allowed.
 */
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Busboy } from '@fastify/busboy';
import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { FORM_FIELDS, type Form } from './form.ts';

class TooLarge extends Error {}

/**
 * Writes a stream to a new file. @returns its bytes, or null when there are more than `most`; then nothing is left behind.
 * @throws what the disk or the connection throws; then nothing is left behind either.
 */
export async function receiveFile(from: Readable, path: string, most: number): Promise<number | null> {
  let bytes = 0;
  const count = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes > most) done(new TooLarge());
      else done(null, chunk);
    },
  });
  try {
    await pipeline(from, count, createWriteStream(path, { flags: 'wx', mode: 0o600, flush: true }));
    return bytes;
  } catch (error) {
    await rm(path, { force: true });
    if (error instanceof TooLarge) return null;
    throw error;
  }
}

/** The body of a request as a stream of bytes. */
export function bodyOf(c: Context): Readable {
  const { body } = c.req.raw;
  return body === null ? Readable.from([]) : Readable.fromWeb(body as import('node:stream/web').ReadableStream);
}

/**
 * Reads a form with files. Each file is handed to `take` as it arrives, and must be read to its end. @returns the fields.
 * @throws an answer with 400 for what is no such form, 413 for too many fields or files.
 */
export async function readUploads(
  c: Context,
  take: (name: string, file: Readable) => Promise<void>,
  limits: { files: number },
): Promise<Form> {
  const type = c.req.header('content-type') ?? '';
  if (!/^multipart\/form-data\s*;.*\bboundary=/i.test(type))
    throw new HTTPException(400, { message: 'This address takes forms with files.' });
  const fields = new URLSearchParams();
  const taking: Promise<void>[] = [];
  const coming: Readable[] = [];
  let refusal: HTTPException | null = null;
  const busboy = new Busboy({
    headers: { 'content-type': type },
    preservePath: true,
    limits: { fields: FORM_FIELDS, fieldSize: 64 * 1024, files: limits.files, headerPairs: 50 },
  });
  busboy.on('field', (name, value) => fields.append(name, value));
  busboy.on('file', (_field, file, name) => {
    // A form that ends too early says so on the file in hand, at once: perhaps before whoever takes it listens.
    file.on('error', (error: Error) => file.destroy(error));
    coming.push(file);
    // A file field that nothing was chosen in comes as a file without a name.
    if (!name) file.resume();
    else {
      const one = take(name, file).finally(() => file.resume());
      // Waited for below; until then nobody else hears of a failure.
      one.catch(() => undefined);
      taking.push(one);
    }
  });
  for (const limit of ['fieldsLimit', 'filesLimit', 'partsLimit'] as const)
    busboy.on(
      limit,
      () => (refusal ??= new HTTPException(413, { message: 'This form has too many fields or files.' })),
    );
  try {
    await pipeline(bodyOf(c), busboy);
  } catch (error) {
    for (const file of coming) file.destroy(error instanceof Error ? error : new Error(String(error)));
    await Promise.allSettled(taking);
    throw new HTTPException(400, { message: 'What was sent broke off, or is no form.', cause: error });
  }
  await Promise.all(taking);
  if (refusal !== null) throw refusal as HTTPException;
  return {
    one: (name) => fields.get(name) ?? undefined,
    all: (name) => fields.getAll(name),
    fields: () => [...fields],
  };
}
