/** On the page of one's account: what waits for an answer, with where to give it. Nothing where nothing waits. */
import { formatNumber } from '../../../ui/numbers.ts';
import type { SiteView } from '../../../ui/site-view.ts';

export function Waiting({ site }: { site: SiteView }) {
  const waiting = site.viewer?.waiting ?? [];
  if (waiting.length === 0) return null;
  return (
    <section class="account-part" aria-labelledby="waiting">
      <h2 id="waiting">Waiting for you</h2>
      <ul>
        {waiting.map(({ href, count, words }) => (
          <li>
            <a href={href}>
              {formatNumber(count, site.locale)} {words}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
