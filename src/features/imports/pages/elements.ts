/** The custom elements of imports, made known to TSX. Each wraps ordinary HTML that works without its script. */
import type { HTMLAttributes } from 'preact';

declare module 'preact' {
  namespace JSX {
    interface IntrinsicElements {
      /** client/import-upload.ts: files dropped, sent one by one with progress, failures survived. */
      'import-upload': HTMLAttributes<HTMLElement>;
      /** client/import-progress.ts: how far an import is, asked of `data-source`; the page is loaded again at its end. */
      'import-progress': HTMLAttributes<HTMLElement>;
      /** client/review-desk.ts: answers without loading the page again, one key for each act. */
      'review-desk': HTMLAttributes<HTMLElement>;
      /** client/name-field.ts: names of the archive offered while one is typed. */
      'name-field': HTMLAttributes<HTMLElement>;
    }
  }
}
