/** What a tag finds, in a sentence, and for a synonym what it stands for. */
import type { ComponentChildren } from 'preact';

export function TagMeaning(props: {
  meaning: string;
  synonymOf: { name: string; href: string } | null;
  children?: ComponentChildren;
}) {
  return (
    <p>
      {props.synonymOf && (
        <>
          Synonym of{' '}
          <a href={props.synonymOf.href} dir="auto">
            {props.synonymOf.name}
          </a>
          .{' '}
        </>
      )}
      <span dir="auto">{props.meaning}</span>
      {props.children}
    </p>
  );
}
