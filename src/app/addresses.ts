/** Where an archive can be opened, also when it was told where to listen, but not what its public address is. */
import { networkInterfaces } from 'node:os';
import type { Config } from '../platform/config/config.ts';

/** A network interface's address, as the system tells it. */
export interface OwnAddress {
  address: string;
  family: string;
  /** Of this machine's own loop, reached by nobody else. */
  internal: boolean;
}

const EVERYWHERE = new Set(['0.0.0.0', '::']);

/** Whether what listens on this host is reached from this machine only. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);
}

/** The public address, or what to type into a browser without one. `port`: the one that is listened on. */
export function addressFor(config: Pick<Config, 'url' | 'host'>, port: number): string {
  const own = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  return config.url ?? addressOf(config.host, port, own);
}

/**
 * What to type into a browser for a host that is listened on, without a trailing slash. For one that means every
 * address of the machine it is the first IPv4 address by which others reach it, where there is one.
 */
export function addressOf(host: string, port: number, own: readonly OwnAddress[]): string {
  return `http://${hostName(host, own)}:${port}`;
}

function hostName(host: string, own: readonly OwnAddress[]): string {
  if (EVERYWHERE.has(host)) {
    return own.find((one) => one.family === 'IPv4' && !one.internal)?.address ?? 'localhost';
  }
  if (isLoopback(host)) return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}
