/** Fields of a form as people type them. Pure. */
import type { Form } from '../../platform/http/form.ts';

/** Control characters mean nothing in a story, and PostgreSQL takes no NUL. */
const CONTROL = /[^\P{Cc}\n\t]/gu;

/** A text as it was typed, with one kind of line break. */
export function textOf(typed: string): string {
  return typed.replaceAll('\r\n', '\n').replace(CONTROL, '');
}

/** One line, without spaces around it. */
export function lineOf(typed: string): string {
  return textOf(typed).replace(/\s+/gu, ' ').trim();
}

/** Reads fields as texts, or as one line without spaces around it; what is absent is empty. */
export function typedIn(form: Form): { text: (name: string) => string; line: (name: string) => string } {
  return { text: (name) => textOf(form.one(name) ?? ''), line: (name) => lineOf(form.one(name) ?? '') };
}

/** A whole number from 0 to nine digits; null for anything else. */
export function numberTyped(typed: string | undefined): number | null {
  return /^\d{1,9}$/.test(typed ?? '') ? Number(typed) : null;
}
