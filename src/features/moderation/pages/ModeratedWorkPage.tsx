/** What a moderator can do about a work. Of a hidden one it says nothing before a reason was given. */
import type { SiteView } from '../../../ui/site-view.ts';
import { Time } from '../../../ui/Time.tsx';
import { LogRows, type LogLine } from './LogRows.tsx';
import { ModerationLayout } from './ModerationLayout.tsx';
import { ReasonForm, type ReasonedAct, type ReasonView } from './ReasonForm.tsx';

export interface ModeratedWorkView {
  href: string;
  publicId: string;
  /** Null before a reason was given to look at a hidden work. */
  title: string | null;
  workHref: string;
  hidden: { why: string | null; since: number | null } | null;
  /** Of an anonymous work: its creators once a reason was given, null before. Absent for one that is not anonymous. */
  anonymous?: { creators: { name: string; href: string | null }[] | null };
  form: ReasonView;
  log: readonly LogLine[];
}

export function ModeratedWorkPage({ site, view }: { site: SiteView; view: ModeratedWorkView }) {
  const looks: ReasonedAct[] = [
    ...(view.title === null ? [{ action: `${view.href}/look`, label: 'Look at it for an hour' }] : []),
    ...(view.anonymous?.creators === null ? [{ action: `${view.href}/creators`, label: 'Ask who wrote it' }] : []),
  ];
  const acts: ReasonedAct[] = view.hidden
    ? [...looks, { action: `${view.href}/unhiding`, label: 'Show the work again' }]
    : [{ action: `${view.href}/hiding`, label: 'Hide the work', look: 'danger' }, ...looks];
  return (
    <ModerationLayout
      site={site}
      title={view.title === null ? `Hidden work ${view.publicId}` : view.title || 'Untitled'}
      lead={
        view.title === null ? 'It is hidden. Give a reason to look at it.' : <a href={view.workHref}>To the work</a>
      }
    >
      {view.hidden && (
        <p class="in-their-words" dir="auto">
          {view.hidden.since !== null && (
            <>
              Hidden since <Time at={view.hidden.since} site={site} />.{' '}
            </>
          )}
          {view.hidden.why}
        </p>
      )}
      {view.anonymous?.creators && (
        <section class="section" aria-labelledby="creators">
          <h2 id="creators">Who wrote it</h2>
          <ul>
            {view.anonymous.creators.map((creator) => (
              <li>{creator.href === null ? <bdi>{creator.name}</bdi> : <a href={creator.href}>{creator.name}</a>}</li>
            ))}
          </ul>
        </section>
      )}
      <section class="section" aria-labelledby="acts">
        <h2 id="acts">What can be done</h2>
        <ReasonForm
          view={view.form}
          help="The log keeps it. Where you hide the work, those who keep it read it, too."
          acts={acts}
        />
      </section>
      <section class="section" aria-labelledby="log">
        <h2 id="log">What was done</h2>
        <LogRows site={site} rows={view.log} />
      </section>
    </ModerationLayout>
  );
}
