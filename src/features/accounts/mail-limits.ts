/** How long what goes by mail is good, and how much of it is sent. Pure. */
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** An address must be confirmed within this time, as on AO3. */
export const ADDRESS_LINK_MS = 7 * DAY_MS;
/** A link that sets a new password is good for this long, once. */
export const PASSWORD_LINK_MS = HOUR_MS;
/**
 * Such links that one account is sent, as on AO3: three in twelve hours. Others may have asked for them, and they end, so one more
 * goes whenever none is good for `left` longer: at most 30 in a day, and never a moment without a way to a good one.
 */
export const PASSWORD_LINKS = { most: 3, within: 12 * HOUR_MS, left: 5 * 60_000 } as const;
/**
 * Letters that ask to confirm one address, a day. `each`: caused by one account. `again`: in all, where the account has caused
 * one to this address before. `most`: in all, so that no letter box is filled by others. Between the last two lies a share for
 * who asks for the first time: whoever asks again and again cannot use that up. What is too many goes later, and is not lost.
 */
export const ADDRESS_LETTERS = { each: 3, again: 5, most: 10, within: DAY_MS } as const;
/** A letter that was too many is tried again after this long. */
export const ADDRESS_LETTER_PAUSE_MS = HOUR_MS;
/** For so long it is known that an account has caused a letter to an address. */
export const ADDRESS_LETTERS_KEPT_MS = 30 * DAY_MS;
/** What others did is told by mail at most once in this time, each sort of it; what comes meanwhile goes with the next letter. */
export const TOLD_PAUSE_MS = 6 * HOUR_MS;
/** An invitation that no mail server took is taken back after this long, and its address forgotten. */
export const UNSENT_LETTER_MS = 7 * DAY_MS;
/** A place in the queue for invitations ends after this long. */
export const PLACE_MS = 90 * DAY_MS;
/** An address that was put into the queue and not confirmed is forgotten after this long. */
export const UNCONFIRMED_PLACE_MS = 7 * DAY_MS;
/** Who asks for a place again is written to again after this long, and not before. */
export const PLACE_LETTER_MS = DAY_MS;
/** Invitations of a day are counted over this time. */
export const QUEUE_DAY_MS = DAY_MS;
/** Hashes of spent secrets stand in the database until the list beside it surely has them. */
export const SPENT_KEPT_MS = 90 * DAY_MS;
