/** On the page of one's account: what happened to it lately, so that what was not oneself is seen, with mail and without. */
import type { SiteView } from '../../../ui/site-view.ts';
import { Time } from '../../../ui/Time.tsx';

export interface HappeningView {
  /** A sentence without its full stop. */
  what: string;
  /** "Firefox on Linux", or ''. */
  device: string;
  at: number;
}

export function Happenings({ site, happenings }: { site: SiteView; happenings: HappeningView[] }) {
  return (
    <section class="account-part" aria-labelledby="happenings">
      <h2 id="happenings">What happened lately</h2>
      <p>
        If something of this was not you, change your password: that signs out all other devices. Where you signed in
        from is not kept.
      </p>
      {happenings.length === 0 ? (
        <p>Nothing yet.</p>
      ) : (
        <ul class="account-happenings">
          {happenings.map(({ what, device, at }) => (
            <li>
              <span>
                {what}
                {device !== '' && `: ${device}`}
              </span>
              <span class="figures">
                <Time at={at} site={site} clock />
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
