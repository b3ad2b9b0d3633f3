/** Answers a request with a page. */
import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { VNode } from 'preact';
import { renderDocument } from './document.ts';

/** Pages are private to who looks, and asked for again each time: what a reader has already is answered with 304. */
export function showPage(c: Context, page: VNode, status: ContentfulStatusCode = 200): Response {
  c.header('Cache-Control', 'private, no-cache');
  c.header('Vary', 'Cookie', { append: true });
  return c.html(renderDocument(page), status);
}
