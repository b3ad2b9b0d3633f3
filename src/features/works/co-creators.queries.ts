/** Who creates a work and who is invited to, for those who keep it; and what an account is asked about works of others. */
import type { Handle } from '../../platform/db/tables.ts';
import type { Viewer } from '../accounts/index.ts';
import { creatorsOf } from './cards.queries.ts';
import type { Creator } from './work.ts';
import { mayManageSql } from './visible.ts';
import './tables.ts';

/** Somebody in the byline, as the others who keep the work see them. */
export interface WorkCreator extends Creator {
  /** The viewer's own pseud, which they can take out. Which other names are one person's is told to nobody. */
  own: boolean;
}

export interface InvitedCreator {
  /** What the invitation is called by. */
  invitation: string;
  name: string;
}

export interface CreatorsOfWork {
  creators: WorkCreator[];
  invited: InvitedCreator[];
  /** Pseuds that have refused. */
  refused: string[];
}

/** Takes a work that the viewer keeps. */
export async function creatorsAndInvited(handle: Handle, viewer: Viewer, workId: number): Promise<CreatorsOfWork> {
  const rows = await handle
    .selectFrom('work_creators')
    .leftJoin('pseuds', 'pseuds.id', 'work_creators.pseud_id')
    .leftJoin('imported_creators', 'imported_creators.id', 'work_creators.imported_creator_id')
    .select([
      'work_creators.invitation',
      'work_creators.state',
      'pseuds.public_id as pseud_public_id',
      'pseuds.name as pseud_name',
      'pseuds.account_id',
      'imported_creators.public_id as imported_public_id',
      'imported_creators.name as imported_name',
    ])
    .where('work_creators.work_id', '=', workId)
    .orderBy('work_creators.position')
    .execute();
  const refused = await handle
    .selectFrom('creator_refusals')
    .innerJoin('pseuds', 'pseuds.id', 'creator_refusals.pseud_id')
    .select('pseuds.name')
    .where('creator_refusals.work_id', '=', workId)
    .orderBy('creator_refusals.at')
    .execute();
  return {
    creators: rows
      .filter((row) => row.state === 'accepted')
      .map((row) => ({
        kind: row.pseud_public_id === null ? ('imported' as const) : ('pseud' as const),
        publicId: row.pseud_public_id ?? row.imported_public_id ?? '',
        name: row.pseud_name ?? row.imported_name ?? '',
        own: row.account_id !== null && row.account_id === viewer.accountId,
      })),
    invited: rows
      .filter((row) => row.state === 'invited' && row.invitation !== null)
      .map((row) => ({ invitation: row.invitation ?? '', name: row.pseud_name ?? '' })),
    refused: refused.map((row) => row.name),
  };
}

/** An invitation as the invited see it: enough to answer it, and nothing more of the work. */
export interface InvitationToCreate {
  invitation: string;
  /** The pseud of theirs that was invited. */
  pseud: string;
  /** Who invited; null where they have gone. */
  by: string | null;
  title: string;
  language: string | null;
  /** The names in the byline; none of an anonymous work. */
  creators: string[];
  at: number;
}

/** The invitations that wait for the viewer's answer, the newest first. None to a work that is deleted or hidden. */
export async function invitationsToCreate(handle: Handle, viewer: Viewer): Promise<InvitationToCreate[]> {
  if (viewer.accountId === null) return [];
  const rows = await openInvitations(handle, viewer.accountId)
    .leftJoin('pseuds as inviting', 'inviting.id', 'work_creators.invited_by')
    .select([
      'works.id',
      'works.title',
      'works.language',
      'work_creators.invitation',
      'work_creators.invited_at',
      'pseuds.name as pseud',
      'inviting.name as by',
    ])
    .orderBy('work_creators.invited_at', 'desc')
    .orderBy('works.id', 'desc')
    .limit(MOST_ASKED)
    .execute();
  // Asked as nobody in particular: whoever is not a creator yet learns no name behind an anonymous work.
  const nobody: Viewer = { ...viewer, accountId: null };
  const bylines =
    rows.length === 0
      ? new Map<number, Creator[]>()
      : await creatorsOf(
          handle,
          nobody,
          rows.map((row) => row.id),
        );
  return rows.map((row) => ({
    invitation: row.invitation ?? '',
    pseud: row.pseud,
    by: row.by,
    title: row.title,
    language: row.language,
    creators: (bylines.get(row.id) ?? []).map((creator) => creator.name),
    at: row.invited_at ?? 0,
  }));
}

