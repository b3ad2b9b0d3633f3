/** Light, dark, sepia or as the device says: four buttons of one form, so that one press is enough without script. */
import './elements.ts';
import { themes, type Theme } from './preferences.ts';
import type { SiteView } from './site-view.ts';

const words: Record<Theme, string> = { system: 'Device', light: 'Light', dark: 'Dark', sepia: 'Sepia' };

/** `id` tells apart two of them on one page. */
export function ThemeChoice({ site, id }: { site: SiteView; id: string }) {
  return (
    <preference-form>
      <form class="theme-choice" method="post" action="/preferences/theme">
        <span id={id}>Theme</span>
        <input type="hidden" name="return" value={site.path} />
        <span class="segments" role="group" aria-labelledby={id}>
          {themes.map((theme) => (
            <button
              type="submit"
              name="theme"
              value={theme}
              aria-pressed={site.preferences.theme === theme ? 'true' : 'false'}
            >
              {words[theme]}
            </button>
          ))}
        </span>
        <span class="saved" role="status"></span>
      </form>
    </preference-form>
  );
}
