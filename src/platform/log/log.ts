/** The log: one JSON line a happening. It carries no account, no address and no query string. */
import { destination, pino, type Logger } from 'pino';
import type { Config } from '../config/config.ts';

export type Log = Logger;

/** A log at the level of the settings, on standard error, so that standard output stays for answers. */
export function openLog(level: Config['logLevel']): Log {
  return pino({ level, base: null }, destination({ fd: 2, sync: true }));
}
