import type { Generated } from 'kysely';
import type { Flag, Time } from '../../platform/db/tables.ts';
import type { TagKind } from './tag.ts';

export interface TagsTable {
  id: Generated<number>;
  kind: TagKind;
  name: string;
  name_key: string;
  canonical: Generated<Flag>;
  unwrangleable: Generated<Flag>;
  synonym_of: number | null;
  created_at: Time;
}

export interface TagLinksTable {
  tag_id: number;
  relation: 'sub-of' | 'child-of';
  target_id: number;
}

export interface VocabularyTermsTable {
  vocabulary: 'rating' | 'warning' | 'category' | 'status' | 'relationship-kind';
  code: string;
  label: string;
  short: string;
  adult: Flag;
  position: number;
  tag_id: number | null;
}

/** Other names of a term: what files of other archives call it. */
export interface VocabularyNamesTable {
  vocabulary: VocabularyTermsTable['vocabulary'];
  name_key: string;
  code: string;
}

export interface LanguagesTable {
  code: string;
  name: string;
  english: string;
  direction: 'ltr' | 'rtl';
  position: number;
}

declare module '../../platform/db/tables.ts' {
  interface Tables {
    tags: TagsTable;
    tag_links: TagLinksTable;
    vocabulary_terms: VocabularyTermsTable;
    vocabulary_names: VocabularyNamesTable;
    languages: LanguagesTable;
  }
}
