/**
 * What a reader makes of a file: a work as its source describes it, before anything is matched, mapped or cleaned.
 * Names stand here as the source wrote them; mapping to the archive's own vocabularies comes later, in one place.
 */
import type { Repair } from './restore/repair.ts';

/** A piece of author's text and the notation it is written in. Nothing in it has been cleaned. */
export interface ImportedText {
  format: 'html' | 'markdown' | 'text';
  source: string;
}

/**
 * How a text that had lost its form was put back: what it was, and every change. The texts of the work's fields are what
 * `restore/compose.ts` makes of these; the review makes them again when a person undoes or takes a repair.
 */
export interface Rescue {
  /** The notation of `source`. */
  notation: 'text' | 'html';
  /** The piece of the decoded file (`SourceFile.raw`) that was rescued, as UTF-16 offsets; usually all of it. */
  from: number;
  to: number;
  repairs: Repair[];
}

/** A name from outside. It is never matched to a pseud of this archive. */
export interface ImportedCreatorName {
  name: string;
  /** The creator's page at the source, an absolute http(s) address, when the source links to it. */
  url?: string;
  /** "Name [archived by X]" on an AO3 import of an older archive: X. */
  archivedBy?: string;
}

export interface ImportedSeries {
  title: string;
  /** 1-based place in the series, when stated. */
  position?: number;
  url?: string;
}

export interface ImportedChapter {
  title?: string;
  summary?: ImportedText;
  notes?: ImportedText;
  endNotes?: ImportedText;
  /** YYYY-MM-DD */
  published?: string;
  text: ImportedText;
}

export interface ImportedWork {
  title?: string;
  creators: ImportedCreatorName[];
  summary?: ImportedText;
  notes?: ImportedText;
  endNotes?: ImportedText;
  /** As the source wrote them: "Teen And Up Audiences", "PG-13", … */
  rating?: string;
  warnings: string[];
  categories: string[];
  fandoms: string[];
  relationships: string[];
  characters: string[];
  freeforms: string[];
  /** A BCP 47 code or a language's own or English name, as stated. */
  language?: string;
  series: ImportedSeries[];
  status?: 'complete' | 'in-progress' | 'on-hiatus' | 'discontinued';
  /** Chapters the creator plans; null where the source says "?". Absent where it says nothing. */
  plannedChapters?: number | null;
  /** YYYY-MM-DD */
  published?: string;
  /** YYYY-MM-DD */
  updated?: string;
  /** Words as the source counts them. */
  statedWords?: number;
  /** Where the work lived: the absolute address, which is also the key by which it is known again. */
  sourceUrl?: string;
  chapters: ImportedChapter[];
  /** The title is not the source's: it was made of the file's name or the opening words. */
  titleDerived?: 'name' | 'opening';
  rescue?: Rescue;
  /** One sentence for each thing in the file that has no place here, naming it; nothing is dropped in silence. */
  unmapped: string[];
  /** One sentence for each thing that was mended while reading. */
  repairs: string[];
}

/** A work with nothing known about it, for readers to fill. */
export function emptyImportedWork(): ImportedWork {
  return {
    creators: [],
    warnings: [],
    categories: [],
    fandoms: [],
    relationships: [],
    characters: [],
    freeforms: [],
    series: [],
    chapters: [],
    unmapped: [],
    repairs: [],
  };
}
