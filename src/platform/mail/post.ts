/**
 * Hands letters to the mail server of the settings. What goes wrong is said without address, subject or text: it is
 * kept with jobs and written to the log.
 */
import { randomUUID } from 'node:crypto';
import { createTransport } from 'nodemailer';
import { Hopeless } from '../jobs/hopeless.ts';
import { writeLetter, type Letter } from './letter.ts';
import type { MailServer, MailSettings } from './settings.ts';

export interface Post {
  /** Where links in letters lead, without a trailing slash. */
  origin: string;
  /** Sends a letter. @throws Hopeless where the server will never take it; another Error where it may, later. */
  send(to: string, letter: Letter): Promise<void>;
  close(): void;
}

/** How long a server may take to be reached, and between two words of it. Other jobs wait meanwhile. */
const PATIENCE_MS = 10_000;
/** A server that was not reached is left alone for this long: a hundred letters must not wait for it a hundred times. */
const REST_MS = 30_000;

/** @param now milliseconds, to know when a server has rested. */
export function openPost({ server, from, origin }: MailSettings, now: () => number): Post {
  const domain = from.address.slice(from.address.lastIndexOf('@') + 1);
  const transport = createTransport({
    host: server.host,
    port: server.port,
    ...tlsOf(server),
    ...(server.signIn ? { auth: { user: server.signIn.user, pass: server.signIn.password } } : {}),
    // Not the name of the machine, which is nobody's business.
    name: domain,
    connectionTimeout: PATIENCE_MS,
    greetingTimeout: PATIENCE_MS,
    socketTimeout: PATIENCE_MS,
    dnsTimeout: PATIENCE_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
    logger: false,
  });
  let restsUntil = 0;
  return {
    origin,
    async send(to, letter) {
      if (now() < restsUntil) throw new Error('The mail server could not be reached a moment ago.');
      const { subject, text, html } = writeLetter(letter);
      try {
        await transport.sendMail({
          from,
          to: { name: '', address: to },
          subject,
          text,
          html,
          // Random: no account and no order can be read from it.
          messageId: `<${randomUUID()}@${domain}>`,
          headers: {
            'Auto-Submitted': 'auto-generated',
            'X-Auto-Response-Suppress': 'All',
            ...(letter.turnOff === undefined
              ? {}
              : {
                  'List-Unsubscribe': { prepared: true, foldLines: true, value: `<${letter.turnOff}>` },
                  'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
                }),
          },
          xMailer: false,
        });
      } catch (error) {
        const said = answerOf(error);
        if (said.code === null) restsUntil = now() + REST_MS;
        throw failureOf(said);
      }
    },
    close: () => transport.close(),
  };
}

function tlsOf({ tls }: MailServer) {
  return { secure: tls === 'always', requireTLS: tls === 'upgrade', ignoreTLS: tls === 'never' };
}

interface Answered {
  /** The three digits of SMTP; null where nothing was answered. */
  code: number | null;
  /** nodemailer's word for where it failed: `EENVELOPE`, `EAUTH`. */
  where: string;
}

function answerOf(error: unknown): Answered {
  const known = typeof error === 'object' && error !== null ? error : {};
  const code = 'responseCode' in known && typeof known.responseCode === 'number' ? known.responseCode : null;
  const where = 'code' in known && typeof known.code === 'string' ? known.code : '';
  return { code, where: /^[A-Z]{1,20}$/.test(where) ? where : 'unknown' };
}

/** Without the words of the server, which repeat the address. */
function failureOf({ code, where }: Answered): Error {
  if (code === null) return new Error(`The mail server was not reached (${where}).`);
  const sentence = `The mail server answered ${code} (${where}).`;
  // Another sender or password mends the rest; a recipient or a letter that is refused stays so.
  const forGood = code >= 500 && (where === 'EENVELOPE' || where === 'EMESSAGE');
  return forGood ? new Hopeless(sentence) : new Error(sentence);
}
