/** Sends a kept text to the archive, and tells the tabs of one browser of each other. */
import type { KeptText } from './kept-texts.ts';

/**
 * `over`: it was saved or thrown away since. `other`: its sheet has other words, and these were not taken. `signed-out`: also where
 * `another` account is signed in now. `busy`: it came too often. `again`: seconds until it is worth trying once more. `stopped`:
 * whoever sent it took it back before there was an answer, which says nothing of the archive.
 */
export type Answer =
  | { kind: 'taken'; sequence: number; over: boolean }
  | { kind: 'other' }
  | { kind: 'signed-out'; another: boolean }
  | { kind: 'refused'; reason: string }
  | { kind: 'busy' | 'away'; again: number | null }
  | { kind: 'stopped' };

/** What browsers send of a page that is left: less than 64 KB together. */
const WHILE_LEAVING_BYTES = 60_000;

/** @returns the archive's answer; `away` where there was none. A refusal is an answer, whatever stands in it. */
export async function send(text: KeptText, options: { leaving?: boolean; signal?: AbortSignal } = {}): Promise<Answer> {
  const { device, place, base, sequence, writer, continues, fields } = text;
  const body = new TextEncoder().encode(JSON.stringify({ device, place, base, sequence, writer, continues, fields }));
  try {
    const answer = await fetch(`/autosaves/${text.sheet}`, {
      method: 'POST',
      body,
      headers: { 'Content-Type': 'application/json' },
      redirect: 'error',
      keepalive: options.leaving === true && body.byteLength < WHILE_LEAVING_BYTES,
      ...(options.signal ? { signal: options.signal } : {}),
    });
    const { status } = answer;
    const again = Number(answer.headers.get('Retry-After')) || null;
    if (status >= 500) return { kind: 'away', again };
    if (status === 429) return { kind: 'busy', again };
    const said: unknown = answer.ok ? await answer.json() : await answer.json().catch(() => null);
    if (status === 401) return { kind: 'signed-out', another: fieldIn(said, 'another') === true };
    if (!answer.ok) return { kind: 'refused', reason: wordsIn(said, 'reason') };
    if (fieldIn(said, 'other') === true) return { kind: 'other' };
    return { kind: 'taken', sequence: numberIn(said, 'saved'), over: fieldIn(said, 'over') === true };
  } catch {
    return options.signal?.aborted === true ? { kind: 'stopped' } : { kind: 'away', again: null };
  }
}

function fieldIn(said: unknown, name: string): unknown {
  return typeof said === 'object' && said !== null ? (said as Record<string, unknown>)[name] : undefined;
}

function wordsIn(said: unknown, name: string): string {
  const value = fieldIn(said, name);
  return typeof value === 'string' ? value : 'The archive refused it.';
}

function numberIn(said: unknown, name: string): number {
  const value = fieldIn(said, name);
  return typeof value === 'number' ? value : 0;
}

/**
 * `here`: a form was opened; `too`: it is open here as well. `leaving`: somebody is about to sign out; `holding`, `held`: a page with a
 * form has heard it, and has what was typed in safety, or not. `signed-out`: nothing is kept on this device any more.
 */
export type Told =
  | { kind: 'here' | 'too'; place: string; sheet: string }
  | { kind: 'leaving' | 'signed-out' }
  | { kind: 'holding'; page: string }
  | { kind: 'held'; page: string; safe: boolean };

/** Asked of the forms on this page before somebody signs out: each puts here whether its last words are safe. */
export const HOLD = 'fanfold-hold';
/** Told to them when all is about to be wiped: nothing is written on the device after it. */
export const WIPE = 'fanfold-wipe';
export type Held = CustomEvent<Promise<boolean>[]>;

/** What the tabs of this browser say to each other. */
export function tabs(): BroadcastChannel | null {
  return 'BroadcastChannel' in globalThis ? new BroadcastChannel('fanfold-writing') : null;
}
