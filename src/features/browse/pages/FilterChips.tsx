/** The conditions of a filter as chips: each is a link to the list without it. What is excluded is struck through. */
import { Icon } from '../../../ui/icons.tsx';
import type { ChipView } from './filtered-list-view.ts';

export function FilterChips({ chips, clearHref }: { chips: readonly ChipView[]; clearHref: string | null }) {
  if (chips.length === 0) return null;
  return (
    <ul class="chips" aria-label="The filter">
      {chips.map((chip) => (
        <li>
          <Chip chip={chip} />
        </li>
      ))}
      {clearHref !== null && chips.length > 1 && (
        <li>
          <a class="clear" href={clearHref}>
            Clear all
          </a>
        </li>
      )}
    </ul>
  );
}

/** Heard as "Remove: without Angst, Additional tag"; the kind is shown before the text, unless that says it itself. */
export function Chip({ chip: { kind, text, saysKind, excluded, removeHref } }: { chip: ChipView }) {
  return (
    <a class={excluded ? 'chip not' : 'chip'} href={removeHref}>
      <span class="visually-hidden">Remove: {excluded && 'without '}</span>
      {excluded ? <s dir="auto">{text}</s> : <bdi>{text}</bdi>}
      {!saysKind && (
        <>
          <span class="visually-hidden">, </span>
          <small>{kind}</small>
        </>
      )}
      <Icon name="cross" />
    </a>
  );
}
