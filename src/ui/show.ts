/** Answers a request with a page. */
import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { VNode } from 'preact';
import { answerBytes, withBytes, type AnswerBytes } from '../platform/http/answer-bytes.ts';
import { renderDocument } from './document.ts';

/** Pages are private to who looks, and asked for again each time: what a reader has already is answered with 304. */
export function showPage(c: Context, page: VNode, status: ContentfulStatusCode = 200): Response {
  return showBytes(c, pageBytes(page), status);
}

/** A page as it is sent. */
export function pageBytes(page: VNode): AnswerBytes {
  return answerBytes(Buffer.from(renderDocument(page)));
}

/** Answers with a page that is made already. */
export function showBytes(c: Context, page: AnswerBytes, status: ContentfulStatusCode = 200): Response {
  c.header('Cache-Control', 'private, no-cache');
  c.header('Vary', 'Cookie', { append: true });
  return withBytes(c.body(page.bytes, status, { 'Content-Type': 'text/html; charset=UTF-8' }), page);
}
