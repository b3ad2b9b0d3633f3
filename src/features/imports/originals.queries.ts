/** Which files of the blob store are originals: of works, and of changed sources that nobody has left out. */
import { z } from 'zod';
import type { Reads } from '../../platform/db/tables.ts';
import './tables.ts';

/** @returns those whose names begin with `begin`, each once or more. */
export async function namedOriginals(handle: Reads, begin: string): Promise<string[]> {
  const originals = await handle
    .selectFrom('import_originals')
    .select('blob')
    .distinct()
    .where('blob', '>=', begin)
    // Names are hexadecimal: nothing that begins so comes after this.
    .where('blob', '<', `${begin}g`)
    .execute();
  const waiting = await handle.selectFrom('import_updates').select('blobs').where('state', '!=', 'dismissed').execute();
  const ofUpdates = waiting.flatMap((one) => blobsOf(one.blobs)).filter((blob) => blob.startsWith(begin));
  return [...originals.map((one) => one.blob), ...ofUpdates];
}

/** @param originals as a changed source keeps them. @returns the names of their files. */
export function blobsOf(originals: string): string[] {
  return z
    .array(z.object({ blob: z.string() }))
    .parse(JSON.parse(originals))
    .map((one) => one.blob);
}
