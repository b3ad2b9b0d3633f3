/**
 * Ready-made blocks for what stories quote: letters, messages, chats, posts, verse and footnotes. Each is plain HTML that
 * reads well without any style and aloud: who speaks is said in words, and notes are links there and back. The archive's sheet
 * gives them their look by the classes, which are two on each block so that no class of a text that was written elsewhere
 * meets them by chance.
 */

export interface TextBlock {
  /** Also the anchor of the block on the page about them. */
  name: string;
  label: string;
  /** When it is the right one, in one sentence. */
  use: string;
  /** HTML as an author would type it; cleaned, it is the same with the archive's marks in it. */
  html: string;
}

export const BLOCKS: readonly TextBlock[] = [
  {
    name: 'letter',
    label: 'Letter',
    use: 'A letter, a note or an e-mail, with its place and date above and its signature below.',
    html: `<blockquote class="block letter">
  <p class="place">Fulworth, 3 May</p>
  <p>Dear John,</p>
  <p>The bees have come through the winter. You would not think it of creatures so small.</p>
  <p class="signature">Yours,<br>Sherlock</p>
</blockquote>`,
  },
  {
    name: 'messages',
    label: 'Text messages',
    use: 'A talk by phone between two. “me” puts a message on the side of whoever holds the phone.',
    html: `<div class="block messages">
  <p class="moment">Monday, 21:14</p>
  <p><b>Anna:</b> Are you still at the station?</p>
  <p class="me"><b>Ben:</b> The last train left without me.</p>
  <p class="me"><b>Ben:</b> I have sandwiches, though.</p>
  <p><b>Anna:</b> Stay there. I have the car.</p>
</div>`,
  },
  {
    name: 'chat',
    label: 'Chat',
    use: 'Several people in one room, each line with its speaker.',
    html: `<dl class="block chat">
  <dt>nightowl</dt>
  <dd>has anybody read the new chapter</dd>
  <dt>heron_42</dt>
  <dd>twice</dd>
  <dt>nightowl</dt>
  <dd>and?</dd>
  <dt>heron_42</dt>
  <dd>no spoilers before tea</dd>
</dl>`,
  },
  {
    name: 'post',
    label: 'Social post',
    use: 'A post with who wrote it, what became of it, and replies inside.',
    html: `<blockquote class="block post">
  <p class="poster"><b>Fulworth Beekeepers</b> @fulworthbees</p>
  <p>A swarm was seen on the church tower. Please do not ring the bells.</p>
  <p class="counts">12 replies, 340 likes</p>
  <blockquote class="block reply">
    <p class="poster"><b>The Vicar</b> @stmary</p>
    <p>We have already rung the bells.</p>
  </blockquote>
</blockquote>`,
  },
  {
    name: 'verse',
    label: 'Verse',
    use: 'A poem or a song. A line that is too long for the screen goes on further in.',
    html: `<div class="block verse">
  <p>The heron stands where the river bends,<br>
  and keeps the time of the tide.<br>
  He tells no tale and he has no friends<br>
  but the water on either side.</p>
  <p class="source">Song of the ferrymen</p>
</div>`,
  },
  {
    name: 'footnotes',
    label: 'Footnotes',
    use: 'Numbers in the text that lead to notes below it, and back. Count on for each note of a chapter.',
    html: `<p>They met at the old lido.<sup><a href="#note-1" id="to-note-1" title="Note 1">1</a></sup></p>
<ol class="block notes">
  <li id="note-1">A pool in the open air, filled from the sea. <a href="#to-note-1" title="Back to the text">Back</a></li>
</ol>`,
  },
];