/** How many questions about works of others, or of several, wait for the viewer: invitations, and deletions to agree to. */
export async function countAskedOf(handle: Handle, viewer: Viewer): Promise<number> {
  if (viewer.accountId === null) return 0;
  const { invitations } = await openInvitations(handle, viewer.accountId)
    .select((count) => count.fn.countAll<number>().as('invitations'))
    .executeTakeFirstOrThrow();
  return Number(invitations) + (await deletionsAsked(handle, viewer)).length;
}

/** Invitations of an account that can be answered: none to a work that is deleted or hidden. */
function openInvitations(handle: Handle, accountId: number) {
  return handle
    .selectFrom('work_creators')
    .innerJoin('pseuds', 'pseuds.id', 'work_creators.pseud_id')
    .innerJoin('works', 'works.id', 'work_creators.work_id')
    .where('pseuds.account_id', '=', accountId)
    .where('work_creators.state', '=', 'invited')
    .where('work_creators.invitation', 'is not', null)
    .where('works.deleted_at', 'is', null)
    .where('works.hidden', '=', 0);
}

/** So many questions are shown at once; answered ones make room. */
const MOST_ASKED = 100;

/** How a deletion stands that has to be agreed on. */
export interface DeletionStanding {
  /** Whether somebody asks for it. */
  asked: boolean;
  /** Whether the viewer has agreed. */
  agreed: boolean;
  /** Whether anybody beside the viewer has still to agree. Who, is told to nobody. */
  othersMissing: boolean;
}

/** Takes a work that the viewer keeps. */
export async function deletionStanding(handle: Handle, viewer: Viewer, workId: number): Promise<DeletionStanding> {
  // Who brought it in keeps it as its creators do; nobody stands behind an orphaned work who could agree.
  const keepers = await handle
    .selectFrom('pseuds')
    .innerJoin('accounts', 'accounts.id', 'pseuds.account_id')
    .select('pseuds.account_id')
    .distinct()
    .where('accounts.orphans', '=', 0)
    .where((pseud) =>
      pseud.or([
        pseud(
          'pseuds.id',
          'in',
          pseud
            .selectFrom('work_creators')
            .select('pseud_id')
            .where('work_id', '=', workId)
            .where('state', '=', 'accepted')
            .where('pseud_id', 'is not', null),
        ),
        pseud(
          'pseuds.id',
          'in',
          pseud.selectFrom('works').select('archived_by').where('id', '=', workId).where('archived_by', 'is not', null),
        ),
      ]),
    )
    .execute();
  const rows = await handle
    .selectFrom('deletion_agreements')
    .select('account_id')
    .where('work_id', '=', workId)
    .execute();
  const agreed = new Set(rows.map((row) => row.account_id));
  return {
    asked: agreed.size > 0,
    agreed: viewer.accountId !== null && agreed.has(viewer.accountId),
    othersMissing: keepers.some(({ account_id: id }) => id !== viewer.accountId && !agreed.has(id)),
  };
}

/** Works that the viewer keeps, whose deletion others ask for and the viewer has not agreed to. */
export async function deletionsAsked(
  handle: Handle,
  viewer: Viewer,
): Promise<{ publicId: string; title: string; language: string | null }[]> {
  const { accountId } = viewer;
  if (accountId === null) return [];
  const rows = await handle
    .selectFrom('works')
    .select(['works.public_id', 'works.title', 'works.language'])
    .where('works.deleted_at', 'is', null)
    .where((work) => mayManageSql(work, viewer))
    .where('works.id', 'in', (asked) => asked.selectFrom('deletion_agreements').select('work_id'))
    .where('works.id', 'not in', (own) =>
      own.selectFrom('deletion_agreements').select('work_id').where('account_id', '=', accountId),
    )
    .orderBy('works.id', 'desc')
    .limit(MOST_ASKED)
    .execute();
  return rows.map((row) => ({ publicId: row.public_id, title: row.title, language: row.language }));
}
