/** What several pages say of an import: its files by name, its state, its figures. */
import { formatNumber } from '../../../ui/numbers.ts';
import { outcomeCounts, stateWords } from './import-words.ts';
import type { FileOutcome, ShownState } from './import-view.ts';

const NAMED = 3;

/** "story.epub, notes.txt and 4 more": paths end with what tells them apart, so long ones are cut at the front. */
export function Named({ named }: { named: readonly string[] }) {
  if (named.length === 0) return 'Files from a browser';
  const more = named.length - NAMED;
  return (
    <>
      {named.slice(0, NAMED).map((name, place) => (
        <>
          {place > 0 && ', '}
          <bdi>{shortened(name)}</bdi>
        </>
      ))}
      {more > 0 && ` and ${more} more`}
    </>
  );
}

const SHOWN = 60;

/** The end of a long path, from a folder on. */
function shortened(path: string): string {
  if (path.length <= SHOWN) return path;
  const end = path.slice(-SHOWN);
  return `…${end.slice(Math.max(0, end.indexOf('/')))}`;
}

export function StateWord({ state }: { state: ShownState }) {
  return <span class={`state ${state}`}>{stateWords[state]}</span>;
}

/** What became of its files, in numbers; outcomes that did not happen are left out. */
export function Figures({ counts, locale }: { counts: Readonly<Record<FileOutcome, number>>; locale: string }) {
  const shown = outcomeCounts.filter(([outcome]) => counts[outcome] > 0);
  if (shown.length === 0) return null;
  return (
    <ul class="figures outcomes">
      {shown.map(([outcome, one, many]) => (
        <li class={outcome}>
          <b>{formatNumber(counts[outcome], locale)}</b> {counts[outcome] === 1 ? one : many}
        </li>
      ))}
    </ul>
  );
}
