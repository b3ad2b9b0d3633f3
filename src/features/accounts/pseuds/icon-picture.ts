/** From the bytes that somebody handed over to an icon, or to one sentence that says what is wrong with them. */
import { startBench } from '../../../platform/threads/bench.ts';
import { ICON_BYTES } from '../pseud-profile.ts';

/** As many as a camera's picture has. A file that unpacks to more is not unpacked. */
export const PICTURE_PIXELS = 16_777_216;

/** What a picture's first bytes say it is. The names are sharp's. */
export type PictureKind = 'png' | 'jpeg' | 'gif' | 'webp' | 'heif';

const AVIF_BRANDS = new Set(['avif', 'avis']);

/** By its first bytes and by nothing else: neither its name nor what the browser says of it is asked. Null for all others. */
export function pictureKind(bytes: Uint8Array): PictureKind | null {
  const head = Buffer.from(bytes.subarray(0, 16)).toString('latin1');
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return 'png';
  if (head.startsWith('\xff\xd8\xff')) return 'jpeg';
  if (head.startsWith('GIF87a') || head.startsWith('GIF89a')) return 'gif';
  if (head.startsWith('RIFF') && head.slice(8, 12) === 'WEBP') return 'webp';
  return head.slice(4, 8) === 'ftyp' && AVIF_BRANDS.has(head.slice(8, 12)) ? 'heif' : null;
}

export type IconAnswer = { icon: Uint8Array } | { problem: 'not-a-picture' | 'too-many-pixels' | 'damaged' };

const PROBLEMS = {
  'not-a-picture': 'This file is no picture that can be an icon. Choose a PNG, JPEG, GIF, WebP or AVIF file.',
  'too-many-pixels': 'This picture has more than 16 million pixels. Make it smaller and choose it again.',
  damaged: 'This picture is damaged and could not be read.',
} as const;
export const TOO_LARGE = `A picture has at most ${ICON_BYTES / 1_048_576} MB. Make it smaller and choose it again.`;

export interface IconMaker {
  /** A square WebP of the picture's middle, without anything that was written into the file. */
  make(bytes: Uint8Array): Promise<{ icon: Uint8Array } | { sentence: string }>;
  close(): Promise<void>;
}

const WORKER_FILE = new URL(
  './icon-picture.worker' + import.meta.url.slice(import.meta.url.lastIndexOf('.')),
  import.meta.url,
);
const SECONDS_EACH = 20;
/** Heap of the process; what pixels take is bounded by `PICTURE_PIXELS`. */
const MEGABYTES = 96;

/** Makes ready to make icons, one at a time; the process starts with the first. */
export function startIconMaker(): IconMaker {
  const bench = startBench<Uint8Array, IconAnswer>({
    file: WORKER_FILE,
    workers: 1,
    secondsEach: SECONDS_EACH,
    megabytes: MEGABYTES,
  });
  return {
    async make(bytes) {
      if (bytes.length > ICON_BYTES) return { sentence: TOO_LARGE };
      if (pictureKind(bytes) === null) return { sentence: PROBLEMS['not-a-picture'] };
      const done = await bench.do(bytes).catch(() => ({ answer: { problem: 'damaged' } as const }));
      if (!('answer' in done)) return { sentence: PROBLEMS.damaged };
      const { answer } = done;
      return 'icon' in answer ? { icon: answer.icon } : { sentence: PROBLEMS[answer.problem] };
    },
    close: () => bench.close(),
  };
}
