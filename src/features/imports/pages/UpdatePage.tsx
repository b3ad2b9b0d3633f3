/**
 * A source that has changed since it was imported: what it said then, what stands here now, what it says today, and what
 * of it is to be taken over. Nothing is taken that was not ticked.
 */
import { inLanguage } from '../../../ui/AuthorText.tsx';
import { Button, HiddenFields } from '../../../ui/Form.tsx';
import { countOf, formatNumber, listOf } from '../../../ui/numbers.ts';
import type { SiteView } from '../../../ui/site-view.ts';
import { Time } from '../../../ui/Time.tsx';
import type { Run, ThreeWayRow } from '../difference.ts';
import { ImportsLayout } from './ImportsLayout.tsx';
import type { UpdateChapterView, UpdateView } from './import-view.ts';

/** Paragraphs shown around a changed one. */
const AROUND = 1;
/** Fewer unchanged paragraphs than this in a row are not worth folding. */
const FOLDED_FROM = 4;

const stateWords: Readonly<Record<UpdateChapterView['state'], string>> = {
  new: 'New',
  changed: 'Changed at the source',
  edited: 'Changed at the source, and by you',
  same: 'The same',
  gone: 'No longer at the source',
};

export function UpdatePage({ site, view }: { site: SiteView; view: UpdateView }) {
  return (
    <ImportsLayout site={site} title={`Changes to ${view.work.title || 'Untitled'}`}>
      <div class="page-head">
        <p class="eyebrow">Changed at the source</p>
        <h1 {...inLanguage(view.work.language)}>
          <a href={view.work.href}>{view.work.title || 'Untitled'}</a>
        </h1>
        <p class="byline">
          by <bdi>{view.work.creators.length > 0 ? listOf(view.work.creators) : 'an unnamed creator'}</bdi>
        </p>
        <p>
          Found on <Time at={view.foundAt} site={site} hint /> in <bdi>{view.file}</bdi>. {counts(view, site.locale)}
        </p>
        {view.state !== 'open' && (
          <p>
            <b>{view.state === 'applied' ? 'What you chose of it was taken over.' : 'It was left out.'}</b>
          </p>
        )}
      </div>
      {view.target ? (
        <form class="source-update" method="post" action={view.target.action}>
          <HiddenFields fields={view.target.fields} />
          <Changes site={site} view={view} />
          <div class="actions save apply">
            <Button look="primary" name="then" value="apply">
              Take over what is ticked
            </Button>
            <Button name="then" value="dismiss">
              Leave all of it out
            </Button>
            <p class="help">What stands here now stays in the history of each chapter.</p>
          </div>
        </form>
      ) : (
        <div class="source-update">
          <Changes site={site} view={view} />
        </div>
      )}
    </ImportsLayout>
  );
}

function Changes({ site, view }: { site: SiteView; view: UpdateView }) {
  const changed = view.chapters.filter((chapter) => chapter.state !== 'same');
  return (
    <>
      {view.details.length > 0 && <Details view={view} />}
      <section class="update-chapters" aria-labelledby="chapters">
        <h2 id="chapters">Chapters</h2>
        {changed.length === 0 && <p class="none">No chapter differs.</p>}
        {changed.map((chapter) => (
          <Chapter site={site} chapter={chapter} view={view} />
        ))}
      </section>
    </>
  );
}

function counts({ chapters }: UpdateView, locale: string): string {
  const of = (...states: UpdateChapterView['state'][]) => chapters.filter(({ state }) => states.includes(state)).length;
  const [added, changed, same] = [of('new'), of('changed', 'edited'), of('same')];
  const parts = [
    added > 0 && countOf(added, 'new chapter', locale),
    changed > 0 && countOf(changed, 'changed chapter', locale),
    same > 0 && `${formatNumber(same, locale)} the same`,
  ].filter((part) => part !== false);
  return parts.length === 0 ? '' : `${listOf(parts)}.`;
}

