/** Whether what stands in the field of a text looks as if it had lost its paragraphs. */
export { isWithoutParagraphs } from '../../platform/html/lost-paragraphs.ts';
