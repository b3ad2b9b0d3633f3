/** The front door of `reading`. */
export { wholeWorkJson, type WorkJson } from './work-json.ts';
export { previewWork } from './preview.web.tsx';
