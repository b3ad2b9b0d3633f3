/** What a header block is made of: labels and values, by their places in the text. */
import type { HeaderName } from './header-labels.ts';

/** A label and its value, as UTF-16 offsets in the text. */
export interface HeaderField {
  name: HeaderName;
  /** The label as written, without marks and colon: "Author’s Notes". Empty for a title line above "by Wren". */
  label: string;
  /** The label with its marks, its colon and the space after it; `labelTo` is where its line's value begins. */
  labelFrom: number;
  labelTo: number;
  /** The value: from its first to behind its last character, line ends and indents between its lines included. */
  valueFrom: number;
  valueTo: number;
  /** The value's lines without the white space around each; a blank line parts paragraphs. May be empty. */
  value: string;
  /** How sure it is that label and value are these, 0 to 1. Below .95 only the value's end is in doubt. */
  certainty: number;
}

export interface HeaderBlock {
  fields: HeaderField[];
  /** The piece of the text that is the block, its trailing blank lines and rule included; white space may stand before. */
  from: number;
  to: number;
  /** All on one line. */
  flat: boolean;
}
