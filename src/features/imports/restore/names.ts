/**
 * Who is meant by the first words of a sentence: a name, a pronoun, or “the butler”. Names are learned from the text
 * itself: a word that has a capital inside a sentence. No side effects; linear. English pronouns and titles; names are
 * found in every language whose nouns have small letters.
 */

/** A person as mentioned. `0`: nobody. Compare two with `relation`. */
export type Person = number;

/** What kind of word a sentence begins with. */
export type Head = 'it' | 'joining' | 'pronoun' | 'I' | 'other' | 'article' | 'name' | 'question';

export interface Mention {
  person: Person;
  head: Head;
}

const HE = 1;
const SHE = 2;
const I = 3;
const THEY = 4;
const WE = 5;
const FIRST_FREE = 6;

const PRONOUNS: ReadonlyMap<string, Person> = new Map([
  ...['he', 'his', 'him', 'himself', 'he’d', 'he’s', 'he’ll'].map((word) => [word, HE] as const),
  ...['she', 'her', 'hers', 'herself', 'she’d', 'she’s', 'she’ll'].map((word) => [word, SHE] as const),
  ...['i', 'my', 'i’d', 'i’m', 'i’ve', 'i’ll', 'me', 'myself', 'mine'].map((word) => [word, I] as const),
  ...['they', 'their', 'them', 'they’d', 'they’ll', 'they’re'].map((word) => [word, THEY] as const),
  ...['we', 'our', 'us', 'we’d', 'we’ll', 'we’re'].map((word) => [word, WE] as const),
]);
const TITLES_HE = new Set([
  'mr',
  'sir',
  'lord',
  'uncle',
  'king',
  'prince',
  'father',
  'brother',
  'monsieur',
  'herr',
  'duke',
]);
const TITLES_SHE = new Set([
  'mrs',
  'ms',
  'miss',
  'lady',
  'aunt',
  'queen',
  'princess',
  'mother',
  'sister',
  'madame',
  'frau',
  'mlle',
  'mme',
  'duchess',
]);
const TITLES = new Set([
  'dr',
  'doctor',
  'professor',
  'prof',
  'captain',
  'colonel',
  'major',
  'st',
  'inspector',
  'general',
  'capt',
  'sergeant',
  ...TITLES_HE,
  ...TITLES_SHE,
]);
const IT = new Set(['it', 'its', 'it’s', 'this', 'that', 'these', 'those', 'such', 'there', 'which', 'both']);
const JOINING = new Set([
  'and',
  'but',
  'or',
  'for',
  'nor',
  'yet',
  'so',
  'still',
  'thus',
  'indeed',
  'perhaps',
  'not',
  'no',
  'even',
  'of',
  'all',
  'nothing',
  'only',
  'besides',
  'therefore',
  'also',
  'too',
]);
const ARTICLES = new Set(['the', 'a', 'an', 'another', 'one', 'some', 'two', 'three']);
const QUESTIONS = new Set(['who', 'why', 'what', 'how', 'where', 'whose', 'whom']);
const ADJECTIVES = new Set([
  'old',
  'young',
  'little',
  'other',
  'poor',
  'big',
  'tall',
  'good',
  'first',
  'second',
  'fat',
  'small',
  'dear',
  'whole',
  'great',
  'elder',
  'younger',
  'blonde',
  'dark',
  'older',
  'taller',
  'shorter',
]);
/** Capitals that are no people. */
const NO_NAMES = new Set(
  'i i’m i’ll i’d i’ve o oh god heaven heavens lord monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december english french german russian british american latin europe england france london christmas'.split(
    ' ',
  ),
);
/** `It’s` says that it is; `Tam’s` says that something is Tam's. */
const SHORT_FOR_IS = new Set(
  'it’s that’s there’s here’s what’s who’s where’s when’s how’s why’s let’s he’s she’s one’s nobody’s everything’s everyone’s something’s this’s now’s so’s today’s god’s'.split(
    ' ',
  ),
);
const SPEAKING =
  /^(?:said|asked|replied|answered|cried|whispered|murmured|added|continued|went|returned|observed|remarked|exclaimed|muttered|sighed|shouted|laughed|demanded|inquired|enquired|called|snapped|began|repeated|agreed|protested|suggested|explained|declared|retorted|announced|admitted|says|asks|replies)$/;

