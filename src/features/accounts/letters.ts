/** The letters that accounts are sent. No subject says more than what it is about, and none names a pseud. Pure. */
import type { Letter } from '../../platform/mail/letter.ts';
import type { ToldHappening } from './happening.ts';
import type { About } from './letter-choices.ts';

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

/** What a letter about an account's safety says; each is sent at once, and none can be turned off. */
const SAFETY: Record<ToldHappening, { subject: string; said: (archive: string, device: string) => string }> = {
  'new-device': {
    subject: 'You signed in on a new device',
    said: (archive, device) =>
      `Your account at ${archive} was signed in to on a device that it was not known on${device === '' ? '' : `: ${device}`}.`,
  },
  'name-changed': {
    subject: 'Your name to sign in with was changed',
    said: (archive) => `The name that you sign in with at ${archive} was changed.`,
  },
  'password-changed': {
    subject: 'Your password was changed',
    said: (archive) =>
      `The password of your account at ${archive} was changed, and all its other devices were signed out.`,
  },
  'codes-renewed': {
    subject: 'You have new recovery codes',
    said: (archive) => `New recovery codes were made for your account at ${archive}. The earlier ones are void.`,
  },
  'authenticator-on': {
    subject: 'Authenticator codes were turned on',
    said: (archive) => `From now on, signing in to your account at ${archive} by password asks for a code of an app.`,
  },
  'authenticator-off': {
    subject: 'Authenticator codes were turned off',
    said: (archive) =>
      `Signing in to your account at ${archive} asks for no code any more: the password alone lets in.`,
  },
  'passkey-added': {
    subject: 'A passkey was added',
    said: (archive) => `A passkey was added to your account at ${archive}. It lets in without the password.`,
  },
  'passkey-removed': {
    subject: 'A passkey was removed',
    said: (archive) => `A passkey was removed from your account at ${archive}. It lets nobody in any more.`,
  },
  'token-made': {
    subject: 'A token was made',
    said: (archive) => `A token was made by which a program can use ${archive} as you.`,
  },
};

/** To the account something happened to that is about its safety. `device`: "Firefox on Linux", or ''. */
export function happeningLetter(head: Letterhead, kind: ToldHappening, device: string): Letter {
  const { subject, said } = SAFETY[kind];
  return {
    subject,
    parts: signed(head, [
      said(head.archive, device),
      'If that was not you, set a new password, which signs out all devices:',
      { link: `${head.origin}/forgotten` },
      'What happened lately with your account, and where it is signed in, stands here:',
      { link: `${head.origin}/account` },
    ]),
  };
}

/** What a letter tells of what others did. Neither work nor person is named: who reads along learns nothing, and what is taken back or hidden meanwhile is told to nobody. */
const TOLD: Record<About, { subject: string; said: (archive: string) => string; path: string }> = {
  'co-creation': {
    subject: 'An invitation to create a work together',
    said: (archive) => `Somebody at ${archive} invites you to create a work with them. Answer them here:`,
    path: '/account/co-creation',
  },
  gift: {
    subject: 'A work was given to you',
    said: (archive) => `Somebody at ${archive} gives you a work. It is shown as a gift once you accept it:`,
    path: '/account/gifts',
  },
  'related-work': {
    subject: 'A work goes back to yours',
    said: (archive) =>
      `Somebody at ${archive} says that a work of yours inspired theirs, or that theirs is a translation. It is shown once you approve:`,
    path: '/account/related-works',
  },
  report: {
    subject: 'Your report was answered',
    said: (archive) => `A report that you made at ${archive} was answered. The answer stands here:`,
    path: '/reports/mine',
  },
  measure: {
    subject: 'About your account',
    said: (archive) =>
      `The moderators of ${archive} have taken a measure about your account. What and why stands here:`,
    path: '/standing',
  },
};

/** To the account that others did something about. `off`: where such letters are turned off; null for those that always come. */
export function toldLetter(head: Letterhead, about: About, off: string | null): Letter {
  const { subject, said, path } = TOLD[about];
  return {
    subject,
    parts: signed(head, [
      said(head.archive),
      // By way of the sign-in: who is signed in passes through, and who is not comes back there.
      { link: `${head.origin}/sign-in?return=${path}` },
      ...(off === null ? [] : ['To get no such letters any more, open this page:', { link: off }]),
    ]),
    ...(off === null ? {} : { turnOff: off }),
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
