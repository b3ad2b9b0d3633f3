/** Finding somebody by their pseud; for the owner also who holds which role. */
import { Button, TextField } from '../../../ui/Form.tsx';
import type { SiteView } from '../../../ui/site-view.ts';
import { ModerationLayout } from './ModerationLayout.tsx';

export interface PeopleView {
  name: string;
  /** Null before somebody was looked for. */
  found: { href: string; name: string }[] | null;
  /** For the owner. */
  holders?: { href: string; name: string; roles: string[] }[];
}

export function PeoplePage({ site, view }: { site: SiteView; view: PeopleView }) {
  return (
    <ModerationLayout
      site={site}
      title="People"
      lead="Each is met by a pseud. Which pseuds belong together is told for a reason only."
    >
      <form class="fields" method="get" action="/moderation/people" role="search" aria-label="People">
        <TextField name="name" label="Pseud" value={view.name} maxLength={40} language={null} />
        <div class="actions">
          <Button>Find</Button>
        </div>
      </form>
      {view.found && (
        <section class="section" aria-labelledby="found">
          <h2 id="found">Found</h2>
          {view.found.length === 0 && <p>Nobody has this pseud.</p>}
          <ul>
            {view.found.map((one) => (
              <li>
                <a href={one.href} dir="auto">
                  {one.name}
                </a>
              </li>
            ))}
          </ul>
        </section>
      )}
      {view.holders && (
        <section class="section" aria-labelledby="holders">
          <h2 id="holders">Roles</h2>
          <ul>
            {view.holders.map((one) => (
              <li>
                <a href={one.href} dir="auto">
                  {one.name}
                </a>
                : {one.roles.join(', ')}
              </li>
            ))}
          </ul>
        </section>
      )}
    </ModerationLayout>
  );
}
