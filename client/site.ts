/** What runs in the browser on every page: small behaviours, each on HTML that works without them. */
import './chapter-keys.ts';
import './drawers.ts';
import './kept-wipe.ts';
import './preferences.ts';
import './scrollers.ts';
import './type-ahead.ts';
