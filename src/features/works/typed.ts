/** Fields of a form as people type them. Pure. */
import type { Form } from '../../platform/http/form.ts';

/** Control characters mean nothing in a story, and PostgreSQL takes no NUL. */
const CONTROL = /[^\P{Cc}\n\t]/gu;

/** Reads fields as texts, or as one line without spaces around it; what is absent is empty. */
export function typedIn(form: Form): { text: (name: string) => string; line: (name: string) => string } {
  const text = (name: string) => (form.one(name) ?? '').replaceAll('\r\n', '\n').replace(CONTROL, '');
  return { text, line: (name) => text(name).replace(/\s+/gu, ' ').trim() };
}

/** A whole number from 0 to nine digits; null for anything else. */
export function numberTyped(typed: string | undefined): number | null {
  return /^\d{1,9}$/.test(typed ?? '') ? Number(typed) : null;
}
