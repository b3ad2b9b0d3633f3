/**
 * Passwords as argon2id: slow and large on purpose, so that what is kept cannot be guessed back. The parameters stand
 * with each hash, in the usual form (`$argon2id$v=19$m=…,t=…,p=…$salt$hash`), so that they can rise later.
 */
import { argon2, randomBytes, timingSafeEqual, type Argon2Parameters } from 'node:crypto';
import { promisify } from 'node:util';
import { Unavailable } from '../../../platform/http/unavailable.ts';
import { fewAtOnce } from './few-at-once.ts';

/** What a hash costs. `memory` in KiB. */
export interface PasswordCost {
  memory: number;
  passes: number;
}

/** 64 MiB and three passes: about 0.2 seconds of one processor. */
export const PASSWORD_COST: PasswordCost = { memory: 65_536, passes: 3 };
/** Hashes made at once: each takes its memory, and one of the few threads that files are read by. */
const AT_ONCE = 2;
/** Those who may wait for their turn; who comes after is told to come again. */
const WAITING = 24;
const BYTES = 32;
const SALT_BYTES = 16;

/** What makes a hash; argon2id, but for tests that watch it. */
export type Derive = (algorithm: 'argon2id', parameters: Argon2Parameters) => Promise<Buffer>;
const argon: Derive = promisify(argon2);

export interface Passwords {
  /** Makes the hash of a password. @throws Unavailable when too many are waiting. */
  hash(password: string): Promise<string>;
  /** Whether a password is the one of a hash; for null, no and as late as ever. @throws Unavailable as above. */
  fits(password: string, kept: string | null): Promise<boolean>;
  /** Whether a hash was made with parameters that are not those of today. */
  isOutdated(kept: string): boolean;
}

interface Parts extends PasswordCost {
  salt: Buffer;
  hash: Buffer;
}

/** @param cost what hashes cost that are made here; those that are read say their own. */
export function argonPasswords(cost: PasswordCost = PASSWORD_COST, derive: Derive = argon): Passwords {
  const turn = fewAtOnce(AT_ONCE, WAITING, () => new Unavailable('Too many people are signing in at this moment.'));
  const make = (password: string, salt: Buffer, { memory, passes }: PasswordCost) =>
    turn(() =>
      derive('argon2id', {
        message: Buffer.from(password.normalize('NFC')),
        nonce: salt,
        parallelism: 1,
        tagLength: BYTES,
        memory,
        passes,
      }),
    );
  return {
    async hash(password) {
      const salt = randomBytes(SALT_BYTES);
      return written({ ...cost, salt, hash: await make(password, salt, cost) });
    },
    async fits(password, kept) {
      // Where there is no account, the same work is done for an answer that is known before.
      const parts = kept === null ? null : read(kept);
      const { salt, hash, ...its } = parts ?? { ...cost, salt: randomBytes(SALT_BYTES), hash: Buffer.alloc(BYTES) };
      const made = await make(password, salt, its);
      return timingSafeEqual(made, hash) && parts !== null;
    },
    isOutdated(kept) {
      const parts = read(kept);
      return parts.memory !== cost.memory || parts.passes !== cost.passes;
    },
  };
}

function written({ memory, passes, salt, hash }: Parts): string {
  const plain = (bytes: Buffer) => bytes.toString('base64').replaceAll('=', '');
  return `$argon2id$v=19$m=${memory},t=${passes},p=1$${plain(salt)}$${plain(hash)}`;
}

/** @throws Error for what was not written here. */
function read(kept: string): Parts {
  const [, memory, passes, salt, hash] =
    /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=1\$([\w+/]+)\$([\w+/]+)$/.exec(kept) ?? [];
  if (salt === undefined || hash === undefined) throw new Error('A kept password cannot be read.');
  return {
    memory: Number(memory),
    passes: Number(passes),
    salt: Buffer.from(salt, 'base64'),
    hash: Buffer.from(hash, 'base64'),
  };
}
