/** A key under which two texts meet that differ in nothing but typography. No side effects; linear. */
import { resolveReferences } from '../../../platform/html/text.ts';

/** Signs that are typed in many ways, or come and go: quotes, apostrophes, stars and lines around emphasis, soft hyphens. */
const COMES_AND_GOES = /[\p{Quotation_Mark}\p{Cf}\p{Cc}\p{Z}\u0060\u00b4\u02bc*_~]/gu;
const DASHES = /[\p{Pd}\u2212]+/gu;

/**
 * Text or HTML in, its key out, which is nearly as long and meant to be hashed. Tags, case, white space, quotes, ligatures,
 * soft hyphens, and the length of dashes and ellipses leave no mark in it; every other sign does.
 */
export function typographyKey(text: string): string {
  return resolveReferences(text.replace(/<[a-z!/][^<>]{0,2000}>/gi, ' '))
    .normalize('NFKC')
    .toLowerCase()
    .replace(COMES_AND_GOES, '')
    .replace(DASHES, '-')
    .replace(/\.{2,}/g, '...');
}
