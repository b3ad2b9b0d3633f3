/** Files that look like chapters of one work: `story-01`, `story-02` in one folder. Pure. */

interface NamedFile {
  path: string;
  name: string;
  folder: string;
}

/** Names with a number at their end or at their beginning, as people number chapters. */
const AT_END = /^(.*?\D)[ _.-]{0,3}\(?(\d{1,4})\)?$/;
const AT_START = /^(\d{1,4})[ _.-]{1,3}(\D.*)$/;

/**
 * Files in; groups of two or more of one folder and one ending whose names differ by a number alone, in the order of
 * those numbers, which begin at 0 or 1 and leave no gap. Anything else (a year, a series with gaps) is left alone.
 */
export function numberedGroups<File extends NamedFile>(files: readonly File[]): File[][] {
  const groups = new Map<string, { number: number; file: File }[]>();
  for (const file of files) {
    const read = numberIn(file.name);
    if (!read) continue;
    const key = `${file.folder}\n${read.stem}`;
    const group = groups.get(key) ?? [];
    group.push({ number: read.number, file });
    groups.set(key, group);
  }
  return [...groups.values()]
    .map((group) => group.toSorted((a, b) => a.number - b.number))
    .filter((group) => group.length > 1 && isCounted(group.map((one) => one.number)))
    .map((group) => group.map((one) => one.file));
}

function isCounted(numbers: readonly number[]): boolean {
  const [first = 0] = numbers;
  return first <= 1 && numbers.every((number, i) => number === first + i);
}

/** "Story - 03.txt" → its stem and 3. A name that is a number alone ("03.txt") counts by its folder. */
function numberIn(name: string): { stem: string; number: number } | null {
  const dot = name.lastIndexOf('.');
  const base = dot > 0 ? name.slice(0, dot) : name;
  const ending = dot > 0 ? name.slice(dot).toLowerCase() : '';
  if (/^\d{1,4}$/.test(base)) return { stem: `#${ending}`, number: Number(base) };
  const end = AT_END.exec(base);
  if (end) return { stem: `${end[1]?.toLowerCase()}#${ending}`, number: Number(end[2]) };
  const start = AT_START.exec(base);
  return start ? { stem: `#${start[2]?.toLowerCase()}${ending}`, number: Number(start[1]) } : null;
}
