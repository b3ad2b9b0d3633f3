/** What all ways in share: how passwords are hashed, and how often one may try. In memory; nothing of it is kept. */
import { limit, type Limit } from '../../../platform/http/limit.ts';
import { argonPasswords, PASSWORD_COST, type PasswordCost, type Passwords } from './hash.ts';
import { triesOfNames, type Tries } from './tries.ts';

export interface Door {
  passwords: Passwords;
  /** Tries at each name, and of those who are signed in at each account: theirs are apart, so nobody else uses them up. */
  tries: Tries;
  /** Tries of one network, at whatever name. */
  network: Limit;
  /** Accounts that one network may make or learn the names of: a name that is taken says so to who would have got it. */
  joining: Limit;
  /** How often one account may change its name, for the same reason. */
  naming: Limit;
}

const HOUR_SECONDS = 3_600;

export function openDoor(now: () => number, cost: PasswordCost = PASSWORD_COST): Door {
  return {
    passwords: argonPasswords(cost),
    tries: triesOfNames(now),
    network: limit(20, 60),
    joining: limit(10, HOUR_SECONDS),
    naming: limit(10, HOUR_SECONDS),
  };
}
