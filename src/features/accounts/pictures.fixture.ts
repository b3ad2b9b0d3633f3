/** Pictures that people hand over, and files that only say that they are some. */
import { deflateSync } from 'node:zlib';
import { crc32 } from 'node:zlib';
import sharp from 'sharp';
import type { Person, TestSite } from '../../../test/site.ts';

/** A picture of one colour with a bright corner. */
export function picture(colour = '#8a4b2a', width = 300, height = 240) {
  const corner = { create: { width: 40, height: 40, channels: 3 as const, background: '#ffe9a8' } };
  return sharp({ create: { width, height, channels: 3, background: colour } }).composite([
    { input: corner, left: 0, top: 0 },
  ]);
}

/** A PNG of so many pixels that takes next to nothing packed: its pixels are never made. */
export function hollowPng(width: number, height: number): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(Buffer.alloc(64 * 1024))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(kind: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(kind, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

/** Sends the form with an icon, as a browser does. */
export async function handOver(
  site: TestSite,
  path: string,
  who: Person | null,
  file: { bytes: Uint8Array; name?: string; type?: string } | null,
  alt = '',
): Promise<Response> {
  const form = new FormData();
  if (file)
    form.append(
      'icon',
      new File([new Uint8Array(file.bytes)], file.name ?? 'icon.png', { type: file.type ?? 'image/png' }),
    );
  form.append('alt', alt);
  return site.web.request(`http://localhost${path}`, {
    method: 'POST',
    body: form,
    headers: { 'sec-fetch-site': 'same-origin', origin: 'http://localhost', ...(who ? { cookie: who.cookie } : {}) },
  });
}
