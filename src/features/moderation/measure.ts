/** Measures against an account: warnings, suspensions, bans, and what they come to together. Pure. */

export type MeasureKind = 'warning' | 'suspension' | 'ban';

export const MEASURE_WORDS: Record<MeasureKind, string> = {
  warning: 'Warning',
  suspension: 'Suspension',
  ban: 'Ban',
};

/** What a measure is called; a warning that took something away is called by that. */
export function wordsOfMeasure(measure: { kind: MeasureKind; removed: 'profile' | 'icon' | null }): string {
  if (measure.removed === null) return MEASURE_WORDS[measure.kind];
  return measure.removed === 'profile' ? 'Profile removed' : 'Icon removed';
}

/** What of a measure decides whether it holds. */
export interface Measure {
  kind: MeasureKind;
  /** Null for one without an end. */
  endsAt: number | null;
  liftedAt: number | null;
}

/** Whether a measure keeps its account from changing anything now. A warning never does. */
export function holds(measure: Measure, now: number): boolean {
  if (measure.kind === 'warning' || measure.liftedAt !== null) return false;
  return measure.endsAt === null || measure.endsAt > now;
}

export interface Standing {
  state: 'active' | 'suspended' | 'banned';
  /** When a suspension ends by itself. */
  until: number | null;
}

/** What all measures against an account come to: a ban outweighs a suspension, and the latest end counts. */
export function standingFrom(measures: readonly Measure[], now: number): Standing {
  const holding = measures.filter((measure) => holds(measure, now));
  if (holding.some((measure) => measure.kind === 'ban')) return { state: 'banned', until: null };
  if (holding.length === 0) return { state: 'active', until: null };
  const ends = holding.map((measure) => measure.endsAt);
  const until = ends.every((end) => end !== null) ? Math.max(...ends) : null;
  return { state: 'suspended', until };
}

/** Days a suspension can be given for; longer ones are given without an end and lifted. */
export const SUSPENSION_DAYS = 366;
const DAY_MS = 86_400_000;

/**
 * The end of a suspension from what was typed: a date (`2026-12-24`, whose day is still part of it, in UTC), or nothing
 * for one without an end. Undefined for what is neither, or has passed, or lies too far away.
 */
export function suspensionEnd(typed: string, now: number): number | null | undefined {
  if (typed === '') return null;
  if (!/^\d{4}-\d{2}-\d{2}$/.test(typed)) return undefined;
  const day = Date.parse(`${typed}T00:00:00Z`);
  // A day that no month has is read as one of the next.
  if (Number.isNaN(day) || new Date(day).toISOString().slice(0, 10) !== typed) return undefined;
  const end = day + DAY_MS;
  return end > now && end <= now + (SUSPENSION_DAYS + 1) * DAY_MS ? end : undefined;
}
