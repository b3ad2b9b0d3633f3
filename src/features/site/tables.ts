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

/** Pages that the owner writes. */
export interface SitePagesTable {
  name: string;
  /** As the owner wrote it, in Markdown. */
  source: string;
  html: string;
  /** Version of the cleaning rules. */
  rules: number;
  updated_at: number;
}

declare module '../../platform/db/tables.ts' {
  interface Tables {
    site_settings: SiteSettingsTable;
    site_rules: SiteRulesTable;
    site_pages: SitePagesTable;
  }
}
