/** The custom elements of browsing, made known to TSX. Each wraps ordinary HTML that works without its script. */
import type { HTMLAttributes } from 'preact';

declare module 'preact' {
  namespace JSX {
    interface IntrinsicElements {
      /** client/filter-panel.ts: each choice renews the list, the chips and the counts without loading the page again. */
      'filter-panel': HTMLAttributes<HTMLElement>;
    }
  }
}
