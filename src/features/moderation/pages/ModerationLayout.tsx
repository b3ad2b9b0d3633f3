/** The frame of the pages for those who look after the archive. */
import type { ComponentChildren } from 'preact';
import { Layout } from '../../../ui/Layout.tsx';
import type { SiteView } from '../../../ui/site-view.ts';

export function ModerationLayout(props: {
  site: SiteView;
  title: string;
  /** One or two sentences under the heading. */
  lead?: ComponentChildren;
  children: ComponentChildren;
}) {
  const links = [
    { href: '/moderation', label: 'Reports' },
    { href: '/moderation/people', label: 'People' },
    { href: '/moderation/log', label: 'Log' },
    ...(props.site.viewer?.owner ? [{ href: '/moderation/legal-notices', label: 'Legal notices' }] : []),
  ];
  const path = props.site.path.split('?')[0];
  return (
    <Layout site={props.site} title={props.title} noindex kind="form" reportable={false}>
      <div class="page-head">
        <h1 dir="auto">{props.title}</h1>
        {props.lead && <p>{props.lead}</p>}
        <nav aria-label="Moderation">
          <ul class="moderation-links">
            {links.map((link) => (
              <li>
                <a href={link.href} aria-current={path === link.href ? 'page' : undefined}>
                  {link.label}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      </div>
      {props.children}
    </Layout>
  );
}
