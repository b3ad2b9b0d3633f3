/**
 * Words that begin so, where words stand in the index as stems: `lighthouse` stands there as `lighthous`, and whoever
 * looks for `lighthouse*` must find it. Pure.
 */
import { stemmed } from './cut.ts';

/** What Porter's rules take off, alone and in the chains that occur. */
const ENDINGS = [
  'e es ed ing ings ingly s y ies ied ying er ers est ly ily ier iest iness inesses edly edness ee eed eeds eely',
  'ness nesses ful fully fulness less lessly lessness ment ments mental ement ements',
  'al als ally alism alist alists ality alities alize alizes alized alizing alization alizations',
  'ation ations ational ationally ate ates ated ately ating ator ators ative atively ativeness atives ateness',
  'ize izes ized izer izers izing ization izations ive ives ively iveness ivity ivities ous ously ousness',
  'ance ances ancy ancies ence ences ency encies ant ants antly ent ents ently',
  'able ables ably ableness ability abilities ible ibles ibly ibility ibilities',
  'ic ics ical ically icity icities icate icates icated icating ication ications icative icator',
  'ism isms ity ities ite iti tion tional tionally sion sions ion ions ional ionally logy logies logi ical',
  'ility ilities ality ative eli ely elies el ll lls lled lling iveness ivenesses tionalities ators',
]
  .join(' ')
  .split(' ');

/** Other stems that one beginning may stand for are few; this many are looked for. */
const STEMS = 40;
/** A shorter beginning is found as it stands in every stem that matters. */
const SHORTEST = 3;
const LONGEST_ENDING = Math.max(...ENDINGS.map((ending) => ending.length));

/**
 * Takes the beginning of a word, folded and not stemmed.
 * @returns stems that do not begin with it, but stand for words that do: `lighthouse` answers `lighthous`.
 */
export function stemsBeginning(beginning: string): string[] {
  if (beginning.length < SHORTEST || !/^[a-z]+$/.test(beginning)) return [];
  const stems = new Set<string>();
  for (let at = Math.max(1, beginning.length - LONGEST_ENDING); at <= beginning.length; at += 1) {
    const rest = beginning.slice(at);
    for (const ending of ENDINGS) {
      if (!ending.startsWith(rest)) continue;
      const stem = stemmed(beginning.slice(0, at) + ending);
      if (!stem.startsWith(beginning)) stems.add(stem);
    }
  }
  return [...stems].slice(0, STEMS);
}
