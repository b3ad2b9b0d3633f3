/**
 * The one set of icons: drawn on a 24 by 24 grid in strokes of the text's colour, always beside words
 * and therefore hidden from assistive technology.
 */

const paths = {
  /** Paper folded like a fan: the software's own sign. */
  fold: 'M3 6.5 8 4v13.5L3 20zM8 4l4 2.5V20l-4-2.5M12 6.5 16 4v13.5L12 20M16 4l5 2.5V20l-5-2.5',
  lock: 'M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3',
  draft: 'M5 19l1-4L16 5l3 3L9 18zM13.5 7.5l3 3',
  hidden:
    'M4 4l16 16M9.5 5.6A10 10 0 0 1 21 12a14 14 0 0 1-2.6 3.4M6 7.5A14 14 0 0 0 3 12c2 4.2 5.3 6.3 9 6.3 1.2 0 2.4-.2 3.4-.7',
  previous: 'M14.5 5.5 8 12l6.5 6.5',
  next: 'M9.5 5.5 16 12l-6.5 6.5',
  down: 'M5.5 9.5 12 16l6.5-6.5',
  done: 'M4.5 12.5l5 5 10-11',
  warning: 'M12 4l9 16H3zM12 10v4.5M12 17.2v.1',
  book: 'M12 6.5C9.5 4.7 6.5 4.3 3 4.5v14c3.5-.2 6.5.2 9 2 2.5-1.8 5.5-2.2 9-2v-14c-3.5-.2-6.5.2-9 2zM12 6.5v14',
  list: 'M8.5 6h12M8.5 12h12M8.5 18h12M4 6h.1M4 12h.1M4 18h.1',
  type: 'M3 18 8 6l5 12M4.7 14h6.6M15 18v-6.5M21 18v-3.5M21 14.7a3 3 0 1 1-6 0 3 3 0 0 1 6 0z',
  menu: 'M4 7h16M4 12h16M4 17h16',
  keys: 'M3 6.5h18v11H3zM6.5 10h.1M10 10h.1M14 10h.1M17.5 10h.1M8 14h8',
  leave: 'M10 4.5H5v15h5M15 8l4 4-4 4M19 12H9.5',
  out: 'M9 5H5v14h14v-4M13 5h6v6M19 5l-8.5 8.5',
  search: 'M16 10.5a5.5 5.5 0 1 1-11 0 5.5 5.5 0 0 1 11 0zM14.5 14.5l5 5',
  /** Takes something away, or shuts what is open. */
  cross: 'M6.5 6.5l11 11M17.5 6.5l-11 11',
  /** Opens a filter. */
  sliders: 'M4 7h9M17 7h3M4 17h3M11 17h9M13 4.5v5M7 14.5v5',
  restore: 'M4.5 9.5h9a5.5 5.5 0 0 1 0 11H9M8.5 5.5l-4 4 4 4',
} as const;

export type IconName = keyof typeof paths;

/** One icon. It says nothing by itself: put words beside it. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  );
}
