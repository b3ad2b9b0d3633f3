/** The `page` of a list's address. Pure. */

/** @returns 1 when absent, null for what is no page number; pages beyond the end are the list's to answer. */
export function pageNumber(said: string | undefined): number | null {
  if (said === undefined) return 1;
  return /^[1-9]\d{0,8}$/.test(said) ? Number(said) : null;
}
