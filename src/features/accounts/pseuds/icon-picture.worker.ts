/**
 * Makes an icon of a picture that somebody handed over, in a process of its own: libraries that read pictures have had
 * holes. What comes out is a new picture, with nothing of the file that came in but what can be seen.
 */
import { randomBytes } from 'node:crypto';
import sharp from 'sharp';
import { answerOrders } from '../../../platform/threads/answer-orders.ts';
import { ICON_PIXELS } from '../pseud-profile.ts';
import { PICTURE_PIXELS, pictureKind, type IconAnswer } from './icon-picture.ts';

// Nothing but these is ever read: no SVG, which can name files, no PDF, no format that only a few programs know.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: [
    'VipsForeignLoadPng',
    'VipsForeignLoadJpeg',
    'VipsForeignLoadNsgif',
    'VipsForeignLoadWebp',
    'VipsForeignLoadHeif',
  ],
});
sharp.cache(false);
sharp.concurrency(1);

/** How far each colour of each pixel may be off, of 255: nobody sees it. */
const GRAIN = 2;
const QUALITY = 85;

answerOrders(async (bytes: Uint8Array): Promise<IconAnswer> => {
  const kind = pictureKind(bytes);
  if (kind === null) return { problem: 'not-a-picture' };
  try {
    const picture = () => sharp(bytes, { limitInputPixels: PICTURE_PIXELS, failOn: 'error' }).timeout({ seconds: 10 });
    const found = await picture().metadata();
    if (found.format !== kind || (kind === 'heif' && found.compression !== 'av1')) return { problem: 'not-a-picture' };
    if (found.width * found.height > PICTURE_PIXELS) return { problem: 'too-many-pixels' };
    const { data, info } = await picture()
      .autoOrient()
      .resize(ICON_PIXELS, ICON_PIXELS, { fit: 'cover' })
      .toColourspace('srgb')
      .ensureAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    addGrain(data, info.channels);
    const raw = { width: info.width, height: info.height, channels: info.channels };
    return { icon: await sharp(data, { raw }).webp({ quality: QUALITY }).toBuffer() };
  } catch (error) {
    return { problem: String(error).includes('pixel limit') ? 'too-many-pixels' : 'damaged' };
  }
});

/**
 * Makes every upload another picture, in a way that no eye can see: from the same file for two pseuds come two icons
 * with other bytes, so that no program that compares files says they are one person's.
 */
function addGrain(pixels: Buffer, channels: number): void {
  const grain = randomBytes(pixels.length);
  for (let at = 0; at < pixels.length; at += 1) {
    const isAlpha = channels === 4 && at % 4 === 3;
    if (isAlpha) continue;
    const off = ((grain[at] ?? 0) % (2 * GRAIN + 1)) - GRAIN;
    pixels[at] = Math.min(255, Math.max(0, (pixels[at] ?? 0) + off));
  }
}
