/**
 * Secrets that the archive must be able to read again, sealed: whoever has the database alone has nothing of them. The key lies
 * in the data folder, is made when it is first needed, and goes into backups with everything else.
 */
import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { link, mkdir, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** In the data folder. */
export const SEAL_KEY = 'secret.key';

const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

export interface Seal {
  /** Seals a secret. `about`: what it belongs to; it opens for that alone. */
  close(secret: Buffer, about: string): Promise<string>;
  /** @returns the secret, or null when it was sealed by another key, for something else, or is damaged. */
  open(sealed: string, about: string): Promise<Buffer | null>;
  /** What stands for a text in the database where the text must not: always the same, and guessed by nobody without the key. */
  mark(text: string): Promise<string>;
}

/** The seal of an archive. @throws when the key cannot be read or made. */
export function sealOf(dataFolder: string): Seal {
  let kept: Promise<Buffer> | null = null;
  const key = async () => {
    kept ??= keyOf(dataFolder);
    try {
      return await kept;
    } catch (error) {
      // A failure is not kept: the disk may be there again.
      kept = null;
      throw error;
    }
  };
  return {
    async close(secret, about) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', await key(), nonce).setAAD(Buffer.from(about));
      const sealed = Buffer.concat([cipher.update(secret), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url');
    },
    async mark(text) {
      return createHmac('sha256', await key())
        .update(text)
        .digest('hex');
    },
    async open(sealed, about) {
      const bytes = Buffer.from(sealed, 'base64url');
      if (bytes.length < NONCE_BYTES + TAG_BYTES) return null;
      const decipher = createDecipheriv('aes-256-gcm', await key(), bytes.subarray(0, NONCE_BYTES))
        .setAAD(Buffer.from(about))
        .setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
      try {
        return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
      } catch {
        return null;
      }
    },
  };
}

/** Reads the key, or makes it. Of several processes that make it at once, one wins, and all read what it made. */
async function keyOf(dataFolder: string): Promise<Buffer> {
  const path = join(dataFolder, SEAL_KEY);
  const there = await readKey(path);
  if (there) return there;
  await mkdir(dataFolder, { recursive: true });
  const unfinished = join(dataFolder, `${SEAL_KEY}.${randomBytes(6).toString('hex')}`);
  const file = await open(unfinished, 'wx', 0o600);
  try {
    await file.writeFile(`${randomBytes(KEY_BYTES).toString('base64url')}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await link(unfinished, path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  await rm(unfinished, { force: true });
  await syncFolder(dataFolder);
  const made = await readKey(path);
  if (!made) throw new Error(`The key in ${path} cannot be read.`);
  return made;
}

/** @returns null when there is none. @throws for a file that holds no key: a new one would make all that is sealed unreadable. */
async function readKey(path: string): Promise<Buffer | null> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (text === null) return null;
  const key = Buffer.from(text.trim(), 'base64url');
  if (key.length !== KEY_BYTES) throw new Error(`The file ${path} holds no key.`);
  return key;
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
