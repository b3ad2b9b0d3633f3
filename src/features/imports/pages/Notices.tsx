/** What an import says of a file: what was mended in it, and what of it has no place in the archive. */
import { formatNumber, listOf } from '../../../ui/numbers.ts';
import type { SiteView } from '../../../ui/site-view.ts';

/** Folded, since most of it needs nobody. `about` names the file to those who cannot see where it stands. */
export function Notices(props: { repairs: string[]; unmapped: string[]; about: string; site: SiteView }) {
  const { repairs, unmapped, site } = props;
  if (repairs.length + unmapped.length === 0) return null;
  const counts = [
    repairs.length > 0 && `${formatNumber(repairs.length, site.locale)} mended`,
    unmapped.length > 0 && `${formatNumber(unmapped.length, site.locale)} without a place here`,
  ].filter((part) => part !== false);
  return (
    <details class="notices">
      <summary>
        {listOf(counts)}
        <span class="visually-hidden"> in {props.about}</span>
      </summary>
      {repairs.length > 0 && <Sentences title="Mended" sentences={repairs} />}
      {unmapped.length > 0 && <Sentences title="Has no place here" sentences={unmapped} />}
    </details>
  );
}

function Sentences({ title, sentences }: { title: string; sentences: string[] }) {
  return (
    <>
      <p class="eyebrow">{title}</p>
      <ul>
        {sentences.map((sentence) => (
          <li dir="auto">{sentence}</li>
        ))}
      </ul>
    </>
  );
}
