/** Works by year: a picture for the eye, and the same figures as a table, which is what a screen reader is given. */
import { countOf, formatNumber } from '../../../ui/numbers.ts';
import type { TagAboutView } from './filtered-list-view.ts';

/** The picture is drawn on a grid of 1,000 by 120 and stretched to the room there is. */
const WIDTH = 1_000;
const HEIGHT = 120;
/** So many years get their number under the picture: the first, the last, and some between. */
const LABELS = 6;
/** Room for at least so many years, so that two of them do not become two walls. */
const SLOTS = 12;

/** `years`: at least one. */
export function YearsChart({ years, locale }: { years: TagAboutView['years']; locale: string }) {
  const best = years.reduce((most, year) => (year.works > most.works ? year : most));
  const isAlone = years.every(({ year, works }) => year === best.year || works < best.works);
  return (
    <figure class="years">
      <figcaption>
        Most in {isAlone ? best.year : 'a year'}: {countOf(best.works, 'work', locale)}
      </figcaption>
      <Bars years={years} most={Math.max(best.works, 1)} />
      <p class="year-labels" aria-hidden="true">
        {years.map(({ year }, at) => (
          <span>{isLabelled(at, years.length) && year}</span>
        ))}
        {Array.from({ length: Math.max(SLOTS - years.length, 0) }, () => (
          <span />
        ))}
      </p>
      <details class="rest">
        <summary>As a table</summary>
        <table>
          <thead>
            <tr>
              <th scope="col">Year</th>
              <th scope="col">Works</th>
            </tr>
          </thead>
          <tbody>
            {years.map(({ year, works, href }) => (
              <tr>
                <th scope="row">{works > 0 ? <a href={href}>{year}</a> : year}</th>
                <td class="num">{formatNumber(works, locale)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
}

function Bars({ years, most }: { years: TagAboutView['years']; most: number }) {
  const step = WIDTH / Math.max(years.length, SLOTS);
  const gap = Math.min(step * 0.18, 6);
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true" focusable="false">
      {years.map(({ works }, at) => {
        const height = works === 0 ? 0 : Math.max(2, (works / most) * HEIGHT);
        return (
          <rect
            x={rounded(at * step + gap / 2)}
            y={rounded(HEIGHT - height)}
            width={rounded(step - gap)}
            height={rounded(height)}
          />
        );
      })}
    </svg>
  );
}

function isLabelled(at: number, years: number): boolean {
  const every = Math.ceil(years / LABELS);
  return at === years - 1 || (at % every === 0 && at + every / 2 < years - 1);
}

function rounded(length: number): number {
  return Math.round(length * 10) / 10;
}
