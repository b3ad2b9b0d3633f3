/** How a source is known again: by its address, by its story, by all that was read, by how it begins. Pure. */
import { createHash } from 'node:crypto';
import { boundedKey, nameKey } from '../../../platform/db/name-key.ts';
import type { ImportedWork } from '../imported-work.ts';
import type { SourceKeys } from '../queries.ts';
import { typographyKey } from '../restore/typography.ts';
import { sourceAddress } from '../readers/source-address.ts';

/** A text shorter than this can be that of many works ("Listen at the link"): title and creators are told with it. */
const TELLING_CHARACTERS = 600;
/** So much of a text's beginning is like no other's; a longer version of the same story begins the same. */
const OPENING_CHARACTERS = 1_000;

/** The key by which a source address is known again: scheme, "www." and trailing slash make no difference. */
export function addressKey(address: string): string {
  const url = new URL(address);
  return `${url.host.replace(/^www\./, '').toLowerCase()}${url.pathname.replace(/\/+$/, '')}${url.search}`;
}

/** A work as it was read in, the keys of its source out. */
export function sourceKeysOf(work: ImportedWork): SourceKeys {
  const address = work.sourceUrl ? sourceAddress(work.sourceUrl) : null;
  const texts = work.chapters.map((chapter) => [chapter.title ?? '', chapter.text.source]);
  const length = texts.reduce((sum, [, text = '']) => sum + text.length, 0);
  const telling = length >= TELLING_CHARACTERS;
  const story = typographyKey(work.chapters.map((chapter) => chapter.text.source).join('\n\n'));
  // What was read, but not how it was rescued: a better rescue makes no other source.
  const { rescue: _rescue, repairs: _repairs, ...read } = work;
  return {
    addressKey: address === null ? null : boundedKey(addressKey(address)),
    textHash: hash([texts, telling ? null : [work.title, work.creators.map((one) => one.name)]]),
    contentHash: hash(read),
    nearHash: telling ? hash(story) : null,
    openingHash:
      story.length >= OPENING_CHARACTERS
        ? hash([story.slice(0, OPENING_CHARACTERS), work.titleDerived ? '' : nameKey(work.title ?? '')])
        : null,
    storyLength: story.length,
  };
}

function hash(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex');
}
