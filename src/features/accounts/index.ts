/** The front door of `accounts`: who is looking, what they may do, and the sessions behind it. */
export { pseudProblem, RIGHTS, ROLES, SESSION_LONGEST_MS, type Right, type Role } from './account.ts';
export { GUEST, guest, isHeld, may, type Viewer } from './viewer.ts';
export {
  defaultPseud,
  deviceKey,
  isOwnerLinkGood,
  ownerHasSignedIn,
  ownerViewer,
  sessionOf,
  viewerOf,
  type LiveSession,
  type OwnPseud,
} from './queries.ts';
export { DEFAULT_PREFERENCES, type AccountPreferences, type WritingDefaults } from './preferences.ts';
export { displayOf } from './preferences.view.ts';
export { choosePreferences } from './preferences.actions.ts';
export { preferencesOf } from './preferences.queries.ts';
export { orphanPseud } from './orphans.actions.ts';
export { iconPath, type ProfileLink, type PseudIcon } from './pseud-profile.ts';
export { addPseud, renameDefaultPseud, renamePseud, type SignedWorks } from './pseuds/pseuds.actions.ts';
export { namedIcons, profileOf, type PublicProfile } from './pseuds/pseuds.queries.ts';
export { queueLength } from './queue.queries.ts';
export { rememberSpent, spentSince } from './spent.actions.ts';
export { hashOfSecret, newSecret } from './secret.ts';
export { takePartAway, type PseudPart } from './pseuds/removed.actions.ts';
export { giveRole, setStanding, takeRole, type RoleRefusal } from './standing.actions.ts';
export { accountBehind, rolesHeld, type AccountBehind } from './standing.queries.ts';
export {
  consentToAdult,
  createAccount,
  endSession,
  ensureOwner,
  forgetEndedSessions,
  makeOwnerLink,
  startSession,
  touchSession,
  useOwnerLink,
} from './actions.ts';
export {
  ADULT_COOKIE,
  localPath,
  neverKept,
  NOTICE_COOKIE,
  seeOther,
  SESSION_COOKIE,
  type ArchiveContext,
  type ArchiveEnv,
} from './web.ts';
export type { Resume } from './signed-out.web.tsx';
export { PASSWORD_COST, type PasswordCost } from './passwords/hash.ts';
export { openDoor, type Door } from './passwords/door.ts';
export { isCodeDue, proveOwner } from './authenticator/both-proofs.ts';
export { tellByMail } from './told.actions.ts';
export type { ChosenAbout } from './letter-choices.ts';
export { endAllOthers } from './devices.actions.ts';
export { hasCredentials, isLastOwner } from './standing.queries.ts';
export { bearerDoor, writingToken, type BearerDoor } from './tokens/bearer.web.ts';
export { answeredBefore, answerKept, keepAnswer, type KeyedRequest } from './tokens/answers.actions.ts';
export type { LiveToken } from './tokens/tokens.queries.ts';
export { namesTried, type NamesTried } from './asking.web.ts';
export { findOpenPseud, notToBeAsked, SEVERAL_OF_THAT_NAME } from './openness.queries.ts';
