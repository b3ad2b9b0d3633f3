/**
 * The settings, read once from the environment. All have defaults; a wrong one is named with what to type instead.
 * Nothing else in the program reads the environment.
 */
import { resolve } from 'node:path';
import { z } from 'zod';
import { readMailServer, readSender, type MailSettings } from '../mail/settings.ts';

export interface Config {
  /** TCP port, 0–65535; 0 lets the system choose. */
  port: number;
  /** Address to listen on. Loopback unless said. */
  host: string;
  /** Absolute path of the folder that holds everything the archive keeps. */
  dataFolder: string;
  /** Public address without a trailing slash, or null when the archive is only reached where it listens. */
  url: string | null;
  /** `postgres://…`, or null for SQLite inside the data folder. */
  databaseUrl: string | null;
  /** How letters are sent, or null for an archive that sends none. */
  mail: MailSettings | null;
  logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'silent';
  /** Whether an empty archive is filled with the sample library on its first start. */
  samples: boolean;
}

/** Thrown for settings that cannot be used. The message is meant for the person who typed them. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}

const yesNo = z
  .string()
  .toLowerCase()
  .transform((text) => ({ yes: true, true: true, '1': true, no: false, false: false, '0': false })[text])
  .refine((value) => value !== undefined, 'is yes or no');

const settings = {
  PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  HOST: z.string().min(1).default('127.0.0.1'),
  FANFOLD_DATA: z.string().min(1).default('./data'),
  FANFOLD_URL: z
    .url({ protocol: /^https?$/ })
    .refine((address) => {
      // What is no address at all comes by here too, and is named like the rest.
      const url = URL.parse(address);
      return url?.pathname === '/' && url.search === '';
    })
    .optional(),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  SMTP_URL: z
    .string()
    .refine((text) => readMailServer(text) !== null)
    .optional(),
  MAIL_FROM: z
    .string()
    .refine((text) => readSender(text) !== null)
    .optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
  FANFOLD_SAMPLES: yesNo.default(true),
};

const hints: Record<keyof typeof settings, string> = {
  PORT: 'a number from 0 to 65535, like PORT=3000',
  HOST: 'an address to listen on, like HOST=127.0.0.1 or HOST=0.0.0.0',
  FANFOLD_DATA: 'a folder, like FANFOLD_DATA=./data',
  FANFOLD_URL: 'the public address without a path, like FANFOLD_URL=https://archive.example.org',
  DATABASE_URL: 'a PostgreSQL address, like DATABASE_URL=postgres://fanfold@localhost/fanfold',
  SMTP_URL: 'the address of a mail server, like SMTP_URL=smtps://name:password@mail.example.org',
  MAIL_FROM: 'the address that mail comes from, like MAIL_FROM="The archive <post@example.org>"',
  LOG_LEVEL: 'one of fatal, error, warn, info, debug, silent, like LOG_LEVEL=info',
  FANFOLD_SAMPLES: 'yes or no, like FANFOLD_SAMPLES=no',
};

/**
 * Reads the settings from an environment. An empty value counts as not set.
 * @throws ConfigError naming the first setting that cannot be used.
 */
export function readConfig(environment: Record<string, string | undefined> = process.env): Config {
  const given = Object.fromEntries(
    Object.keys(settings).map((name) => [
      name,
      environment[name]?.trim() === '' ? undefined : environment[name]?.trim(),
    ]),
  );
  const parsed = z.object(settings).safeParse(given);
  if (!parsed.success) {
    const name = String(parsed.error.issues[0]?.path[0]) as keyof typeof settings;
    // The address of a database or a mail server can hold a password.
    const said = name === 'DATABASE_URL' || name === 'SMTP_URL' ? 'set to something that' : `"${given[name]}", which`;
    throw new ConfigError(`${name} is ${said} cannot be used. It needs ${hints[name]}.`);
  }
  const value = parsed.data;
  const url = value.FANFOLD_URL?.replace(/\/+$/, '') ?? null;
  return {
    port: value.PORT,
    host: value.HOST,
    dataFolder: resolve(value.FANFOLD_DATA),
    url,
    databaseUrl: value.DATABASE_URL ?? null,
    mail: mailOf(value.SMTP_URL, value.MAIL_FROM, url),
    logLevel: value.LOG_LEVEL,
    samples: value.FANFOLD_SAMPLES ?? true,
  };
}

/** Mail needs all three: a server, a sender, and the address that links lead to. @throws ConfigError naming what is missing. */
function mailOf(server: string | undefined, from: string | undefined, url: string | null): MailSettings | null {
  if (server === undefined) return null;
  const read = { server: readMailServer(server), from: from === undefined ? null : readSender(from) };
  if (read.server === null || read.from === null)
    throw new ConfigError(`SMTP_URL is set, and MAIL_FROM is not. It needs ${hints.MAIL_FROM}.`);
  if (url === null)
    throw new ConfigError(`SMTP_URL is set, and FANFOLD_URL is not: mail holds links. It needs ${hints.FANFOLD_URL}.`);
  return { server: read.server, from: read.from, origin: url };
}
