/** Answers a request with a page. */
import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { VNode } from 'preact';
import { freeBytes, withBytes, type Bytes, type Packing } from '../platform/http/answer-bytes.ts';
import { pack } from '../platform/http/compress.ts';
import { tagOf } from '../platform/http/conditional.ts';
import { renderDocument } from './document.ts';

const ENCODER = new TextEncoder();
const HTML = 'text/html; charset=UTF-8';

/** Pages are private to who looks, and asked for again each time: what a reader has already is answered with 304. */
export function showPage(c: Context, page: VNode, status: ContentfulStatusCode = 200): Response {
  const bytes = ENCODER.encode(renderDocument(page));
  isPrivate(c);
  return withBytes(c.body(bytes, status, { 'Content-Type': HTML }), bytes);
}

/** A page as it is sent, which can be kept and sent again. */
export interface PackedPage {
  readonly body: Bytes;
  /** Null for one that is not packed. */
  readonly packing: Packing | null;
  readonly tag: string;
}

/** Makes a page for clients that want it packed so. */
export async function packedPage(page: VNode, packing: Packing | null): Promise<PackedPage> {
  const bytes = ENCODER.encode(renderDocument(page));
  const tag = tagOf(bytes);
  if (packing === null) return { body: bytes, packing, tag };
  const body = await pack(bytes, packing);
  freeBytes(bytes);
  return { body, packing, tag };
}

/** Answers with a page that is made already. */
export function showPacked(c: Context, { body, packing, tag }: PackedPage): Response {
  isPrivate(c);
  c.header('ETag', tag);
  c.header('Content-Length', String(body.length));
  if (packing !== null) {
    c.header('Content-Encoding', packing);
    c.header('Vary', 'Accept-Encoding', { append: true });
  }
  return c.body(body, 200, { 'Content-Type': HTML });
}

function isPrivate(c: Context): void {
  c.header('Cache-Control', 'private, no-cache');
  c.header('Vary', 'Cookie', { append: true });
}
