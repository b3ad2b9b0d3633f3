/**
 * A folder as people have it after ten years: downloads of two eras in HTML and EPUB, books of other programs, documents of
 * three word processors, texts of mailing lists and dead sites, pages saved with their menus, a few zips and a few broken
 * files. Stories of about 2,000 words from the corpus. The same seed writes the same files.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeZip } from '../src/platform/zip/zip.fixture.ts';
import { inventedDocx, inventedOdt, inventedRtf } from './mixed-documents.ts';
import { ao3Epub, anyEpub, fanFicFareEpub, oldAo3Html } from './mixed-downloads.ts';
import { bbcodeText, eFictionChapter, flattenedText, listPost, savedPage } from './mixed-texts.ts';
import { randomFrom, weighted, type Random } from './random.ts';
import { ao3Html, frontMatter, inventStories, markdownOf, textOf, type Story } from './story-files.ts';

type Content = string | Uint8Array;

interface Kind {
  /** Of a hundred files of a mixed folder. */
  share: number;
  /** What the goals call it: `text`, `epub`, or neither. */
  family: 'text' | 'epub' | 'document' | 'other';
  ending: string;
  write(story: Story, random: Random): Content;
}

const KINDS = {
  'ao3-html': { share: 15, family: 'text', ending: 'html', write: ao3Html },
  'ao3-html-old': { share: 9, family: 'text', ending: 'html', write: oldAo3Html },
  'ao3-epub': { share: 12, family: 'epub', ending: 'epub', write: ao3Epub },
  epub: { share: 6, family: 'epub', ending: 'epub', write: anyEpub },
  fanficfare: { share: 8, family: 'epub', ending: 'epub', write: fanFicFareEpub },
  docx: { share: 7, family: 'document', ending: 'docx', write: inventedDocx },
  odt: { share: 3, family: 'document', ending: 'odt', write: inventedOdt },
  rtf: { share: 3, family: 'document', ending: 'rtf', write: inventedRtf },
  markdown: {
    share: 7,
    family: 'text',
    ending: 'md',
    write: (story, random) => frontMatter(story, random.chance(0.8)) + markdownOf(story),
  },
  text: { share: 8, family: 'text', ending: 'txt', write: textOf },
  flattened: { share: 6, family: 'text', ending: 'txt', write: flattenedText },
  'list-post': { share: 5, family: 'text', ending: 'txt', write: listPost },
  bbcode: { share: 2, family: 'text', ending: 'txt', write: bbcodeText },
  efiction: { share: 4, family: 'text', ending: 'txt', write: eFictionChapter },
  'saved-page': { share: 3, family: 'text', ending: 'htm', write: savedPage },
  broken: { share: 2, family: 'other', ending: '', write: () => '' },
} as const satisfies Record<string, Kind>;

export type KindName = keyof typeof KINDS;

export const KIND_NAMES = Object.keys(KINDS) as KindName[];

export const familyOf = (kind: KindName): Kind['family'] => KINDS[kind].family;

export interface MixedFolder {
  /** Files as an import counts them: those in zips each, the zips not. */
  files: number;
  words: number;
  bytes: number;
}

/** Files in one folder. */
const FOLDER = 500;
/** One file of a hundred is a zip of five. */
const ZIPS = 0.01;
const IN_A_ZIP = 5;

/**
 * Writes about `count` files below `folder`, of these kinds alone or of all. `apart`: each kind in a folder of its own, as
 * people keep them who are tidy.
 */
export function writeMixedFiles(
  folder: string,
  count: number,
  seed: number,
  { kinds = KIND_NAMES, apart = false }: { kinds?: readonly KindName[]; apart?: boolean } = {},
): MixedFolder {
  const random = randomFrom(seed);
  const draw = weighted(kinds.map((kind) => KINDS[kind].share));
  const whole: MixedFolder = { files: 0, words: 0, bytes: 0 };
  let zip: { name: string; content: Content }[] | null = null;
  for (const story of inventStories(random)) {
    if (whole.files >= count) break;
    const kind = kinds[draw(random)] ?? 'text';
    const { name, content } = fileOf(story, kind, random);
    const below = join(folder, apart ? kind : String(Math.floor(story.number / FOLDER)).padStart(3, '0'));
    mkdirSync(below, { recursive: true });
    const put = (as: string, bytes: Content) => {
      writeFileSync(join(below, as), bytes);
      whole.bytes += bytes.length;
    };
    whole.files += 1;
    whole.words += story.words;
    if (zip === null && kinds.length > 1 && random.chance(ZIPS)) zip = [];
    if (zip === null) put(name, content);
    else {
      zip.push({ name, content });
      if (zip.length === IN_A_ZIP || whole.files === count) {
        put(`${story.number} downloads.zip`, makeZip(zip));
        zip = null;
      }
    }
  }
  return whole;
}

function fileOf(story: Story, kind: KindName, random: Random): { name: string; content: Content } {
  const number = String(story.number).padStart(6, '0');
  if (kind !== 'broken')
    return { name: `${number}-${kind}.${KINDS[kind].ending}`, content: KINDS[kind].write(story, random) };
  const [ending, content] = broken(story, random);
  return { name: `${number}-broken.${ending}`, content };
}

/** Downloads that broke off, files of other programs, nothing at all. */
function broken(story: Story, random: Random): [ending: string, content: Content] {
  const epub = anyEpub(story);
  return random.pick<() => [string, Content]>([
    () => ['epub', epub.slice(0, Math.floor(epub.length / 2))],
    () => ['docx', inventedDocx(story).slice(0, 2_000)],
    () => ['epub', makeZip([{ name: 'mimetype', content: 'application/epub+zip', stored: true }])],
    () => ['txt', ''],
    () => ['pdf', `%PDF-1.7\n1 0 obj\n<< /Story ${story.number} >>\n`],
    () => ['html', new Uint8Array(Buffer.from('\u0089PNG\r\n\u001a\n\0\0\0\rIHDR', 'latin1'))],
    () => ['txt', Uint8Array.from({ length: 4_000 }, () => random.below(256))],
  ])();
}
