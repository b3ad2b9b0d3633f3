/** What adding a passkey and signing in by one share: the question of the archive, and what went wrong in words. */

/** Asks the archive. @returns what the browser is to be asked, or a sentence that says why not. */
export async function askArchive<Options>(
  path: string,
  fields: URLSearchParams,
): Promise<{ options: Options } | { sentence: string; field?: string }> {
  const answer = await fetch(path, { method: 'POST', body: fields, headers: { accept: 'application/json' } });
  const isJson = answer.headers.get('content-type')?.includes('json') ?? false;
  const said: unknown = isJson ? await answer.json() : null;
  if (answer.ok && said !== null) return { options: said as Options };
  if (isRefusal(said)) return said;
  return { sentence: 'The archive refused it. Load the page again, and try once more.' };
}

function isRefusal(said: unknown): said is { sentence: string; field?: string } {
  return typeof said === 'object' && said !== null && 'sentence' in said && typeof said.sentence === 'string';
}

/** What a browser threw, in words. */
export function reasonOf(error: unknown): string {
  const name = error instanceof Error ? error.name : '';
  if (name === 'InvalidStateError') return 'This device has a passkey for you already.';
  if (name === 'NotAllowedError' || name === 'AbortError') return 'That was cancelled, or took too long. Try again.';
  if (name === 'SecurityError') return 'This browser uses no passkeys for this address.';
  return 'That did not work. Try again.';
}

/** Says something beside the form's button; '' takes back what was said. */
export function say(form: HTMLFormElement, sentence: string): void {
  const place = form.querySelector('[role=alert]');
  if (place) place.textContent = sentence;
}