function Details({ view }: { view: UpdateView }) {
  return (
    <section class="update-details" aria-labelledby="details">
      <h2 id="details">About the work</h2>
      <ul>
        {view.details.map((detail) => (
          <li>
            <label class="choice">
              <input type="checkbox" name="detail" value={detail.value} disabled={view.target === null} />
              <span>
                <b>{detail.label}</b>
                {detail.edited && <small>You have changed this since.</small>}
              </span>
            </label>
            <dl>
              <div>
                <dt>Here</dt>
                <dd dir="auto">{detail.here || '–'}</dd>
              </div>
              <div>
                <dt>Source now</dt>
                <dd dir="auto">{detail.there || '–'}</dd>
              </div>
            </dl>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Chapter({ site, chapter, view }: { site: SiteView; chapter: UpdateChapterView; view: UpdateView }) {
  const id = `chapter-${chapter.position}-${chapter.state}`;
  const isNew = chapter.state === 'new';
  const name = `Chapter ${formatNumber(chapter.position, site.locale)}`;
  return (
    <section class={`update-chapter ${chapter.state}`} aria-labelledby={id}>
      <div class="update-chapter-head">
        <h3 id={id}>
          {name}
          {chapter.title !== null && (
            <>
              : <bdi {...inLanguage(view.work.language)}>{chapter.title}</bdi>
            </>
          )}
        </h3>
        <p class="figures">
          <span class="state">{stateWords[chapter.state]}</span>
          <span>{sizes(chapter, site.locale)}</span>
        </p>
        {chapter.state !== 'gone' && (
          <label class="choice">
            <input
              type="checkbox"
              name="chapter"
              value={chapter.value}
              checked={isNew && view.target !== null}
              disabled={view.target === null}
            />
            <span>
              {isNew ? 'Add it' : 'Take the source’s text'}
              <span class="visually-hidden">: {name}</span>
              {chapter.state === 'edited' && <small>It takes the place of what you wrote.</small>}
            </span>
          </label>
        )}
        {chapter.state === 'gone' && <p class="help">It stays here.</p>}
      </div>
      {chapter.coarse && <p class="help">It is too long to be compared word by word; whole paragraphs are marked.</p>}
      {isNew || chapter.state === 'gone' ? (
        <details>
          <summary>
            Read it<span class="visually-hidden">: {name}</span>
          </summary>
          <div class="told" {...inLanguage(view.work.language)}>
            {chapter.rows.map((row) => (
              <p>
                <Runs runs={plainRuns(isNew ? row.there : (row.here ?? row.old))} />
              </p>
            ))}
          </div>
        </details>
      ) : (
        <Comparison chapter={chapter} view={view} name={name} />
      )}
    </section>
  );
}

function sizes({ state, wordsHere, wordsThere }: UpdateChapterView, locale: string): string {
  if (state === 'new') return countOf(wordsThere, 'word', locale);
  if (state === 'gone') return countOf(wordsHere, 'word', locale);
  const more = wordsThere - wordsHere;
  const turn =
    more === 0 ? 'as many words' : `${formatNumber(Math.abs(more), locale)} words ${more > 0 ? 'more' : 'fewer'}`;
  return `${countOf(wordsThere, 'word', locale)} at the source, ${turn}`;
}

/** Paragraph rows; the old source only where what stands here is no longer what it said. */
function Comparison({ chapter, view, name }: { chapter: UpdateChapterView; view: UpdateView; name: string }) {
  const three = chapter.state === 'edited';
  return (
    <table class={three ? 'versions three' : 'versions'}>
      <caption class="visually-hidden">{name}, paragraph by paragraph</caption>
      <thead>
        <tr>
          {three && <th scope="col">Source then</th>}
          <th scope="col">Here now</th>
          <th scope="col">Source now</th>
        </tr>
      </thead>
      {foldedRows(chapter.rows).map((group) =>
        group.folded ? (
          <tbody class="unchanged">
            <tr>
              <td colSpan={three ? 3 : 2}>
                <details>
                  <summary>{group.rows.length} paragraphs are the same</summary>
                  <div class="told" {...inLanguage(view.work.language)}>
                    {group.rows.map((row) => (
                      <p>
                        <Runs runs={plainRuns(row.here)} />
                      </p>
                    ))}
                  </div>
                </details>
              </td>
            </tr>
          </tbody>
        ) : (
          <tbody>
            {group.rows.map((row) => (
              <tr class={row.changed ? 'changed' : undefined}>
                {three && <Cell side="Source then" runs={row.old} view={view} />}
                <Cell side="Here now" runs={three ? row.here : asReplaced(row)} view={view} />
                <Cell side="Source now" runs={row.there} view={view} />
              </tr>
            ))}
          </tbody>
        ),
      )}
    </table>
  );
}

/** Where nobody has edited, what stands here is the old source, and shows what goes. */
function asReplaced(row: ThreeWayRow): Run[] | null {
  return row.here === null ? null : (row.old ?? row.here);
}

function Cell({ side, runs, view }: { side: string; runs: Run[] | null; view: UpdateView }) {
  return (
    <td class={runs === null ? 'nothing' : undefined}>
      <span class="side" aria-hidden="true">
        {side}
      </span>
      {runs === null ? (
        <span class="visually-hidden">nothing</span>
      ) : (
        <p class="told" {...inLanguage(view.work.language)}>
          <Runs runs={runs} />
        </p>
      )}
    </td>
  );
}

function Runs({ runs }: { runs: Run[] }) {
  return runs.map((run) => {
    if (run.mark === 'removed') return <del>{run.text}</del>;
    return run.mark === 'added' ? <ins>{run.text}</ins> : run.text;
  });
}

function plainRuns(runs: Run[] | null): Run[] {
  return (runs ?? []).map(({ text }) => ({ text, mark: 'same' }));
}

/** Rows in groups: what changed with a paragraph around it, and longer stretches of the same, folded. */
function foldedRows(rows: readonly ThreeWayRow[]): { folded: boolean; rows: ThreeWayRow[] }[] {
  const near = rows.map((_, at) => rows.slice(Math.max(0, at - AROUND), at + AROUND + 1).some((row) => row.changed));
  const groups: { folded: boolean; rows: ThreeWayRow[] }[] = [];
  for (const [at, row] of rows.entries()) {
    const folded = !near[at];
    const last = groups.at(-1);
    if (last?.folded === folded) last.rows.push(row);
    else groups.push({ folded, rows: [row] });
  }
  return groups.map((group) => ({ ...group, folded: group.folded && group.rows.length >= FOLDED_FROM }));
}
