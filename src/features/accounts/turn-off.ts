/** The links that turn letters off: sealed, so that nobody makes one for another account, and nobody reads whose it is. */
import { z } from 'zod';
import type { Seal } from '../../platform/files/seal.ts';
import { CHOSEN_ABOUT, type ChosenAbout } from './letter-choices.ts';

const SEALED_FOR = 'turning letters off';
const meant = z.tuple([z.number(), z.enum(CHOSEN_ABOUT)]);

/** The path that turns letters of one sort off for an account. It is good for as long as letters are kept. */
export async function turnOffPath(seal: Seal, accountId: number, about: ChosenAbout): Promise<string> {
  return `/letters/${await seal.close(Buffer.from(JSON.stringify([accountId, about])), SEALED_FOR)}`;
}

/** Whose letters a link turns off, and which; null for one that was not made here. */
export async function turnOffMeant(
  seal: Seal,
  sealed: string,
): Promise<{ accountId: number; about: ChosenAbout } | null> {
  const opened = await seal.open(sealed, SEALED_FOR);
  if (opened === null) return null;
  const [accountId, about] = meant.parse(JSON.parse(opened.toString()));
  return { accountId, about };
}
