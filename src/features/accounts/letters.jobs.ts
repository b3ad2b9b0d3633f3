/**
 * Sends letters, and invites from the queue. A job holds ids: whom a letter goes to, and whether it is still to go, is
 * looked up when it is sent, and the secret of its link is made then. Each may be sent twice, when the process ends between
 * a letter and the note of it; the link in the later one is the good one.
 */
import { z } from 'zod';
import type { Handle } from '../../platform/db/tables.ts';
import type { Ground } from '../../platform/ground.ts';
import type { Seal } from '../../platform/files/seal.ts';
import { enqueue } from '../../platform/jobs/queue.ts';
import type { JobKind } from '../../platform/jobs/runner.ts';
import type { Letter } from '../../platform/mail/letter.ts';
import type { Post } from '../../platform/mail/post.ts';
import { siteSettings } from '../site/index.ts';
import { INVITATION_MS } from './account.ts';
import {
  forgetAddress,
  forgetOldAddresses,
  forgetOldAddressLetters,
  makeAddressLink,
  takeBackAddressLetter,
} from './addresses.actions.ts';
import { mailAddressOf } from './addresses.queries.ts';
import { forgetOldPasswordLinks, makePasswordLink, takeBackPasswordLink } from './forgotten.actions.ts';
import { forgetOldHappenings } from './happenings.actions.ts';
import { happeningToTell, newDevicesSince } from './happenings.queries.ts';
import { forgetInvitationLetter, makeCodeToSend, takeBackUnsent } from './invitation-letters.actions.ts';
import { countedAddress, leavingAddress } from './letters.queries.ts';
import { ABOUT, isChosen, type ChosenAbout } from './letter-choices.ts';
import { LETTER } from './letter-kinds.ts';
import {
  addressInUseLetter,
  addressLeftLetter,
  confirmAddressLetter,
  invitationLetter,
  newDevicesLetter,
  newPasswordLetter,
  happeningLetter,
  queueLetter,
  toldLetter,
  type Letterhead,
} from './letters.ts';
import { ADDRESS_LETTER_PAUSE_MS } from './mail-limits.ts';
import { forgetOldPlaces, inviteFromQueue, makePlaceLink, noteTold } from './queue.actions.ts';
import { preferencesOf } from './preferences.queries.ts';
import { forgetOldSpent } from './spent.actions.ts';
import { noteLetterSent } from './told.actions.ts';
import { turnOffPath } from './turn-off.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const ofAddress = z.object({ address: z.number() });
const ofHappening = z.object({ happening: z.number() });
const ofDevices = z.object({ account: z.number(), from: z.number() });
const ofTold = z.object({ account: z.number(), about: z.enum(ABOUT) });
const ofAccountOrNobody = z.object({ account: z.number().nullable() });
const ofInvitation = z.object({ invitation: z.number() });
const ofRequest = z.object({ request: z.number() });

/**
 * Whether something of a sort that letters tell of still waits for an account: it may have been taken back since the letter was put.
 * True for what waits for no answer.
 */
export type StillWaits = (handle: Handle, accountId: number, about: ChosenAbout) => Promise<boolean>;

