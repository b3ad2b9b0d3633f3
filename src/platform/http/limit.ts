/** How often one network may change something without being signed in. Counted in memory only: no address is kept. */
import { RateLimiterMemory } from 'rate-limiter-flexible';

export interface Limit {
  /** Takes one from what a network may do. @returns seconds to wait when there is none left, else null. */
  take(network: string): Promise<number | null>;
}

/** @param points how many in @param seconds. */
export function limit(points: number, seconds: number): Limit {
  const limiter = new RateLimiterMemory({ points, duration: seconds });
  return {
    async take(network) {
      try {
        await limiter.consume(network);
        return null;
      } catch (refused) {
        const wait =
          typeof refused === 'object' && refused !== null && 'msBeforeNext' in refused
            ? Number(refused.msBeforeNext)
            : 1000;
        return Math.max(1, Math.ceil(wait / 1000));
      }
    },
  };
}

/** An address as a network: IPv4 whole, IPv6 by its first 64 bits, which is what one household has. */
export function networkOf(address: string | undefined): string {
  if (!address) return 'unknown';
  const plain = address.replace(/^::ffff:/, '');
  if (!plain.includes(':')) return plain;
  const [head = ''] = plain.split('%');
  const halves = head.split('::');
  const left = (halves[0] ?? '').split(':').filter((part) => part !== '');
  const right = (halves[1] ?? '').split(':').filter((part) => part !== '');
  const filled =
    halves.length > 1
      ? [...left, ...Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0'), ...right]
      : left;
  return filled.slice(0, 4).join(':');
}
