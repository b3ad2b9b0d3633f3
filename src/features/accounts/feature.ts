import { z } from 'zod';
import type { Feature } from '../../platform/feature.ts';
import { eraseAccountRows, forgetEndedSessions } from './actions.ts';
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
import { letterJobs } from './letters.jobs.ts';
import { openDoor } from './passwords/door.ts';
import { PASSWORD_COST, type PasswordCost } from './passwords/hash.ts';
import { opennessRoutes } from './openness.routes.tsx';
import { queueRoutes } from './queue.routes.tsx';
import { endWhatLetsIn } from './restored.actions.ts';
import { accountRoutes } from './routes.tsx';
import { signInRoutes } from './sign-in.routes.tsx';
import type { Resume } from './signed-out.web.tsx';
import type { ArchiveEnv } from './web.ts';

export { askToSignInAgain } from './signed-out.web.tsx';

const HOUR_MS = 3_600_000;

/** What accounts need from the features above them. */
export interface AccountsNeeds {
  /** Goes on with a form that was carried through a sign-in. */
  resume: Resume;
  /** What pseuds sign. */
  works: SignedWorks;
  /** Who may see the page of a pseud. */
  isShown: IconNeeds['isShown'];
}

/** @param passwordCost what a hash of a password costs; tests take less. */
export function accountsFeature(needs: AccountsNeeds, passwordCost: PasswordCost = PASSWORD_COST): Feature<ArchiveEnv> {
  const maker = startIconMaker();
  return {
    name: 'accounts',
    carriesTyped: /^\/sign-in$/,
    routes: (web, ground) => {
      const door = openDoor(ground.now, passwordCost);
      accountRoutes(web, ground);
      joiningRoutes(web, ground, door);
      signInRoutes(web, ground, door, needs.resume);
      ownAccountRoutes(web, ground, door);
      invitationRoutes(web, ground);
      opennessRoutes(web, ground);
      const pages = pseudRoutes(web, ground, needs.works);
      iconRoutes(web, ground, { pages, maker, isShown: needs.isShown });
      addressRoutes(web, ground, door);
      forgottenRoutes(web, ground, door);
      queueRoutes(web, ground);
    },
    jobs: (ground) => [
      ...letterJobs(ground),
      {
        kind: 'forget-ended-sessions',
        every: 6 * HOUR_MS,
        run: () => ground.db.write((tx) => forgetEndedSessions(tx, ground.now())),
      },
      {
        kind: REMOVE_ICON,
        run: (payload) => ground.db.write((tx) => removeIconFile(tx, ground.files, z.string().parse(payload))),
      },
    ],
    stop: () => maker.close(),
    restored: endWhatLetsIn,
    erase: {
      accountTables: [
        'account_roles',
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
      ],
      account: eraseAccountRows,
    },
  };
}
