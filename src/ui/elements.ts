/** The custom elements of client/, made known to TSX. Each wraps ordinary HTML that works without its script. */
import type { HTMLAttributes } from 'preact';

declare module 'preact' {
  namespace JSX {
    interface IntrinsicElements {
      /** client/preferences.ts: applies a preference form at once and saves it in the background. */
      'preference-form': HTMLAttributes<HTMLElement>;
      /** client/chapter-keys.ts: keyboard keys of the reader and the dialog that lists them. */
      'chapter-keys': HTMLAttributes<HTMLElement>;
      /** client/autosave.ts: sends what is typed into the form around it, and keeps it on the device. */
      'auto-save': HTMLAttributes<HTMLElement>;
      /** client/passkey-add.ts and client/passkey-sign-in.ts: what only a browser can say to a passkey. */
      'passkey-add': HTMLAttributes<HTMLElement>;
      'passkey-sign-in': HTMLAttributes<HTMLElement>;
      /** client/type-ahead.ts: tags offered while one is typed, asked of `data-from`. */
      'type-ahead': HTMLAttributes<HTMLElement>;
    }
  }
}
