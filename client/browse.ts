/** What runs in the browser on lists of works: the filter beside them. */
import './filter-panel.ts';
