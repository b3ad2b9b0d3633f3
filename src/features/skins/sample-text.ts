/** The sample that skins are looked at with: headings, lists and quotations, and every ready-made block. Cleaned once. */
import { clean } from '../../platform/html/clean.ts';
import { BLOCKS } from './blocks.ts';

const PLAIN = `<h3>The tide tables</h3>
<p>It had rained since <em>Tuesday</em>, and the harbour smelled of <strong>tar and wet rope</strong>. “You are late,” she said.</p>
<p>He was not late. He had been there since four, on the other side of the wall, with the <a href="https://example.org/">tide tables</a>.</p>
<hr>
<blockquote><p>What the sea takes, it takes at the turn.</p></blockquote>
<ul><li>One lantern</li><li>Two oars</li></ul>
<table><tbody><tr><th>High</th><td>05:12</td></tr><tr><th>Low</th><td>11:40</td></tr></tbody></table>
<details><summary>What he did not say</summary><p>That he had been afraid.</p></details>`;

function cleaned(source: string): string {
  const result = clean(source, 'html');
  return result.ok ? result.html : '';
}

/** The blocks as they stand in a text, by their names. */
export const BLOCK_HTML: ReadonlyMap<string, string> = new Map(BLOCKS.map(({ name, html }) => [name, cleaned(html)]));

export const SAMPLE_HTML = cleaned([PLAIN, ...BLOCKS.map(({ html }) => html)].join('\n'));
