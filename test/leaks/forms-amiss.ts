/** What every page's forms must have: the key of the account they were made for, and known names for secrets. */
import { SECRET_FIELD } from '../../src/app/not-sent.tsx';

/** Forms that do not say which account they were made for, or say it to a guest; and fields for secrets by a name that hides none. */
export function formsAmiss(html: string, isSignedIn: boolean): string[] {
  const forms = [
    ...html.matchAll(/<form\b[^>]*\bmethod="post"[^>]*>(<input type="hidden" name="madeFor" value="\w{24}"\/?>)?/gi),
  ];
  const secrets =
    html.match(/<input\b[^>]*\bautocomplete="(?:current-password|new-password|one-time-code)"[^>]*>/gi) ?? [];
  return [
    ...forms
      .filter(([, key]) => (key !== undefined) !== isSignedIn)
      .map(([form]) => `${form} is made for the wrong account`),
    ...secrets
      .filter((field) => !SECRET_FIELD.test(/\bname="([^"]*)"/.exec(field)?.[1] ?? ''))
      .map((field) => `${field} holds a secret`),
  ];
}
