/** The CSS parser and its grammar of values, with what the grammar lacks or has outgrown. */
import { fork } from 'css-tree';

const TEXT_ALIGN = 'start | end | left | right | center | justify | match-parent | justify-all';

/** Parses, prints, and knows what each property takes (CSS modules of the W3C, as of 2026). */
export const grammar = fork({
  properties: {
    'column-width': 'auto | <length> | min-content | max-content | fit-content( <length-percentage> )',
    'block-ellipsis': 'none | auto | <string>',
    continue: 'auto | discard',
    'line-clamp': 'none | <integer> [ none | auto | <string> ]?',
    'min-intrinsic-sizing': 'legacy | [ zero-if-scroll || zero-if-extrinsic ]',
    'ruby-merge': 'separate | merge | auto',
    'tab-size': '<number> | <length>',
    'text-align': TEXT_ALIGN,
    'text-align-all': TEXT_ALIGN,
  },
  types: {
    'ellipse()': 'ellipse( [ <length-percentage> | closest-side | farthest-side ]{2}? [ at <position> ]? )',
    'counter-style':
      '<counter-style-name> | symbols( [ cyclic | numeric | alphabetic | symbolic | fixed ]? <string>+ )',
  },
});
