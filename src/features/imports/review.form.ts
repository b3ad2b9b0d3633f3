/** The forms of a review: what a press of a button asks to be done with a text, and what was typed about the work. Pure. */
import type { Form } from '../../platform/http/form.ts';
import { fieldFromNames, namesFromField, type EditWorkValues } from '../works/index.ts';
import type { ReviewAct } from './guesses.ts';
import type { NameField, ReviewDetailsValues, ReviewView } from './pages/import-view.ts';
import type { RepairKind } from './restore/repair.ts';
import { reviewBlocks } from './restore/review.ts';
import type { KnownName, SuggestedName } from './restore/suggest-names.ts';
import type { KeptRescue } from './review.queries.ts';

const KINDS: readonly RepairKind[] = [
  'characters',
  'markup',
  'wrap',
  'space',
  'paragraph',
  'scene',
  'section',
  'chapter',
  'emphasis',
  'label',
  'leftover',
];

/** What a form asks to be done; null where it asks for nothing that can be understood. */
export function actFrom(form: Form, kept: KeptRescue, source: string): ReviewAct | null {
  const place = (name: string): number | null => {
    const said = form.one(name) ?? '';
    return /^\d{1,9}$/.test(said) && Number(said) <= source.length ? Number(said) : null;
  };
  const action = form.one('action');
  if (action === 'accept' || action === 'undo') {
    const repair = form.one('repair');
    return repair === undefined ? null : { act: action, repair };
  }
  if (action === 'join') {
    const at = place('block');
    return at === null ? null : { act: 'join', at };
  }
  if (action === 'break') {
    const at = place('offset');
    return at === null ? null : { act: 'break', at };
  }
  if (action === 'italic') {
    const [from, to] = [place('from'), place('to')];
    if (from !== null && to !== null && from < to) return { act: 'italic', from, to };
    return wordsIn(form, kept, source);
  }
  const kind = KINDS.find((one) => one === form.one('kind'));
  if (kind && (action === 'accept-kind' || action === 'undo-kind')) return { act: action, kind };
  return null;
}

/** The first place of the typed words within the block they were typed for. */
function wordsIn(form: Form, kept: KeptRescue, source: string): ReviewAct | null {
  const words = (form.one('words') ?? '').trim();
  const block = reviewBlocks(source, kept.rescue).find((one) => String(one.from) === form.one('block'));
  const at = block && words !== '' ? block.original.indexOf(words) : -1;
  return block && at >= 0 ? { act: 'italic', from: block.from + at, to: block.from + at + words.length } : null;
}

/** Back to the block where something was pressed, or to the list of guesses. */
export function fragmentOf(form: Form, kept: KeptRescue): string {
  const block = form.one('block');
  return block !== undefined && /^\d{1,9}$/.test(block) ? `#block-${kept.position}-${block}` : '#guesses';
}

/** What a review shows of the form that edits a work. */
export function detailsOf(values: EditWorkValues): ReviewDetailsValues {
  const { title, fandoms, relationships, characters, freeforms, rating, warnings, categories, language } = values;
  return { title, fandoms, relationships, characters, freeforms, rating, warnings, categories, language };
}

const NAME_FIELDS: readonly NameField[] = ['fandoms', 'relationships', 'characters', 'freeforms'];

/** What was typed; a name that was chosen from the suggestions is added to its field. */
export function detailsFrom(form: Form, stored: EditWorkValues): ReviewDetailsValues {
  const line = (name: keyof ReviewDetailsValues & keyof EditWorkValues) =>
    (form.one(name) ?? '').replace(/\s+/gu, ' ').trim();
  const values: ReviewDetailsValues = {
    ...detailsOf(stored),
    title: line('title'),
    fandoms: line('fandoms'),
    relationships: line('relationships'),
    characters: line('characters'),
    freeforms: line('freeforms'),
    rating: line('rating'),
    warnings: form.all('warnings'),
    categories: form.all('categories'),
    language: line('language'),
  };
  const [field, ...name] = (form.one('add') ?? '').split(':');
  const known = NAME_FIELDS.find((one) => one === field);
  if (known) values[known] = fieldFromNames([...namesFromField(values[known]), name.join(':')]);
  return values;
}

const FIELD_OF: Readonly<Record<KnownName['kind'], NameField>> = {
  fandom: 'fandoms',
  character: 'characters',
  relationship: 'relationships',
};
const MOST_SUGGESTED = 8;

/** Names that stand in a text, by the field they belong to; those that are in it already are left out. */
export function suggestedNames(
  names: readonly SuggestedName[],
  values: ReviewDetailsValues,
): ReviewView['details']['suggested'] {
  const suggested: ReviewView['details']['suggested'] = {};
  for (const { kind, name } of names) {
    const field = FIELD_OF[kind];
    const there = namesFromField(values[field]).map((one) => one.toLowerCase());
    const list = (suggested[field] ??= []);
    if (list.length < MOST_SUGGESTED && !there.includes(name.toLowerCase())) list.push(name);
  }
  return suggested;
}
