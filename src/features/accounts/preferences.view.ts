/** What an account has chosen, as pages are shown by it. */
import { parseReadingCookie, type Preferences } from '../../ui/preferences.ts';
import type { AccountPreferences } from './preferences.ts';

/** How pages look: what the account has chosen, and what the browser's cookies say where it has not. */
export function displayOf(chosen: AccountPreferences, ofBrowser: Preferences): Preferences {
  return {
    ...ofBrowser,
    ...(chosen.reading === null ? {} : parseReadingCookie(chosen.reading)),
    theme: chosen.theme ?? ofBrowser.theme,
  };
}
