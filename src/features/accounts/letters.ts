/** The letters that accounts are sent. No subject says more than what it is about, and none names a pseud. Pure. */
import type { Letter } from '../../platform/mail/letter.ts';

/** The archive that a letter comes from. */
export interface Letterhead {
  /** As its owner calls it. */
  archive: string;
  /** Its public address, without a trailing slash. */
  origin: string;
}

const signed = ({ archive, origin }: Letterhead, parts: Letter['parts']): Letter['parts'] => [
  ...parts,
  `— ${archive}, ${origin}`,
];
const NOT_YOU = 'If that was not you, you need not do anything: nothing happens without the link.';

/** To an address that somebody has given as theirs. */
export function confirmAddressLetter(head: Letterhead, token: string): Letter {
  return {
    subject: 'Confirm your e-mail address',
    parts: signed(head, [
      `This address was given for an account at ${head.archive}. Open this page to confirm it, within 7 days:`,
      { link: `${head.origin}/account/email/confirmation/${token}` },
      NOT_YOU,
    ]),
  };
}

/** In its place, to an address that another account here has confirmed: the page that asked does not say so. */
export function addressInUseLetter(head: Letterhead): Letter {
  return {
    subject: 'Your e-mail address was given once more',
    parts: signed(head, [
      `This address was given for an account at ${head.archive}. It belongs to another account there already, so nothing was changed.`,
      'If you have forgotten that you have an account, you can set a new password for it:',
      { link: `${head.origin}/forgotten` },
      'To use the address for the new account, remove it from the other one first. If none of this was you, you need not do anything.',
    ]),
  };
}

/** To an address that is an account's no more. */
export function addressLeftLetter(head: Letterhead): Letter {
  return {
    subject: 'This is not your e-mail address any more',
    parts: signed(head, [
      `An account at ${head.archive} had this address. It was removed from it, or another one has taken its place.`,
      'If that was not you, sign in, change your password and look at the devices that are signed in. If you cannot, use a recovery code:',
      { link: `${head.origin}/sign-in/recovery` },
    ]),
  };
}

/** To the account whose password is another since a moment ago. */
export function passwordChangedLetter(head: Letterhead): Letter {
  return {
    subject: 'Your password was changed',
    parts: signed(head, [
      `The password of your account at ${head.archive} was changed, and all its other devices were signed out.`,
      'If that was not you, set a new one:',
      { link: `${head.origin}/forgotten` },
    ]),
  };
}

/** To the account for which somebody has said that they forgot the password. */
export function newPasswordLetter(head: Letterhead, token: string): Letter {
  return {
    subject: 'Set a new password',
    parts: signed(head, [
      `A new password was asked for, for your account at ${head.archive}. This link sets it, within an hour and once:`,
      { link: `${head.origin}/forgotten/${token}` },
      `${NOT_YOU} Your password stays as it is.`,
    ]),
  };
}

/** An invitation, to whatever address somebody gave. Who gave it is not said. `days`: for how long it is good. */
export function invitationLetter(head: Letterhead, code: string, days: number): Letter {
  return {
    subject: 'Your invitation',
    parts: signed(head, [
      `You are invited to join ${head.archive}, an archive of fanworks. The invitation lets one person in, within ${days} days:`,
      { link: `${head.origin}/join?invitation=${code}` },
      'Or type the code yourself:',
      { code },
      'If you do not want it, you need not do anything. The archive has forgotten your address already.',
    ]),
  };
}

/** To an address that was put into the queue for invitations. */
export function queueLetter(head: Letterhead, token: string): Letter {
  return {
    subject: 'Confirm your place in the queue',
    parts: signed(head, [
      `This address was put into the queue for invitations to ${head.archive}. Open this page to confirm it:`,
      { link: `${head.origin}/invitations/queue/${token}` },
      'The same page shows your place later, and takes you out of the queue. Keep this mail until then.',
      NOT_YOU,
    ]),
  };
}
