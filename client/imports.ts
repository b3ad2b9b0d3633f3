/** What runs in the browser on the pages of imports alone. */
import './import-progress.ts';
import './import-upload.ts';
import './name-field.ts';
import './review-desk.ts';
