/** The letters that accounts are sent. No subject says more than what it is about, and none names a pseud. Pure. */
import type { Letter } from '../../platform/mail/letter.ts';
import { NEW_DEVICES_KEPT, type ToldHappening } from './happening.ts';
import type { About } from './letter-choices.ts';
import { LATELY } from './ways-in.ts';

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
      `If that was not you, use a recovery code within ${LATELY}. It sets a new password, signs out all devices, and takes the other address away:`,
      { link: `${head.origin}/sign-in/recovery` },
      'Without a code, sign in, change your password, and say there that somebody else may have known the old one:',
      { link: `${head.origin}/sign-in?return=/account` },
    ]),
  };
}

interface SafetyWords {
  subject: string;
  said: (archive: string, device: string) => string;
  /** Where it is undone; none where a new password does that alone. */
  undo?: { words: string; path: string };
}

/** What a letter about an account's safety says; each is sent at once, and none can be turned off. */
const SAFETY: Record<ToldHappening, SafetyWords> = {
  'new-device': {
    subject: 'You signed in on a new device',
    said: (archive, device) =>
      `Your account at ${archive} was signed in to on a device that it was not known on${device === '' ? '' : `: ${device}`}.`,
  },
  'wrong-code': {
    subject: 'Your password was typed, and a wrong code',
    said: (archive) =>
      `Somebody typed the right password of your account at ${archive}, and then a wrong code. They were not let in. This is told at most once a day.`,
  },
  'name-changed': {
    subject: 'Your name to sign in with was changed',
    said: (archive) => `The name that you sign in with at ${archive} was changed.`,
    undo: { words: 'Ask for it by your e-mail address. Then change the name back:', path: '/account' },
  },
  'password-changed': {
    subject: 'Your password was changed',
    said: (archive) =>
      `The password of your account at ${archive} was changed, and all its other devices were signed out.`,
  },
  'codes-renewed': {
    subject: 'You have new recovery codes',
    said: (archive) => `New recovery codes were made for your account at ${archive}. The earlier ones are void.`,
    undo: { words: 'You can make these void by making new ones:', path: '/account' },
  },
  'authenticator-on': {
    subject: 'Authenticator codes were turned on',
    said: (archive) => `From now on, signing in to your account at ${archive} by password asks for a code of an app.`,
    undo: {
      words: `Within ${LATELY} the new password also turns these codes off; later they must be turned off by hand:`,
      path: '/account/authenticator',
    },
  },
  'authenticator-off': {
    subject: 'Authenticator codes were turned off',
    said: (archive) =>
      `Signing in to your account at ${archive} asks for no code any more: the password alone lets in.`,
    undo: { words: 'You can turn them on again:', path: '/account/authenticator' },
  },
  'passkey-added': {
    subject: 'A passkey was added',
    said: (archive) => `A passkey was added to your account at ${archive}. It lets in without the password.`,
    undo: { words: 'You can remove that passkey alone:', path: '/account/passkeys' },
  },
  'passkey-removed': {
    subject: 'A passkey was removed',
    said: (archive) => `A passkey was removed from your account at ${archive}. It lets nobody in any more.`,
  },
  'token-made': {
    subject: 'A token was made',
    said: (archive) => `A token was made by which a program can use ${archive} as you.`,
    undo: { words: 'You can revoke that token alone:', path: '/account/tokens' },
  },
};

/** To the account something happened to that is about its safety. `device`: "Firefox on Linux", or ''. */
export function happeningLetter(head: Letterhead, kind: ToldHappening, device: string): Letter {
  const { subject, said, undo } = SAFETY[kind];
  return { subject, parts: safetyParts(head, said(head.archive, device), undo) };
}

/** To the account that was signed in to on devices it was not known on, since the last letter about one. */
export function newDevicesLetter(head: Letterhead, count: number): Letter {
  const devices = count === 1 ? 'a device' : `${count}${count < NEW_DEVICES_KEPT ? '' : ' or more'} devices`;
  return {
    subject: 'You signed in on new devices',
    parts: safetyParts(
      head,
      `Since the last letter about it, your account at ${head.archive} was signed in to on ${devices} that it was not known on.`,
    ),
  };
}

function safetyParts(head: Letterhead, said: string, undo?: SafetyWords['undo']): Letter['parts'] {
  return signed(head, [
    said,
    'If that was not you, set a new password by mail. That signs out all devices, and ends all passkeys, tokens and recovery codes:',
    { link: `${head.origin}/forgotten` },
    ...(undo ? [undo.words, { link: `${head.origin}/sign-in?return=${undo.path}` }] : []),
    'What happened lately with your account, and where it is signed in, stands here:',
    { link: `${head.origin}/account` },
  ]);
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
