/** What runs in the browser where texts are written. */
import './editor/writing-desk.ts';
