/** What a command's words are printed on. It may go away before the work is done, and what it shows may try to steer it. */

/** The part of a terminal, a pipe or a file that printing needs. */
export interface Terminal {
  readonly isTTY: boolean;
  readonly columns: number;
  write(text: string): void;
}

const COLUMNS = 80;

/** Prints on a stream for as long as somebody listens. Once it fails (`… | head` has seen enough) nothing more is said. */
export function terminalOn(out: NodeJS.WriteStream): Terminal {
  let listening = true;
  out.on('error', () => {
    listening = false;
  });
  return {
    // A pipe has neither, whatever its type says.
    isTTY: Boolean(out.isTTY),
    get columns() {
      return out.columns || COLUMNS;
    },
    write: (text) => {
      if (listening) out.write(text);
    },
  };
}

/** A name or sentence as one line that steers no terminal: each control character, line breaks among them, becomes U+FFFD. */
export function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, '\ufffd');
}
