/** A blurb as it stands in a page. */
import { renderToString } from 'preact-render-to-string';
import { Blurb, type BlurbProps } from '../../ui/Blurb.tsx';
import type { SiteView } from '../../ui/site-view.ts';

export function blurbHtml(site: SiteView, blurb: BlurbProps): string {
  return renderToString(<Blurb site={site} blurb={blurb} />);
}
