/** What a host says of mail: the server that takes letters (`SMTP_URL`) and who they are from (`MAIL_FROM`). Pure. */
import { readAddress } from './address.ts';

export interface MailServer {
  host: string;
  port: number;
  /** `always`: TLS from the first byte. `upgrade`: it must be offered and is begun before anything is said. `never`: in the clear. */
  tls: 'always' | 'upgrade' | 'never';
  signIn: { user: string; password: string } | null;
}

export interface Sender {
  /** '' for none. */
  name: string;
  address: string;
}

export interface MailSettings {
  server: MailServer;
  from: Sender;
  /** The public address of the archive, without a trailing slash: links in letters begin with it. */
  origin: string;
}

const PORTS = { 'smtp:': 587, 'smtps:': 465 };
const LOOPBACK = /^(?:localhost|127(?:\.\d+){3}|::1)$/;

/** Reads `smtp://name:password@host:587`; null for what cannot be used. On this machine itself nothing is encrypted. */
export function readMailServer(text: string): MailServer | null {
  const url = URL.parse(text);
  if (url === null || (url.protocol !== 'smtp:' && url.protocol !== 'smtps:')) return null;
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const [user, password] = [decoded(url.username), decoded(url.password)];
  const query = /^(?:\?tls=(no|yes))?$/.exec(url.search);
  if (host === '' || user === null || password === null || query === null) return null;
  if (!['', '/'].includes(url.pathname) || url.hash !== '') return null;
  const inTheClear = query[1] === 'no' || (query[1] === undefined && LOOPBACK.test(host));
  if (url.protocol === 'smtps:' && query[1] === 'no') return null;
  return {
    host,
    port: url.port === '' ? PORTS[url.protocol] : Number(url.port),
    tls: url.protocol === 'smtps:' ? 'always' : inTheClear ? 'never' : 'upgrade',
    signIn: user === '' ? null : { user, password },
  };
}

/** Reads `Archive <post@example.org>` or `post@example.org`; null for what cannot be used. */
export function readSender(text: string): Sender | null {
  const [, quoted, bare, inBrackets] = /^(?:"([^"\\<>]*)"|([^"\\<>]*?))\s*<([^<>]+)>$/.exec(text.trim()) ?? [];
  const address = readAddress(inBrackets ?? text);
  const name = (quoted ?? bare ?? '').trim();
  return address === null || /\p{Cc}/u.test(name) ? null : { name, address };
}

function decoded(part: string): string | null {
  try {
    return decodeURIComponent(part);
  } catch {
    return null;
  }
}
