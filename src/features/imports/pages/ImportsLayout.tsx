/** The frame of the pages of imports, with the style and script that only they need. */
import type { ComponentChildren } from 'preact';
import { Layout } from '../../../ui/Layout.tsx';
import type { SiteView } from '../../../ui/site-view.ts';
import './elements.ts';

export function ImportsLayout(props: {
  site: SiteView;
  title: string;
  kind?: 'list' | 'form';
  children: ComponentChildren;
}) {
  const { site } = props;
  return (
    <Layout site={site} title={props.title} noindex kind={props.kind ?? 'list'}>
      <link rel="stylesheet" href={site.assets('imports.css')} />
      {props.children}
      <script type="module" src={site.assets('imports.js')}></script>
    </Layout>
  );
}
