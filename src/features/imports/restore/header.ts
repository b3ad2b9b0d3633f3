/** The header block of old fandom at the head of a text (`Title:`, `Pairing:`, `Rating:`) as labels and their values. */
import { findHeaderBlock } from '../readers/header-block.ts';
import type { HeaderField } from '../readers/header-block.ts';
import { layoutOf } from './layout.ts';
import type { Proposal } from './proposal.ts';
import type { FieldName } from './repair.ts';

export interface HeaderLabels {
  proposals: Proposal[];
  /** Where the story begins, as an offset of the view. */
  end: number;
}

const OWN_FIELDS: ReadonlyMap<HeaderField['name'], FieldName> = new Map([
  ['title', 'title'],
  ['summary', 'summary'],
  ['notes', 'notes'],
]);

/** What may stand between a value and the next label. */
const BETWEEN = /^[\s\u200b\ufeff|•·;*_~]*$/u;

/** A view's text in, its header block out; no proposals and the offset 0 where it has none. */
export function headerLabels(text: string): HeaderLabels {
  const block = findHeaderBlock(text);
  if (block === null || block.to >= text.length || text.slice(block.to).trim() === '') return { proposals: [], end: 0 };
  const proposals: Proposal[] = [];
  let done = block.from;
  for (const field of block.fields) {
    if (field.labelFrom < done) continue;
    const from = BETWEEN.test(text.slice(done, field.labelFrom)) ? done : field.labelFrom;
    const to = Math.max(field.labelTo, field.valueFrom);
    proposals.push(
      label(from, to, OWN_FIELDS.get(field.name) ?? 'header', field.name, Math.max(0.95, field.certainty)),
    );
    done = Math.max(field.valueTo, to);
    if (OWN_FIELDS.has(field.name)) for (const one of layoutOf(text, to, done).proposals) proposals.push(one);
  }
  const end = Math.max(done, block.to);
  const certainty = block.fields.at(-1)?.certainty ?? 1;
  proposals.push(
    label(
      BETWEEN.test(text.slice(done, end)) || !/[\p{L}\p{N}]/u.test(text.slice(done, end)) ? done : end,
      end,
      'text',
      '\n\n',
      certainty,
    ),
  );
  return { proposals, end };
}

function label(from: number, to: number, field: FieldName, after: string, certainty: number): Proposal {
  return { kind: 'label', from, to, after, certainty, state: 'applied', field };
}
