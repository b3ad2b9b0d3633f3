/** Reads of pseuds: an account's own, and what one pseud says of itself. Nothing here answers for two pseuds at once but to their own account. */
import { z } from 'zod';
import { isPublicId } from '../../../platform/db/public-id.ts';
import type { Handle } from '../../../platform/db/tables.ts';
import type { ProfileLink, ProfileNotation, PseudIcon } from '../pseud-profile.ts';
import '../tables.ts';

export interface ListedPseud {
  id: number;
  publicId: string;
  name: string;
  isDefault: boolean;
  icon: PseudIcon | null;
}

/** The pseuds of an account, for nobody but itself: the default one first, then by name. */
export async function ownPseuds(handle: Handle, accountId: number): Promise<ListedPseud[]> {
  const rows = await handle
    .selectFrom('pseuds')
    .leftJoin('pseud_icons', 'pseud_icons.pseud_id', 'pseuds.id')
    .select([
      'pseuds.id',
      'pseuds.public_id',
      'pseuds.name',
      'pseuds.is_default',
      'pseud_icons.public_id as icon',
      'pseud_icons.alt',
    ])
    .where('pseuds.account_id', '=', accountId)
    .orderBy('pseuds.is_default', 'desc')
    .orderBy('pseuds.name_key')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    publicId: row.public_id,
    name: row.name,
    isDefault: row.is_default === 1,
    icon: row.icon === null ? null : { name: row.icon, alt: row.alt ?? '' },
  }));
}

/** One pseud of an account's own; null for anybody else's. */
export async function ownPseud(handle: Handle, accountId: number, publicId: string): Promise<ListedPseud | null> {
  if (!isPublicId(publicId)) return null;
  return (await ownPseuds(handle, accountId)).find((pseud) => pseud.publicId === publicId) ?? null;
}

export interface WrittenProfile {
  format: ProfileNotation;
  source: string;
  html: string;
  links: ProfileLink[];
}

const linksShape = z.array(z.object({ label: z.string(), address: z.string() }));

/** What a pseud says of itself, with the source it was written in; empty for one that says nothing. */
export async function writtenProfile(handle: Handle, pseudId: number): Promise<WrittenProfile> {
  const row = await handle.selectFrom('pseud_profiles').selectAll().where('pseud_id', '=', pseudId).executeTakeFirst();
  if (!row) return { format: 'html', source: '', html: '', links: [] };
  return { format: row.format, source: row.source, html: row.html, links: linksShape.parse(JSON.parse(row.links)) };
}

/** What everybody reads on a pseud's page. */
export interface PublicProfile {
  /** Clean HTML; '' for none. */
  html: string;
  links: ProfileLink[];
  icon: PseudIcon | null;
}

/** What a pseud shows on its page. Whoever asks has made sure that the page is there for who looks. */
export async function profileOf(handle: Handle, pseudId: number): Promise<PublicProfile> {
  const { html, links } = await writtenProfile(handle, pseudId);
  const icon = await handle
    .selectFrom('pseud_icons')
    .select(['public_id as name', 'alt'])
    .where('pseud_id', '=', pseudId)
    .executeTakeFirst();
  return { html, links, icon: icon ?? null };
}

export interface KeptIcon {
  pseudId: number;
  pseudPublicId: string;
  accountId: number;
  /** The name of its file, which no answer carries. */
  blob: string;
}

/** The icon at an address, whoever may see it; null where there is none. */
export async function iconNamed(handle: Handle, name: string): Promise<KeptIcon | null> {
  const row = await handle
    .selectFrom('pseud_icons')
    .innerJoin('pseuds', 'pseuds.id', 'pseud_icons.pseud_id')
    .select(['pseuds.id', 'pseuds.public_id', 'pseuds.account_id', 'pseud_icons.blob'])
    .where('pseud_icons.public_id', '=', name)
    .executeTakeFirst();
  if (!row) return null;
  return { pseudId: row.id, pseudPublicId: row.public_id, accountId: row.account_id, blob: row.blob };
}

/** The names of icons' files that begin so: for a backup. */
export async function namedIcons(handle: Handle, begin: string): Promise<string[]> {
  const rows = await handle
    .selectFrom('pseud_icons')
    .select('blob')
    .where('blob', '>=', begin)
    // Names are hexadecimal: nothing that begins so comes after this.
    .where('blob', '<', `${begin}g`)
    .execute();
  return rows.map((row) => row.blob);
}
