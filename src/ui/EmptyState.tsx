/** What a page says when it has nothing to list: what belongs here, and what to do next. */
import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from './icons.tsx';

export function EmptyState(props: { icon?: IconName; title: string; children: ComponentChildren }) {
  return (
    <div class="empty">
      <Icon name={props.icon ?? 'book'} />
      <h2>{props.title}</h2>
      {props.children}
    </div>
  );
}
