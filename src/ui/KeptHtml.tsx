/**
 * HTML that was rendered before and kept, put into a page as it is. What comes in here is what a component of the archive
 * once made, which escaped all but cleaned text.
 */

/** `html` comes from rendering one of the archive's own components; never from a request, never from the store. */
export function KeptHtml({ html, as: Box }: { html: string; as: 'li' | 'div' }) {
  return <Box dangerouslySetInnerHTML={{ __html: html }} />;
}