const WORDS = /[\p{L}\p{N}][\p{L}\p{N}’'-]*/gu;
const NAMES = /\p{Lu}\p{Ll}[\p{L}’']{1,22}/gu;
const WORD_LIMIT = 24;
const REACH = 90;

/** The people of one text. Keep one a text: numbers of persons mean nothing across texts. */
export class Cast {
  readonly #persons = new Map<string, Person>();
  readonly #names: ReadonlySet<string>;
  /** For each person, how often he and she came next: the names of most texts say which. */
  readonly #he: number[] = [];
  readonly #she: number[] = [];

  constructor(text: string) {
    this.#names = namesOf(text);
  }

  /** The kind of word at the offset and the person the sentence is about. Reads no further than `end`. */
  headOf(text: string, from: number, end: number): Mention {
    const words = wordsAt(text, from, end, 6);
    const first = words[0] ?? '';
    const low = plain(first);
    const pronoun = PRONOUNS.get(low);
    if (pronoun !== undefined) return { person: pronoun, head: pronoun === I ? 'I' : 'pronoun' };
    const named = this.#personAt(words, 0);
    if (this.#isNamed(words, 0)) return { person: named, head: 'name' };
    if (ARTICLES.has(low)) return { person: named, head: 'article' };
    const head = IT.has(low) ? 'it' : JOINING.has(low) ? 'joining' : QUESTIONS.has(low) ? 'question' : 'other';
    return { person: this.#firstPerson(words, 1), head };
  }

  /** Who speaks, read from the narration beside the speech: `said Ivo`, `the butler asked`, `she said`. */
  speakerIn(text: string, from: number, end: number): Person {
    return this.#firstPerson(wordsAt(text, from, end, 7), 0);
  }

  /** The names a speech says, of its first and its last words: whom it addresses is seldom named in between. */
  namesIn(text: string, from: number, end: number): Person[] {
    const reach = REACH / 2;
    const near =
      end - from <= REACH ? text.slice(from, end) : `${text.slice(from, from + reach)} ${text.slice(end - reach, end)}`;
    const persons: Person[] = [];
    for (const match of near.matchAll(NAMES)) {
      const person = this.#persons.get(bare(plain(match[0])));
      if (person !== undefined) persons.push(person);
    }
    return persons;
  }

  isNamedIn(names: readonly Person[], person: Person): boolean {
    return person >= FIRST_FREE && names.includes(person);
  }

  /** `then` was mentioned right after `named`: if it is a pronoun, the name likely goes with it. */
  follow(named: Person, then: Person): void {
    if (named < FIRST_FREE) return;
    if (then === HE) this.#he[named] = (this.#he[named] ?? 0) + 1;
    if (then === SHE) this.#she[named] = (this.#she[named] ?? 0) + 1;
  }

  /** 1: may well be the same person; -1: cannot be, or is not named so; 0: one of them is unknown. */
  relation(one: Person, other: Person): -1 | 0 | 1 {
    if (one === 0 || other === 0) return 0;
    if (one === other) return 1;
    if (one >= FIRST_FREE && other >= FIRST_FREE) return -1;
    if (one >= FIRST_FREE) return this.#fits(other, one);
    if (other >= FIRST_FREE) return this.#fits(one, other);
    return -1;
  }

  #fits(pronoun: Person, named: Person): -1 | 0 | 1 {
    if (pronoun !== HE && pronoun !== SHE) return -1;
    const he = this.#he[named] ?? 0;
    const she = this.#she[named] ?? 0;
    if (he === she) return 0;
    return he > she === (pronoun === HE) ? 1 : -1;
  }

  #firstPerson(words: readonly string[], from: number): Person {
    for (let at = from; at < words.length; at += 1) {
      const word = words[at] ?? '';
      if (SPEAKING.test(word)) continue;
      const pronoun = PRONOUNS.get(plain(word));
      const person = pronoun ?? this.#personAt(words, at);
      if (person !== 0) return person;
    }
    return 0;
  }

  #isNamed(words: readonly string[], at: number): boolean {
    const word = plain(words[at] ?? '');
    if (!isCapital(words[at] ?? '')) return false;
    return TITLES.has(word) || this.#names.has(bare(word)) || (word.endsWith('’s') && !SHORT_FOR_IS.has(word));
  }

  #personAt(words: readonly string[], at: number): Person {
    const word = plain(words[at] ?? '');
    if (this.#isNamed(words, at)) {
      // `Mrs. Bennet` is known by her name, `Sherlock Holmes` by the last of his.
      let last = at;
      while (last + 1 < words.length && this.#isNamed(words, last + 1)) last += 1;
      const person = this.#numbered(bare(plain(words[last] ?? '')));
      if (TITLES_HE.has(word)) this.follow(person, HE);
      if (TITLES_SHE.has(word)) this.follow(person, SHE);
      return person;
    }
    if (!ARTICLES.has(word)) return 0;
    const noun = plain(words[at + 1] ?? '');
    const said = ADJECTIVES.has(noun) ? plain(words[at + 2] ?? '') : noun;
    return said === '' ? 0 : this.#numbered(bare(said));
  }

  #numbered(word: string): Person {
    const known = this.#persons.get(word);
    if (known !== undefined) return known;
    const person = FIRST_FREE + this.#persons.size;
    this.#persons.set(word, person);
    return person;
  }
}

/** Words with a capital inside a sentence. */
function namesOf(text: string): Set<string> {
  const names = new Set<string>();
  for (const match of text.matchAll(/[\p{L},;] (\p{Lu}\p{Ll}[\p{L}’'-]{0,24})/gu)) {
    const word = bare(plain(match[1] ?? ''));
    if (!NO_NAMES.has(word) && !PRONOUNS.has(word)) names.add(word);
  }
  // Titles end with a full stop, so the name behind them seems to begin a sentence.
  for (const match of text.matchAll(/\b(?:Mr|Mrs|Ms|Dr|St|M|Prof|Capt)\. ?(\p{Lu}[\p{L}’'-]{1,24})/gu)) {
    names.add(bare(plain(match[1] ?? '')));
  }
  return names;
}

function wordsAt(text: string, from: number, end: number, many: number): string[] {
  const near = text.slice(from, Math.min(end, from + REACH));
  const words: string[] = [];
  for (const match of near.matchAll(WORDS)) {
    words.push(match[0].slice(0, WORD_LIMIT));
    if (words.length === many) break;
  }
  return words;
}

function plain(word: string): string {
  return word.toLowerCase().replaceAll("'", '’');
}

/** Without the ending of possession: `Tam’s` is Tam. */
function bare(word: string): string {
  return word.replace(/’s?$/, '');
}

function isCapital(word: string): boolean {
  const first = word[0] ?? '';
  return first !== first.toLowerCase();
}
