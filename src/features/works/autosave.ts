/**
 * What is typed and not saved yet: where it belongs, what of a form is kept, and how much. Each opened form is a *sheet*
 * with a key of its own, so that two tabs never write over each other. Pure.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { isPublicId } from '../../platform/db/public-id.ts';
import type { Form } from '../../platform/http/form.ts';
import { numberTyped } from './typed.ts';

/** What a form writes: a work that is not there yet, what is said about one, a chapter that is not there yet, or one that is. */
export type Place =
  | { kind: 'new-work' }
  | { kind: 'work'; work: string }
  | { kind: 'new-chapter'; work: string }
  | { kind: 'chapter'; work: string; chapter: string };

/** Addresses of the forms for writing. */
export const WRITING_FORMS = /^\/works\/(?:new|[0-9a-z]{10}\/(?:edit|chapters\/(?:new|[0-9a-z]{10}\/edit)))$/;

/** Where the script of a form sends what is typed. */
export const SHEETS = /^\/autosaves\//;

/** Addresses that take as long a text from programs and from the script of the forms, or what a bulk edit names. */
export const LONG_FORMS =
  /^\/(?:works\/(?:clean-text|lost-paragraphs)|autosaves\/[^/]+|account\/works|api\/v1\/works(?:\/[^/]+\/chapters)?)$/;

/** The place that the address of a form names, whatever stands behind `?`; null for any other address. */
export function placeFrom(address: string): Place | null {
  const [path = ''] = address.split('?');
  if (!WRITING_FORMS.test(path)) return null;
  const [, , work = '', part, chapter = ''] = path.split('/');
  if (work === 'new') return { kind: 'new-work' };
  if (part === 'edit') return { kind: 'work', work };
  return chapter === 'new' ? { kind: 'new-chapter', work } : { kind: 'chapter', work, chapter };
}

/** The address of the form at a place. */
export function placePath(place: Place): string {
  if (place.kind === 'new-work') return '/works/new';
  const base = `/works/${place.work}`;
  if (place.kind === 'work') return `${base}/edit`;
  return place.kind === 'new-chapter' ? `${base}/chapters/new` : `${base}/chapters/${place.chapter}/edit`;
}

/** Texts of one account that can wait unsaved. */
export const AUTOSAVES = 200;
/** Bytes of one: a chapter of 510,000 characters of three bytes, what stands around it, and as much again for how JSON writes it. */
export const AUTOSAVE_BYTES = 4 * 1024 * 1024;
/** Bytes of all that one account can leave unsaved. */
export const AUTOSAVES_BYTES = 64 * 1024 * 1024;
/** How often an account sends what it types: a few tabs, each once in ten seconds and whenever it is left. */
export const AUTOSAVE_RATE = { points: 120, seconds: 60 };
/** For so long it is known that a sheet was saved. */
export const SAVED_SHEET_MS = 90 * 86_400_000;

/** Names and values of a form's fields, as they were typed. */
export type TypedFields = [name: string, value: string][];

const fields = z.array(z.tuple([z.string().regex(/^[A-Za-z][A-Za-z0-9_.-]{0,59}(?:\[\])?$/), z.string()])).max(500);
const sheetKey = z.string().refine(isPublicId);
const whole = z.int().min(0).max(999_999_999);

/** The sheet whose text another has taken up, and which of what it sent that was. */
export interface Continued {
  sheet: string;
  sequence: number;
}

/** As one field: `k3m9x2q4zt.12`. */
export function continuedField({ sheet, sequence }: Continued): string {
  return `${sheet}.${sequence}`;
}

function continuedFrom(typed: string | undefined): Continued | null {
  const [sheet = '', said = ''] = (typed ?? '').split('.');
  const sequence = numberTyped(said);
  return isPublicId(sheet) && sequence !== null ? { sheet, sequence } : null;
}

