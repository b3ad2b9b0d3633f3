/** What a clipboard is read into: blocks, and text that has looks. */
import type { LooseElement } from './loose-tree.ts';
import type { Looks } from './styles.ts';

/** Text, or an element without content, with what stands around it. */
export interface Leaf {
  text: string;
  /** `<br>`, or a picture, which the cleaner makes a link of. */
  tag?: string;
  looks: Looks;
  /** Links and other elements that say more than a look, outermost first. */
  around: readonly LooseElement[];
}

/** A block of one run of text, or one that holds blocks. */
export interface Block {
  name: string;
  attributes: [name: string, value: string][];
  run: Leaf[] | null;
  blocks: Block[];
  /** Where it says that it is an item of a list that has no list around it. */
  mark?: ListMark;
}

/** What a paragraph says that is an item of one of Word's lists. */
export interface ListMark {
  /** From 1. */
  level: number;
  name: 'ul' | 'ol';
  /** Of a numbered list: where it begins, and what it counts with. */
  start: number;
  type: '1' | 'a' | 'A' | 'i' | 'I';
}
