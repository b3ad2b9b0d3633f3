/**
 * Addresses of e-mail: which are taken, and when two are the same. Pure. Only ASCII before the `@`, and nothing that means
 * something in a header or to a mail server: an address that is taken can be put into a letter as it is.
 */
import { domainToASCII } from 'node:url';

/** The longest address that mail servers take (RFC 5321: a path of 256, with its brackets). */
export const ADDRESS_CHARACTERS = 254;
const LOCAL_CHARACTERS = 64;

const LOCAL = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** An address as letters are sent to it, with its domain in ASCII; null for what is none. */
export function readAddress(typed: string): string | null {
  const text = typed.trim();
  const at = text.lastIndexOf('@');
  const [local, host] = [text.slice(0, Math.max(0, at)), text.slice(at + 1)];
  if (local.length > LOCAL_CHARACTERS || !LOCAL.test(local)) return null;
  if (!/^[\p{L}\p{M}\p{N}.-]+$/u.test(host)) return null;
  const domain = domainToASCII(host);
  const labels = domain.split('.');
  // An address of numbers is a machine, not a domain.
  if (labels.length < 2 || !labels.every((label) => LABEL.test(label)) || /^\d+$/.test(labels.at(-1) ?? ''))
    return null;
  const address = `${local}@${domain}`;
  return address.length > ADDRESS_CHARACTERS ? null : address;
}

/** The key by which an address is the same: capitals do not matter. */
export function addressKey(address: string): string {
  return address.toLowerCase();
}

/**
 * The key by which two addresses lead to one mailbox, as AO3 counts them: without what follows a `+`, and at Gmail
 * without dots. For places in a queue, of which each person has one. Never for who may get into an account: where a
 * `+` means nothing, these are two people.
 */
export function mailboxKey(address: string): string {
  const [local = '', host = ''] = addressKey(address).split('@');
  const bare = local.replace(/\+.*$/, '') || local;
  if (host !== 'gmail.com' && host !== 'googlemail.com') return `${bare}@${host}`;
  return `${bare.replaceAll('.', '')}@gmail.com`;
}
