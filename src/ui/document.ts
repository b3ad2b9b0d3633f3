/** From a page to the text that is sent. */
import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';

/** The page as a whole HTML document. */
export function renderDocument(page: VNode): string {
  return `<!DOCTYPE html>${renderToString(page)}`;
}
