/** What a word processor writes about a document beside its text: claims, to be taken with care. */
import type { ImportedWork } from '../imported-work.ts';
import { creatorFrom } from './creator-name.ts';
import { readXml } from './office-zip.ts';
import { isMachineName, saysNothing } from './page-facts.ts';
import { counted } from './story-blocks.ts';
import type { StoryBlock } from './story-blocks.ts';
import { layStory, same } from './story-chapters.ts';
import type { TakeHead } from './story-chapters.ts';

/** Property names of OOXML, ODF and RTF, without prefix, in one spelling. */
export interface DocumentFacts {
  title?: string;
  creators: string[];
  subject?: string;
  description?: string;
  keywords: string[];
  created?: string;
  modified?: string;
  language?: string;
}

/** Reads docProps/core.xml (OOXML) or meta.xml (ODF). */
export function factsFromXml(xml: string | undefined): DocumentFacts {
  const facts: DocumentFacts = { creators: [], keywords: [] };
  if (xml === undefined) return facts;
  const editors: string[] = [];
  let said = '';
  readXml(xml, {
    open: () => void (said = ''),
    text: (text) => void (said += text),
    close: (name) => {
      const value = said.replace(/\s+/g, ' ').trim();
      said = '';
      if (value === '') return;
      if (name === 'dc:title') facts.title ??= value;
      else if (name === 'meta:initial-creator') facts.creators.push(value);
      // In ODF this is who edited last; in OOXML, who made it.
      else if (name === 'dc:creator') editors.push(value);
      else if (name === 'dc:subject') facts.subject ??= value;
      else if (name === 'dc:description') facts.description ??= value;
      else if (name === 'cp:keywords' || name === 'meta:keyword') facts.keywords.push(value);
      else if (name === 'dcterms:created' || name === 'meta:creation-date') facts.created ??= value;
      else if (name === 'dcterms:modified' || name === 'dc:date') facts.modified ??= value;
      else if (name === 'dc:language') facts.language ??= value;
    },
  });
  if (facts.creators.length === 0) facts.creators = editors.flatMap((names) => names.split(/\s*;\s*/));
  return facts;
}

/**
 * Lays a document's blocks into the work, with what its properties say. A title in the text goes before one in the
 * properties, which is often a template's or the first words typed.
 */
export function layDocument(
  work: ImportedWork,
  facts: DocumentFacts,
  blocks: readonly StoryBlock[],
  takeHead?: TakeHead,
): void {
  const stated = facts.title !== undefined && !saysNothing(facts.title) ? facts.title : undefined;
  const first = blocks.find((block) => block.kind !== 'empty');
  if (stated !== undefined && first?.kind !== 'title') work.title = stated;
  readNames(facts, work);
  layStory(work, blocks, takeHead);
  if (stated !== undefined) work.title ??= stated;
  if (stated !== undefined && work.title !== undefined && !same(stated, work.title))
    work.unmapped.push(`The file’s properties call it “${short(stated)}”.`);
  if (facts.language && /^[a-z]{2,3}(?:-[a-z0-9]{2,8}){0,3}$/i.test(facts.language)) work.language ??= facts.language;
  if (facts.subject) work.unmapped.push(`The file’s properties give a subject: ${short(facts.subject)}.`);
  if (facts.description) work.unmapped.push(`The file’s properties give a comment: “${short(facts.description)}”`);
  if (facts.keywords.length > 0)
    work.unmapped.push(`The file’s properties give keywords: ${short(facts.keywords.join(', '))}.`);
  const days = [
    facts.created && `made on ${dayOf(facts.created)}`,
    facts.modified && `last changed on ${dayOf(facts.modified)}`,
  ];
  const said = days.filter(Boolean).join(' and ');
  if (said !== '') work.unmapped.push(`The file says it was ${said}, which are no dates of publication.`);
}

function readNames(facts: DocumentFacts, work: ImportedWork): void {
  for (const name of facts.creators.slice(0, 20)) {
    const creator = creatorFrom(name.slice(0, 200));
    if (!creator) continue;
    if (isMachineName(creator.name) || /^apache|libreoffice|openoffice|docx/i.test(creator.name))
      work.unmapped.push(`The file names “${creator.name}” as its author, which is no person’s name.`);
    else if (!work.creators.some((other) => other.name === creator.name)) work.creators.push(creator);
  }
}

function dayOf(written: string): string {
  return /^\d{4}-\d{2}-\d{2}/.exec(written)?.[0] ?? short(written);
}

function short(text: string): string {
  return text.length > 300 ? `${text.slice(0, 299)}…` : text;
}

/** "2 pictures were left out: “A map”, …" */
export function reportPictures(alternatives: readonly string[], work: ImportedWork): void {
  if (alternatives.length === 0) return;
  const said = alternatives.filter((text) => text !== '').slice(0, 10);
  const described = said.length > 0 ? `, described as ${said.map((text) => `“${text.slice(0, 120)}”`).join(', ')}` : '';
  work.unmapped.push(
    counted(alternatives.length, `picture was left out${described}`, `pictures were left out${described}`),
  );
}
