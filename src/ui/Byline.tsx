/** Who made a work, and the links that lead on from it. */
import type { CreatorLink } from './described-work.ts';

/** "by wintergreen, oriel and penny"; "by Anonymous" for nobody. The pseud alone, never the account behind it. */
export function Byline({ creators }: { creators: CreatorLink[] }) {
  return <p class="byline">by {creators.length === 0 ? 'Anonymous' : <Creators creators={creators} />}</p>;
}

/** The names as links, with commas. */
export function Creators({ creators }: { creators: CreatorLink[] }) {
  return creators.map((creator, place) => (
    <>
      {place > 0 && ', '}
      {creator.href === '' ? (
        <bdi>{creator.name}</bdi>
      ) : (
        <a href={creator.href} rel="author">
          <bdi>{creator.name}</bdi>
        </a>
      )}
    </>
  ));
}
