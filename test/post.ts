/** A mail server for tests: it takes letters by SMTP, as any does, and keeps them as they came. */
import { once } from 'node:events';
import { SMTPServer, type SMTPServerSession } from 'smtp-server';
import { onTestFinished } from 'vitest';
import { jobRunner } from '../src/platform/jobs/runner.ts';
import type { MailSettings } from '../src/platform/mail/settings.ts';
import type { TestSite } from './site.ts';

export interface Received {
  /** As the envelope says. */
  from: string;
  to: string[];
  /** By name in lower case; a name that stands twice has both values. */
  headers: ReadonlyMap<string, readonly string[]>;
  subject: string;
  text: string;
  html: string;
  raw: string;
}

export interface Receiver {
  settings: MailSettings;
  letters: Received[];
  /** What it answers from now on to every recipient; null: it takes all. */
  refusal: { code: number; words: string } | null;
  /** Ends it, as a server goes down. */
  stop(): Promise<void>;
  /** Begins again, at the same port. */
  start(): Promise<void>;
}

/** A server that listens on this machine, until the test ends. `signIn`: the name and password that it asks for. */
export async function mailServer(signIn: { user: string; password: string } | null = null): Promise<Receiver> {
  const letters: Received[] = [];
  let port = 0;
  let server: SMTPServer | null = null;
  const receiver: Receiver = {
    settings: {
      server: { host: '127.0.0.1', port, tls: 'never', signIn },
      from: { name: 'The Archive', address: 'post@archive.example' },
      origin: 'http://localhost',
    },
    letters,
    refusal: null,
    async start() {
      server = new SMTPServer({
        authOptional: signIn === null,
        allowInsecureAuth: true,
        hideSTARTTLS: true,
        disableReverseLookup: true,
        logger: false,
        onAuth: (given, _session, done) => {
          const right = given.username === signIn?.user && given.password === signIn?.password;
          done(right ? null : new Error('wrong'), right ? { user: given.username } : undefined);
        },
        onRcptTo: (_address, _session, done) => {
          const { refusal } = receiver;
          done(refusal ? Object.assign(new Error(refusal.words), { responseCode: refusal.code }) : null);
        },
        onData: (stream, session, done) => {
          const pieces: Buffer[] = [];
          stream.on('data', (piece: Buffer) => pieces.push(piece));
          stream.on('end', () => {
            letters.push(received(session, Buffer.concat(pieces)));
            done();
          });
        },
      });
      // A client that goes away is no failure of the server.
      server.on('error', () => {});
      server.listen(port, '127.0.0.1');
      await once(server.server, 'listening');
      const address = server.server.address();
      port = typeof address === 'object' && address !== null ? address.port : 0;
      receiver.settings.server.port = port;
    },
    async stop() {
      const closing = server;
      server = null;
      if (closing) await new Promise<void>((resolve) => closing.close(resolve));
    },
  };
  await receiver.start();
  onTestFinished(() => receiver.stop());
  return receiver;
}

/** Settings for an archive that sends mail in a test where none is sent: the pages are there, and no job runs. */
export const MAIL_NOWHERE: MailSettings = {
  server: { host: '127.0.0.1', port: 9, tls: 'never', signIn: null },
  from: { name: '', address: 'post@archive.example' },
  origin: 'http://localhost',
};

/** Runs what is due now of the jobs of accounts, as the background of an archive does. @returns what went wrong. */
export async function runJobs(site: TestSite): Promise<string[]> {
  const { ground, features } = site;
  const wrong: string[] = [];
  const kinds = features.find(({ name }) => name === 'accounts')?.jobs?.(ground) ?? [];
  await jobRunner(ground.db, kinds, ground.now, (job, error) => {
    wrong.push(`${job.kind}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  }).runDue();
  return wrong;
}

function received(session: SMTPServerSession, bytes: Buffer): Received {
  const { mailFrom, rcptTo } = session.envelope;
  return {
    from: mailFrom === false ? '' : mailFrom.address,
    to: rcptTo.map((to) => to.address),
    ...parsed(bytes.toString('latin1')),
  };
}

/** Reads a letter with a text and an HTML part, by the rules that mail programs have (RFC 5322, 2045–2047). */
function parsed(raw: string): Omit<Received, 'from' | 'to'> {
  const { headers, body } = halves(raw);
  const boundary = /boundary="?([^";]+)"?/.exec(first(headers, 'content-type'))?.[1] ?? '';
  const parts = body
    .split(`--${boundary}`)
    .slice(1, -1)
    .map((part) => halves(part.replace(/^\r\n/, '')));
  const part = (type: string) => {
    const found = parts.find((one) => first(one.headers, 'content-type').startsWith(type));
    return found ? decoded(found.body, first(found.headers, 'content-transfer-encoding')) : '';
  };
  const subject = first(headers, 'subject').replace(
    /=\?utf-8\?([bq])\?([^?]*)\?=\s*/gi,
    (_whole, how: string, words: string) =>
      decoded(
        how.toLowerCase() === 'q' ? words.replaceAll('_', ' ') : words,
        how.toLowerCase() === 'q' ? 'quoted-printable' : 'base64',
      ),
  );
  return { headers, subject, text: part('text/plain'), html: part('text/html'), raw };
}

function halves(raw: string): { headers: Map<string, string[]>; body: string } {
  const end = raw.indexOf('\r\n\r\n');
  const headers = new Map<string, string[]>();
  for (const line of raw
    .slice(0, end)
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n')) {
    const name = line.slice(0, line.indexOf(':')).toLowerCase();
    headers.set(name, [...(headers.get(name) ?? []), line.slice(line.indexOf(':') + 1).trim()]);
  }
  return { headers, body: raw.slice(end + 4) };
}

const first = (headers: ReadonlyMap<string, readonly string[]>, name: string) => headers.get(name)?.[0] ?? '';

function decoded(body: string, encoding: string): string {
  if (encoding.toLowerCase() === 'base64')
    return Buffer.from(body, 'base64').toString('utf8').replaceAll('\r\n', '\n').trim();
  const bytes =
    encoding.toLowerCase() === 'quoted-printable'
      ? body
          .replace(/=\r\n/g, '')
          .replace(/=([0-9A-F]{2})/g, (_whole, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)))
      : body;
  return Buffer.from(bytes, 'latin1').toString('utf8').replaceAll('\r\n', '\n').trim();
}
