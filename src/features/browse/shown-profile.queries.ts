/** What stands on a creator's page above their works. */
import type { Handle } from '../../platform/db/tables.ts';
import { headingsFrom } from '../../platform/html/headings.ts';
import { iconPath, profileOf } from '../accounts/index.ts';
import { isPseudHeld } from '../moderation/index.ts';
import type { ProfileView } from './pages/CreatorProfile.tsx';

/** The creator's name is the page's h1. */
const PROFILE_HEADINGS = 2;

/** What a pseud says of itself; null for one that says nothing, or may not say it now. It speaks of this one pseud alone. */
export async function shownProfile(handle: Handle, pseudId: number, now: number): Promise<ProfileView | null> {
  const { html, links, icon } = await profileOf(handle, pseudId);
  if (html === '' && links.length === 0 && icon === null) return null;
  if (await isPseudHeld(handle, pseudId, now)) return null;
  return { html: headingsFrom(html, PROFILE_HEADINGS), links, icon: icon && { src: iconPath(icon), alt: icon.alt } };
}
