/** Lines that announce a chapter, in the languages whose words for it are fixed: "Chapter 3: Title", "Глава V", "第三章". */

export interface ChapterHeading {
  /** The number it states; null for a prologue, an epilogue and the like. */
  number: number | null;
  /** What stands after the number: a title, or nothing. */
  title: string | null;
}

const CHAPTER_WORDS = 'chapter|cap[ií]tulo|cap[ií]tol|chapitre|kapitel|capitolo|глава|розділ';
const UNNUMBERED =
  /^(?:prologue|prolog|pr[oó]logo|prólogo|пролог|epilogue|epilog|ep[ií]logo|épilogue|эпилог|interlude|序章|終章|终章|楔子|尾声)$/iu;

/** One to twenty as words and as ordinals, a string a language; a word's place is its number. */
const NUMBER_WORDS: readonly (readonly string[])[] = [
  'one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty',
  'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth',
  'uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince',
  'primero segundo tercero cuarto quinto sexto séptimo octavo noveno décimo',
  'un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize',
  'premier deuxième troisième quatrième cinquième sixième septième huitième neuvième dixième',
  'eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn',
  'um dois três quatro cinco seis sete oito nove dez onze doze treze catorze quinze',
  'primeiro segundo terceiro quarto quinto sexto sétimo oitavo nono décimo',
  'uno due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici',
  'primo secondo terzo quarto quinto sesto settimo ottavo nono decimo',
  'первая вторая третья четвёртая пятая шестая седьмая восьмая девятая десятая',
  'один два три четыре пять шесть семь восемь девять десять',
].map((words) => words.split(' '));

const HEADING = new RegExp(
  `^(?:${CHAPTER_WORDS})\\s+(?:the\\s+|n[.º°o]?\\s*)?([\\p{L}\\p{M}]+(?:-[\\p{L}]+)?|\\d{1,4})(?:\\s*[:.|]\\s*|\\s+[-–—]\\s+|\\s*$)(.*)$`,
  'iu',
);
/** "1. Kapitel", "2-я глава": the number first, as German and Russian have it too. */
const NUMBER_FIRST =
  /^(\d{1,4})(?:\.|\s*[-‑]?(?:я|ая|º|ª|e|ème))?\s+(?:kapitel|глава|chapitre|cap[ií]tulo|capitolo)(?:\s*[:.|]\s*|\s+[-–—]\s+|\s*$)(.*)$/iu;
const HEADING_CJK =
  /^第\s*([0-9０-９一二三四五六七八九十百零〇两]{1,6})\s*[章话話回节節](?:\s*[:：.、・]\s*|\s+|$)(.*)$/u;

/**
 * A line without its Markdown marks in; what it announces out, or null when it is an ordinary line. A number is digits,
 * a Roman numeral or a word ("CHAPTER THE FIRST"); anything else after "Chapter" makes it prose.
 */
export function parseChapterHeading(line: string): ChapterHeading | null {
  const text = line.trim().normalize('NFC');
  if (text === '' || text.length > 120) return null;
  if (UNNUMBERED.test(text)) return { number: null, title: text };
  const cjk = HEADING_CJK.exec(text);
  if (cjk) return heading(chineseNumber(cjk[1] ?? ''), cjk[2]);
  const latin = HEADING.exec(text) ?? NUMBER_FIRST.exec(text);
  return latin ? heading(numberOf(latin[1] ?? ''), latin[2]) : null;
}

/**
 * The title of the chapter at a place (1-based) under a heading. "Chapter N" and its colon are dropped when N is the
 * chapter's own place, since the archive writes that itself; a number that disagrees is the author's and is kept.
 */
export function chapterTitle(line: string, position: number): string | undefined {
  const text = line.trim();
  const parsed = parseChapterHeading(text);
  if (!parsed || parsed.number !== position) return text === '' ? undefined : text;
  return parsed.title ?? undefined;
}

function heading(number: number | null, title: string | undefined): ChapterHeading | null {
  if (number === null) return null;
  return { number, title: title?.trim() || null };
}

function numberOf(word: string): number | null {
  if (/^\d+$/.test(word)) return Number(word);
  const lower = word.toLowerCase();
  for (const words of NUMBER_WORDS) {
    const at = words.indexOf(lower);
    if (at >= 0) return at + 1;
  }
  return tensAndUnits(lower) ?? romanNumber(word);
}

/** "twenty-one" to "ninety-nine". */
function tensAndUnits(word: string): number | null {
  const [tens = '', unit] = word.split('-');
  const ten = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ').indexOf(tens) + 2;
  if (ten < 2) return null;
  const one = unit === undefined ? 0 : 'one two three four five six seven eight nine'.split(' ').indexOf(unit) + 1;
  return unit !== undefined && one === 0 ? null : ten * 10 + one;
}

/** Up to 399: enough for chapters, and short of the words (MIX, DIM) that are numerals by accident. */
function romanNumber(word: string): number | null {
  if (word !== word.toUpperCase() && word !== word.toLowerCase()) return null;
  const match = /^(C{0,3})(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})$/i.exec(word);
  if (!match || word === '') return null;
  const values: Record<string, number> = { I: 1, V: 5, X: 10, L: 50, C: 100 };
  let total = 0;
  let before = 0;
  for (const letter of [...word.toUpperCase()].reverse()) {
    const value = values[letter] ?? 0;
    total += value < before ? -value : value;
    before = Math.max(before, value);
  }
  return total;
}

function chineseNumber(written: string): number | null {
  const digits = written.normalize('NFKC');
  if (/^\d+$/.test(digits)) return Number(digits);
  const values = '零一二三四五六七八九';
  let total = 0;
  let digit = 0;
  for (const sign of digits.replaceAll('〇', '零').replaceAll('两', '二')) {
    const value = values.indexOf(sign);
    if (value >= 0) digit = value;
    else if (sign === '十' || sign === '百') {
      total += (digit || 1) * (sign === '十' ? 10 : 100);
      digit = 0;
    } else return null;
  }
  return total + digit || null;
}
