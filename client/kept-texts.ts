/**
 * What is typed, kept on the device until the archive has it: one record a sheet, in IndexedDB. Where a browser lets nothing be
 * kept, each of these does nothing and says so.
 */
const NAME = 'fanfold-typed';
const STORE = 'sheets';

/** A sheet as the device keeps it. */
export interface KeptText {
  sheet: string;
  /** The opened page that wrote it: a tab that was duplicated shows the same sheet. Records of old have none. */
  writer?: string;
  /** Whose it is: text of one account is never shown to another. */
  device: string;
  /** The archive's epoch when that was said: after a restore it has none of it. Records of old have none. */
  epoch?: string;
  /** The address of its form. */
  place: string;
  base: number;
  sequence: number;
  /** The last that the archive said it has. */
  taken: number;
  continues: { sheet: string; sequence: number } | null;
  /** When it was typed, in UTC milliseconds. */
  at: number;
  fields: [name: string, value: string][];
}

/**
 * Keeps a text in place of what its page had kept of its sheet before; what that page has kept later stays, and learns only what the
 * archive has by now. @returns whether it, or what came later, is on the device now; `other` where the sheet has the words of another
 * page, which stay.
 */
export async function keep(text: KeptText): Promise<boolean | 'other'> {
  let isOther = false;
  const done = await within('readwrite', (store) => {
    const asking = store.get(text.sheet) as IDBRequest<KeptText | undefined>;
    asking.addEventListener('success', () => {
      const before = asking.result;
      const known = before?.writer !== undefined && text.writer !== undefined;
      isOther = known && before.writer !== text.writer && !saysTheSame(before, text);
      if (isOther) return;
      const isOlder = before !== undefined && before.writer === text.writer && before.sequence > text.sequence;
      store.put(isOlder ? { ...before, taken: Math.max(before.taken, text.taken) } : text);
    });
    return asking;
  });
  if (done === null) return false;
  return isOther ? 'other' : true;
}

function saysTheSame(one: KeptText, other: KeptText): boolean {
  return JSON.stringify(one.fields) === JSON.stringify(other.fields);
}

/** All that is kept here, whoever's it is; nothing where nothing can be kept. */
export async function allKept(): Promise<KeptText[]> {
  return (await within<KeptText[]>('readonly', (store) => store.getAll() as IDBRequest<KeptText[]>)) ?? [];
}

/** Texts of accounts that do not come back are kept for so long. */
const OTHERS_MS = 30 * 86_400_000;

/** Whether the device may let go of another account's text: the archive has all of it since this epoch, or it is old. */
export function isDoneWith(text: KeptText, epoch: string): boolean {
  const isInArchive = (text.epoch ?? epoch) === epoch && text.taken >= text.sequence;
  return isInArchive || text.at < Date.now() - OTHERS_MS;
}

export async function forget(sheet: string): Promise<void> {
  await within('readwrite', (store) => store.delete(sheet));
}

/** Forgets a sheet's text where it still is this one: another tab may have put its own there since. */
export async function forgetIfSame(text: KeptText): Promise<boolean> {
  let isSame = true;
  await within('readwrite', (store) => {
    const asking = store.get(text.sheet) as IDBRequest<KeptText | undefined>;
    asking.addEventListener('success', () => {
      const now = asking.result;
      isSame = now === undefined || (now.sequence === text.sequence && saysTheSame(now, text));
      if (now && isSame) store.delete(text.sheet);
    });
    return asking;
  });
  return isSame;
}

/** The form of the archive's own keys: ten random characters of its alphabet. */
export function newSheet(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(10));
  return [...bytes].map((byte) => '0123456789abcdefghjkmnpqrstvwxyz'[byte & 31]).join('');
}

export async function forgetAll(): Promise<void> {
  await within('readwrite', (store) => store.clear());
}

/** What one request answers once it is safe on the disk; null where it failed. */
async function within<T>(mode: IDBTransactionMode, ask: (store: IDBObjectStore) => IDBRequest<T>): Promise<T | null> {
  const db = await open();
  if (!db) return null;
  return new Promise((resolve) => {
    try {
      const transaction = db.transaction(STORE, mode, { durability: 'strict' });
      const request = ask(transaction.objectStore(STORE));
      transaction.addEventListener('complete', () => resolve(request.result));
      transaction.addEventListener('abort', () => resolve(null));
    } catch {
      opened = null;
      resolve(null);
    }
  });
}

let opened: Promise<IDBDatabase | null> | null = null;

function open(): Promise<IDBDatabase | null> {
  opened ??= new Promise((resolve) => {
    try {
      const request = indexedDB.open(NAME, 1);
      request.addEventListener('upgradeneeded', () => request.result.createObjectStore(STORE, { keyPath: 'sheet' }));
      request.addEventListener('success', () => {
        const db = request.result;
        const letGo = () => {
          db.close();
          opened = null;
        };
        // The browser, or the end of a session, may want it gone.
        db.addEventListener('versionchange', letGo);
        db.addEventListener('close', letGo);
        resolve(db);
      });
      request.addEventListener('error', () => resolve(null));
      request.addEventListener('blocked', () => resolve(null));
    } catch {
      resolve(null);
    }
  });
  return opened;
}
