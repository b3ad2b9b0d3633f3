/**
 * Forms as browsers send them. Read here once, with a limit on how many fields there are: what parses fields into lists
 * takes ever longer for each that repeats, and anybody may send a form.
 */
import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';

/** The largest form of the archive has some forty fields; boxes that are ticked repeat theirs. */
export const FORM_FIELDS = 500;

export interface Form {
  /** The first value of a field, or undefined. */
  one(name: string): string | undefined;
  /** All values of a field, in order. */
  all(name: string): string[];
  /** All fields as they were sent, in order. */
  fields(): [name: string, value: string][];
}

/** Whether a request says that it holds a form as pages without files send it, whatever its method. */
export function saysForm(c: Context): boolean {
  return (c.req.header('content-type') ?? '').trim().toLowerCase().startsWith('application/x-www-form-urlencoded');
}

/** Reads a form's fields. @throws an answer with 400 or 413 for what is no form, or one with too many fields. */
export async function readForm(c: Context): Promise<Form> {
  const body = await c.req.text();
  if (body !== '' && !saysForm(c)) {
    throw new HTTPException(400, { message: 'This address takes forms as web pages send them.' });
  }
  if (countFields(body) > FORM_FIELDS) {
    throw new HTTPException(413, { message: `A form here has at most ${FORM_FIELDS} fields.` });
  }
  const fields = new URLSearchParams(body);
  return {
    one: (name) => fields.get(name) ?? undefined,
    all: (name) => fields.getAll(name),
    fields: () => [...fields],
  };
}

/** The page that an address asks for, from 1: what is no number of a page asks for the first. */
export function pageAsked(said: string | undefined): number {
  return /^[1-9]\d{0,6}$/.test(said ?? '1') ? Number(said ?? '1') : 1;
}

function countFields(body: string): number {
  let count = 1;
  for (let at = body.indexOf('&'); at !== -1 && count <= FORM_FIELDS; at = body.indexOf('&', at + 1)) count += 1;
  return count;
}
