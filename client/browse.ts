/** What runs in the browser on lists of works: the filter beside them, and the tags of each as a way to narrow. */
import './filter-panel.ts';
import './narrow-by.ts';
