import { z } from 'zod';
import type { Feature } from '../../platform/feature.ts';
import { eraseAccountRows, forgetEndedSessions } from './actions.ts';
import { authenticatorRoutes } from './authenticator/authenticator.routes.tsx';
import { secondStepRoutes } from './authenticator/second-step.routes.tsx';
import { forgetEndedKeys } from './ended-keys.actions.ts';
import { ownAccountRoutes } from './account.routes.tsx';
import { addressRoutes } from './addresses.routes.tsx';
import { forgottenRoutes } from './forgotten.routes.tsx';
import { invitationRoutes } from './invitations.routes.tsx';
import { REMOVE_ICON, removeIconFile } from './pseuds/icon.actions.ts';
import { startIconMaker } from './pseuds/icon-picture.ts';
import { iconRoutes, type IconNeeds } from './pseuds/icon.routes.ts';
import type { SignedWorks } from './pseuds/pseuds.actions.ts';
import { pseudRoutes } from './pseuds/pseuds.routes.tsx';
import { joiningRoutes } from './joining.routes.tsx';
import { letterJobs, type StillWaits } from './letters.jobs.ts';
import type { Door } from './passwords/door.ts';
import { passkeyRoutes } from './passkeys/passkeys.routes.tsx';
import { passkeySignInRoutes } from './passkeys/sign-in.routes.tsx';
import { tokenRoutes } from './tokens/tokens.routes.tsx';
import { opennessRoutes } from './openness.routes.tsx';
import { preferencesRoutes, type PreferencesNeeds } from './preferences.routes.tsx';
import { queueRoutes } from './queue.routes.tsx';
import { endWhatLetsIn } from './restored.actions.ts';
import { accountRoutes } from './routes.tsx';
import { signInRoutes } from './sign-in.routes.tsx';
import type { Resume } from './signed-out.web.tsx';
import { takenAccount } from './take-out.queries.ts';
import { turnOffRoutes } from './turn-off.routes.tsx';
import type { ArchiveEnv } from './web.ts';

export { askToSignInAgain } from './signed-out.web.tsx';

const HOUR_MS = 3_600_000;

/** What accounts need from the features above them. */
export interface AccountsNeeds {
  /** Goes on with a form that was carried through a sign-in. */
  resume: Resume;
  /** What pseuds sign. */
  works: SignedWorks;
  preferences: PreferencesNeeds;
  /** Who may see the page of a pseud. */
  isShown: IconNeeds['isShown'];
  /** Whether there still is what a letter is to tell of. */
  stillWaits: StillWaits;
}

/** @param door how passwords are compared, and how often one may try; the same for all who ask for one. */
export function accountsFeature(needs: AccountsNeeds, door: Door): Feature<ArchiveEnv> {
  const maker = startIconMaker();
  return {
    name: 'accounts',
    takesLong: /^\/account\/pseuds\/[^/]+\/(?:profile|icon)$/,
    carriesTyped: /^\/sign-in(?:\/code|\/passkey)?$/,
    routes: (web, ground) => {
      accountRoutes(web, ground);
      joiningRoutes(web, ground, door);
      signInRoutes(web, ground, door, needs.resume);
      ownAccountRoutes(web, ground, door);
      invitationRoutes(web, ground);
      preferencesRoutes(web, ground, needs.preferences);
      opennessRoutes(web, ground);
      const pages = pseudRoutes(web, ground, needs.works);
      iconRoutes(web, ground, { pages, maker, isShown: needs.isShown });
      addressRoutes(web, ground, door);
      forgottenRoutes(web, ground, door);
      queueRoutes(web, ground);
      secondStepRoutes(web, ground, { door, resume: needs.resume });
      authenticatorRoutes(web, ground, door);
      passkeySignInRoutes(web, ground, needs.resume);
      passkeyRoutes(web, ground, door);
      tokenRoutes(web, ground, door);
      turnOffRoutes(web, ground, door.seal);
    },
    jobs: (ground) => [
      ...letterJobs(ground, door.seal, needs.stillWaits),
      {
        kind: 'forget-ended-sessions',
        every: 6 * HOUR_MS,
        run: () => ground.db.write((tx) => forgetEndedSessions(tx, ground.now())),
      },
      {
        kind: 'forget-ended-keys',
        every: 6 * HOUR_MS,
        run: () => ground.db.write((tx) => forgetEndedKeys(tx, ground.now())),
      },
      {
        kind: REMOVE_ICON,
        run: (payload) => ground.db.write((tx) => removeIconFile(tx, ground.files, z.string().parse(payload))),
      },
    ],
    stop: () => maker.close(),
    restored: endWhatLetsIn,
    takeOut: { account: takenAccount },
    erase: {
      accountTables: [
        'account_roles',
        'account_preferences',
        'pseuds',
        'pseud_profiles',
        'pseud_icons',
        'sessions',
        'owner_links',
        'credentials',
        'recovery_codes',
        'invitations',
        'pseud_openness',
        'email_addresses',
        'password_links',
        'authenticators',
        'half_sessions',
        'passkey_users',
        'passkeys',
        'passkey_challenges',
        'api_tokens',
        'account_happenings',
        'known_devices',
        'told_letters',
        'address_letters',
      ],
      account: eraseAccountRows,
    },
  };
}