/** The jobs of letters. In an archive that sends no mail they are done without one. */
export function letterJobs({ db, now, post }: Ground, seal: Seal, waits: StillWaits): JobKind[] {
  type Send = (to: string, write: (head: Letterhead) => Letter) => Promise<void>;
  /** A server that is down is asked eight times, over two hours. */
  const letter = (kind: string, run: (send: Send, payload: unknown) => Promise<void>): JobKind => ({
    kind,
    firstPause: MINUTE_MS,
    run: async (payload) => {
      if (post !== null) await run(await sender(post), payload);
    },
  });
  const sender = async (open: Post): Promise<Send> => {
    const { name } = await siteSettings(db.reads);
    return (to, write) => open.send(to, write({ archive: name, origin: open.origin }));
  };

  return [
    letter(LETTER.address, async (send, payload) => {
      const { address: id } = ofAddress.parse(payload);
      const counted = await countedAddress(db.reads, id);
      if (counted === null) return;
      const mark = await seal.mark(counted);
      const link = await db.write((tx) => makeAddressLink(tx, now(), id, mark));
      if (link === null) return;
      if ('later' in link) {
        const job = { kind: LETTER.address, payload: { address: id }, runAt: now() + ADDRESS_LETTER_PAUSE_MS };
        await db.write((tx) => enqueue(tx, now(), job));
        return;
      }
      try {
        await send(link.to, (head) =>
          'inUse' in link ? addressInUseLetter(head) : confirmAddressLetter(head, link.token),
        );
      } catch (error) {
        await db.write((tx) => takeBackAddressLetter(tx, link.letter));
        throw error;
      }
    }),
    letter(LETTER.addressLeft, async (send, payload) => {
      const { address: id } = ofAddress.parse(payload);
      const to = await leavingAddress(db.reads, id);
      if (to === null) return;
      await send(to, addressLeftLetter);
      await db.write((tx) => forgetAddress(tx, now(), id));
    }),
    letter(LETTER.happening, async (send, payload) => {
      const told = await happeningToTell(db.reads, ofHappening.parse(payload).happening);
      const to = told && (await mailAddressOf(db.reads, told.accountId));
      if (told && to !== null) await send(to, (head) => happeningLetter(head, told.kind, told.device));
    }),
    letter(LETTER.newDevices, async (send, payload) => {
      const { account, from } = ofDevices.parse(payload);
      const to = await mailAddressOf(db.reads, account);
      const count = await newDevicesSince(db.reads, account, from);
      if (to !== null && count > 0) await send(to, (head) => newDevicesLetter(head, count));
    }),
    letter(LETTER.told, async (send, payload) => {
      const { account, about } = ofTold.parse(payload);
      const to = await mailAddressOf(db.reads, account);
      if (to === null) return;
      if (!isChosen(about)) return send(to, (head) => toldLetter(head, about, null));
      if (!(await preferencesOf(db.reads, account)).letters[about]) return;
      if (!(await waits(db.reads, account, about))) return;
      const off = await turnOffPath(seal, account, about);
      await send(to, (head) => toldLetter(head, about, head.origin + off));
      await db.write((tx) => noteLetterSent(tx, now(), account, about));
    }),
    letter(LETTER.newPassword, async (send, payload) => {
      const { account } = ofAccountOrNobody.parse(payload);
      if (account === null) return;
      const link = await db.write((tx) => makePasswordLink(tx, now(), account));
      if (link === null) return;
      try {
        await send(link.to, (head) => newPasswordLetter(head, link.token));
      } catch (error) {
        // It counts towards those that an account is sent, and this one was not.
        await db.write((tx) => takeBackPasswordLink(tx, link.token));
        throw error;
      }
    }),
    letter(LETTER.invitation, async (send, payload) => {
      const { invitation } = ofInvitation.parse(payload);
      const made = await db.write((tx) => makeCodeToSend(tx, now(), invitation));
      if (made !== null) await send(made.to, (head) => invitationLetter(head, made.code, INVITATION_MS / DAY_MS));
      await db.write((tx) => forgetInvitationLetter(tx, invitation));
    }),
    letter(LETTER.place, async (send, payload) => {
      const { request } = ofRequest.parse(payload);
      const link = await db.write((tx) => makePlaceLink(tx, now(), request));
      if (link === null) return;
      await send(link.to, (head) => queueLetter(head, link.token));
      await db.write((tx) => noteTold(tx, now(), request));
    }),
    {
      kind: 'invite-from-queue',
      every: HOUR_MS,
      run: async () => {
        if (post !== null) await db.write((tx) => inviteFromQueue(tx, now()));
      },
    },
    {
      kind: 'forget-old-letters',
      every: 6 * HOUR_MS,
      run: () =>
        db.write(async (tx) => {
          await forgetOldAddresses(tx, now());
          await forgetOldPasswordLinks(tx, now());
          await takeBackUnsent(tx, now());
          await forgetOldPlaces(tx, now());
          await forgetOldSpent(tx, now());
          await forgetOldHappenings(tx, now());
          await forgetOldAddressLetters(tx, now());
        }),
    },
  ];
}
