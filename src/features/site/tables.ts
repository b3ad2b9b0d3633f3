import type { Generated } from 'kysely';

export interface SiteSettingsTable {
  name: string;
  /** JSON. */
  value: string;
}

export interface SiteRulesTable {
  id: Generated<number>;
  kind: 'refused-label' | 'refused-rating' | 'registered-only';
  value: string;
  value_key: string;
  reason: string;
}

declare module '../../platform/db/tables.ts' {
  interface Tables {
    site_settings: SiteSettingsTable;
    site_rules: SiteRulesTable;
  }
}
