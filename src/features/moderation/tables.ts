import type { Generated } from 'kysely';
import type { Time } from '../../platform/db/tables.ts';
import type { PseudPart } from '../accounts/index.ts';
import type { Gone } from './gone.ts';
import type { MeasureKind } from './measure.ts';
import type { ReportState, SubjectKind } from './report.ts';

export interface ReportsTable {
  id: Generated<number>;
  public_id: string;
  subject_kind: SubjectKind | 'gone';
  subject_id: number;
  path: string;
  reason: string;
  words: string;
  reporter_id: number | null;
  /** Of the link by which a guest reads the answer. */
  secret_hash: string | null;
  /** Kept until the report is closed. */
  email: string | null;
  state: ReportState;
  outcome: string | null;
  answer: string;
  claimed_by: number | null;
  created_at: Time;
  closed_at: Time | null;
  /** How what is reported went; null while it is there. */
  gone: Generated<Gone | null>;
}

export interface ReportNotesTable {
  id: Generated<number>;
  report_id: number;
  account_id: number | null;
  words: string;
  at: Time;
}

export interface WorkHidingsTable {
  work_id: number;
  reason: string;
  at: Time;
}

export interface AccountMeasuresTable {
  id: Generated<number>;
  public_id: string;
  account_id: number;
  pseud_id: number | null;
  kind: MeasureKind;
  /** What a warning took away. */
  removed: Generated<PseudPart | null>;
  reason: string;
  at: Time;
  ends_at: Time | null;
  lifted_at: Time | null;
  acknowledged_at: Time | null;
}

export interface ModeratorLooksTable {
  session_hash: string;
  kind: 'hidden-work' | 'work-creators' | 'other-pseuds';
  subject_id: number;
  ends_at: Time;
}

export interface AuditLogTable {
  id: Generated<number>;
  /** Null once the account is erased. */
  account_id: number | null;
  used_right: string;
  action: string;
  subject_kind: string;
  subject_id: number;
  reason: string;
  at: Time;
}

export interface LegalNoticesTable {
  id: Generated<number>;
  public_id: string;
  account_id: number | null;
  kind: string;
  name: string;
  email: string;
  on_behalf_of: string;
  places: string;
  what: string;
  why: string;
  signature: string;
  state: 'open' | 'closed';
  decision: string;
  created_at: Time;
  closed_at: Time | null;
}

declare module '../../platform/db/tables.ts' {
  interface Tables {
    reports: ReportsTable;
    report_notes: ReportNotesTable;
    work_hidings: WorkHidingsTable;
    account_measures: AccountMeasuresTable;
    moderator_looks: ModeratorLooksTable;
    audit_log: AuditLogTable;
    legal_notices: LegalNoticesTable;
  }
}
