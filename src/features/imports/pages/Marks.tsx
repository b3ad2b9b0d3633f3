/**
 * A rescued piece of text as it was and as it is, every change marked in both: taken out (`del`), put in (`ins`), or
 * read otherwise (`mark`). White space is drawn, and what is drawn is also said.
 */
import type { RepairKind } from '../restore/repair.ts';
import type { MarkedPiece } from './import-view.ts';
import { repairWords } from './import-words.ts';

/** Repairs whose words stay in the text: they are read otherwise, not taken out. */
const KEEPS_WORDS: ReadonlySet<RepairKind> = new Set(['emphasis', 'section', 'chapter']);
const PARTS: ReadonlySet<RepairKind> = new Set(['paragraph', 'scene', 'section', 'chapter']);

type Repaired = Pick<Extract<MarkedPiece, { kind: 'repair' }>, 'repair' | 'was' | 'becomes'>;

/** The source of a block. Its text, joined, is the source but for the signs drawn for white space. */
export function Original({ pieces }: { pieces: MarkedPiece[] }) {
  return pieces.map((piece) => {
    if (piece.kind === 'text') return piece.was;
    if (piece.kind === 'suggestion') {
      return (
        <mark class="suggested">
          <Drawn text={piece.was} />
        </mark>
      );
    }
    return <Was {...piece} sure={piece.sure} />;
  });
}

/** What was there before a repair. */
export function Was(props: Repaired & { sure?: boolean }) {
  const look = props.sure === false ? 'unsure' : undefined;
  if (props.was === '') return <Point sign="‸" says={`${repairWords[props.repair].one} put in`} />;
  if (KEEPS_WORDS.has(props.repair)) {
    return (
      <mark class={look}>
        <Drawn text={props.was} />
      </mark>
    );
  }
  return (
    <del class={look}>
      <Drawn text={props.was} />
    </del>
  );
}

/** The result of a block. Pieces of text know their place in the source, for a script that emphasises a selection. */
export function Result({ pieces }: { pieces: MarkedPiece[] }) {
  return pieces.map((piece) => {
    if (piece.kind === 'text') {
      const text = piece.italic ? <em>{piece.text}</em> : piece.text;
      return piece.from === null ? text : <span data-from={piece.from}>{text}</span>;
    }
    if (piece.kind === 'suggestion') return <Suggested piece={piece} />;
    return <Becomes {...piece} sure={piece.sure} />;
  });
}

function Suggested({ piece }: { piece: Extract<MarkedPiece, { kind: 'suggestion' }> }) {
  if (PARTS.has(piece.repair) && piece.text.trim() === '') {
    return (
      <>
        <Point sign="¶?" says={`${repairWords[piece.repair].one} suggested`} look="suggested" />{' '}
      </>
    );
  }
  const text = piece.italic ? <em>{piece.text}</em> : piece.text;
  return (
    <mark class="suggested" data-from={piece.from ?? undefined}>
      {text}
    </mark>
  );
}

/** What a repair puts there. */
export function Becomes(props: Repaired & { sure?: boolean }) {
  const look = props.sure === false ? 'unsure' : undefined;
  const { one } = repairWords[props.repair];
  if (props.repair === 'paragraph') return <Point sign="¶" says={`${one} put in`} look={look} />;
  if (props.repair === 'scene') return <ins class={look}>* * *</ins>;
  if (props.repair === 'label') return <Point sign="¶" says={`label taken out: ${props.was.trim()}`} look={look} />;
  if (props.becomes === '') return <Point sign="" says={`${one} taken out`} look="gone" />;
  if (props.repair === 'emphasis') return <Emphasised becomes={props.becomes} look={look} />;
  if (PARTS.has(props.repair)) return <ins class={look}>{props.becomes.trim().replace(/^\[|\]$/g, '')}</ins>;
  return <ins class={look}>{props.becomes}</ins>;
}

/** `*words*` in italics, and what stands beside the stars. */
function Emphasised({ becomes, look }: { becomes: string; look: string | undefined }) {
  const [, before = '', words = becomes, after = ''] = /^([^*]*)\*([^]*)\*([^*]*)$/.exec(becomes) ?? [];
  return (
    <>
      {before}
      <ins class={look}>
        <em>{words}</em>
      </ins>
      {after}
    </>
  );
}

/** A place rather than words: drawn as a sign, said in words. */
function Point(props: { sign: string; says: string; look?: string | undefined }) {
  return (
    <ins class={props.look ? `point ${props.look}` : 'point'}>
      <span aria-hidden="true">{props.sign}</span>
      <span class="visually-hidden">[{props.says}]</span>
    </ins>
  );
}

const SIGNS: readonly (readonly [pattern: RegExp, sign: string, says: string])[] = [
  [/^(?:\r\n?|\n|\f|\u0085|\u2028|\u2029)$/, '↵', 'line end'],
  [/^\t$/, '⇥', 'tab'],
  [/^\u00a0$/, '⍽', 'non-breaking space'],
];

/** Text with its white space drawn where it stands at an edge, or is all there is. */
function Drawn({ text }: { text: string }) {
  const [, before = '', words = '', after = ''] = /^(\s*)([^]*?)(\s*)$/u.exec(text) ?? [];
  return (
    <>
      {before !== '' && <White space={before} />}
      {words}
      {after !== '' && <White space={after} />}
    </>
  );
}

const DRAWN = 4;

function White({ space }: { space: string }) {
  const each = space.match(/\r\n|[^]/gu) ?? [];
  const signOf = (one: string) => SIGNS.find(([pattern]) => pattern.test(one));
  const [first = ' '] = each;
  const says = signOf(first)?.[2] ?? 'space';
  const drawn = each.slice(0, DRAWN).map((one) => signOf(one)?.[1] ?? '␣');
  return (
    <span class="white">
      <span aria-hidden="true">
        {drawn.join('')}
        {each.length > DRAWN && `×${each.length}`}
      </span>
      <span class="visually-hidden">[{each.length > 1 ? `${each.length} of white space` : says}]</span>
    </span>
  );
}