/** What a sheet sends while it is written on. */
export const autosaveShape = z.object({
  /** By what the page knew whose text it keeps: another may have signed in since, in another tab. */
  device: z.string().max(60),
  place: z.string().max(100),
  base: whole,
  sequence: whole.min(1),
  /** A key of the opened page: a tab that was duplicated has the sheet of the first, and another one of these. */
  writer: sheetKey.nullish(),
  continues: z.object({ sheet: sheetKey, sequence: whole }).nullish(),
  fields,
});
export type SentAutosave = Omit<z.infer<typeof autosaveShape>, 'device'>;

/** What a browser carries through a page where somebody signs in again: a form, whole. */
const carriedShape = z.array(z.tuple([z.string().max(80), z.string()])).max(500);

/** Fields that say how a form was made or sent, and nothing of what was typed. */
const NOT_TYPED = new Set(['madeFor', 'sheet', 'sequence', 'writer', 'continues', 'then', 'revision', 'version']);

/** What was typed into a form. */
export function typedFields(form: Form): TypedFields {
  const kept = form.fields().filter(([name]) => !NOT_TYPED.has(name));
  const read = fields.safeParse(kept);
  return read.success ? read.data : [];
}

/** Fields as a form, to be read like one. */
export function formOf(typed: readonly (readonly [string, string])[]): Form {
  const all = new URLSearchParams(typed.map(([name, value]) => [name, value]));
  return {
    one: (name) => all.get(name) ?? undefined,
    all: (name) => all.getAll(name),
    fields: () => [...all],
  };
}

/** A form that was carried along as JSON; null for what is none. */
export function carriedForm(json: string): Form | null {
  try {
    const read = carriedShape.safeParse(JSON.parse(json));
    return read.success ? formOf(read.data) : null;
  } catch {
    return null;
  }
}

/** How a sheet presents itself when its form is sent. */
export interface Slip {
  sheet: string;
  /** The last it has sent before. */
  sequence: number;
  continues: Continued | null;
  /** The opened page that wrote on it; null without script. */
  writer: string | null;
  /** Of all that is sent: the same form sent twice has the same. */
  digest: string;
}

/** The slip of a form; null where it carries none, as one sent by a program. */
export function slipOf(form: Form): Slip | null {
  const sheet = form.one('sheet') ?? '';
  if (!isPublicId(sheet)) return null;
  return {
    sheet,
    sequence: numberTyped(form.one('sequence')) ?? 0,
    continues: continuedFrom(form.one('continues')),
    writer: isPublicId(form.one('writer') ?? '') ? (form.one('writer') ?? null) : null,
    digest: digestOfTyped(typedFields(form)) + digestOf(form.one('then') ?? 'save'),
  };
}

function digestOf(said: string): string {
  return createHash('sha256').update(said).digest('base64url');
}

/** Of what was typed, however its lines are ended: a slip's digest begins with it, and says behind it what was asked for. */
export function digestOfTyped(typed: TypedFields): string {
  return digestOf(JSON.stringify(typed.map(([name, value]) => [name, value.replaceAll('\r\n', '\n')])));
}

/** The revision or version that a form says it was made from. */
export function baseOf(form: Form): number {
  return numberTyped(form.one('revision') ?? form.one('version')) ?? 0;
}

/** The fields that hold words, in the order in which one would know them again. */
const WORDS = ['title', 'chapterTitle', 'text', 'chapterWarnings', 'summary', 'notes', 'endNotes'] as const;
const NAMES = ['fandoms', 'relationships', 'characters', 'freeforms'] as const;

/** Whether not a word was typed. */
export function isBlank(typed: TypedFields): boolean {
  const known = new Set<string>([...WORDS, ...NAMES]);
  return typed.every(([name, value]) => !known.has(name) || value.trim() === '');
}

const OPENING = 80;

/** How it begins: its title, or else its first words. */
export function openingOf(typed: TypedFields): string {
  for (const wanted of WORDS) {
    const value = typed.find(([name]) => name === wanted)?.[1] ?? '';
    const line = value
      .slice(0, 2000)
      .replace(/<[^>]*>/gu, ' ')
      .replace(/[\s\p{Cc}]+/gu, ' ')
      .trim();
    if (line !== '') return [...line].slice(0, OPENING).join('').toWellFormed();
  }
  return '';
}
