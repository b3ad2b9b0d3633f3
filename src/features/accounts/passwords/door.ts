/** What all ways in share: how passwords are hashed, what seals secrets, and how often one may try. */
import { sealOf, type Seal } from '../../../platform/files/seal.ts';
import type { Ground } from '../../../platform/ground.ts';
import { limit, type Limit } from '../../../platform/http/limit.ts';
import { argonPasswords, PASSWORD_COST, type PasswordCost, type Passwords } from './hash.ts';
import { keptTries } from './tries.actions.ts';
import type { Tries } from './tries.ts';

export interface Door {
  passwords: Passwords;
  /** Opens the keys of authenticators, and marks what is tried at. */
  seal: Seal;
  /** Tries at each name, and of those who are signed in at each account: theirs are apart, so nobody else uses them up. */
  tries: Tries;
  /** Tries of one network, at whatever name. In memory, like what follows: networks are not kept. */
  network: Limit;
  /** Accounts that one network may make or learn the names of: a name that is taken says so to who would have got it. */
  joining: Limit;
  /** How often one account may change its name, for the same reason. */
  naming: Limit;
}

const HOUR_SECONDS = 3_600;

/** @param cost what hashes of passwords cost. */
export function openDoor({ db, now, config }: Ground, cost: PasswordCost = PASSWORD_COST): Door {
  const seal = sealOf(config.dataFolder);
  return {
    passwords: argonPasswords(cost),
    seal,
    tries: keptTries(db, now, seal),
    network: limit(20, 60),
    joining: limit(10, HOUR_SECONDS),
    naming: limit(10, HOUR_SECONDS),
  };
}
