/**
 * What an author's style sheet may consist of. What is missing on purpose: anything that loads, that leaves its box, that
 * names something of the whole page (anchors, transitions of views, layers, fonts), and custom properties.
 */

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Properties, without those prefixed by browsers. */
export const PROPERTIES = words(`
  accent-color align-content align-items align-self all animation animation-delay animation-direction animation-duration
  animation-fill-mode animation-iteration-count animation-name animation-play-state animation-timing-function appearance
  aspect-ratio backface-visibility background background-attachment background-blend-mode background-clip background-color
  background-image background-origin background-position background-position-x background-position-y background-repeat
  background-size block-ellipsis block-size border border-block border-block-color border-block-end border-block-end-color
  border-block-end-style border-block-end-width border-block-start border-block-start-color border-block-start-style
  border-block-start-width border-block-style border-block-width border-bottom border-bottom-color
  border-bottom-left-radius border-bottom-right-radius border-bottom-style border-bottom-width border-collapse border-color
  border-end-end-radius border-end-start-radius border-image border-image-outset border-image-repeat border-image-slice
  border-image-source border-image-width border-inline border-inline-color border-inline-end border-inline-end-color
  border-inline-end-style border-inline-end-width border-inline-start border-inline-start-color border-inline-start-style
  border-inline-start-width border-inline-style border-inline-width border-left border-left-color border-left-style
  border-left-width border-radius border-right border-right-color border-right-style border-right-width border-spacing
  border-start-end-radius border-start-start-radius border-style border-top border-top-color border-top-left-radius
  border-top-right-radius border-top-style border-top-width border-width bottom box-decoration-break box-shadow box-sizing
  break-after break-before break-inside caption-side caret caret-color caret-shape clear clip clip-path clip-rule color
  color-interpolation-filters color-scheme column-count column-fill column-gap column-rule column-rule-color
  column-rule-style column-rule-width column-span column-width columns contain-intrinsic-block-size contain-intrinsic-height
  contain-intrinsic-inline-size contain-intrinsic-size contain-intrinsic-width content continue counter-increment
  counter-reset counter-set cursor direction display empty-cells fill filter flex flex-basis flex-direction flex-flow
  flex-grow flex-shrink flex-wrap float flood-color flood-opacity font font-family font-feature-settings font-kerning
  font-optical-sizing font-size font-size-adjust font-stretch font-style font-synthesis font-variant font-variant-alternates
  font-variant-caps font-variant-east-asian font-variant-ligatures font-variant-numeric font-variant-position
  font-variation-settings font-weight gap grid grid-area grid-auto-columns grid-auto-flow grid-auto-rows grid-column
  grid-column-end grid-column-gap grid-column-start grid-gap grid-row grid-row-end grid-row-gap grid-row-start grid-template
  grid-template-areas grid-template-columns grid-template-rows hanging-punctuation height hyphenate-character
  hyphenate-limit-chars hyphens image-orientation image-rendering initial-letter inline-size inset inset-block
  inset-block-end inset-block-start inset-inline inset-inline-end inset-inline-start isolation justify-content justify-items
  justify-self left letter-spacing lighting-color line-break line-clamp line-height list-style list-style-image
  list-style-position list-style-type margin margin-block margin-block-end margin-block-start margin-bottom margin-inline
  margin-inline-end margin-inline-start margin-left margin-right margin-top mask mask-border mask-border-mode
  mask-border-outset mask-border-repeat mask-border-slice mask-border-source mask-border-width mask-clip mask-composite
  mask-image mask-mode mask-origin mask-position mask-repeat mask-size mask-type max-block-size max-height max-inline-size
  max-lines max-width min-block-size min-height min-inline-size min-intrinsic-sizing min-width mix-blend-mode object-fit
  object-position opacity order orphans outline outline-color outline-offset outline-style outline-width overflow
  overflow-block overflow-clip-margin overflow-inline overflow-wrap overflow-x overflow-y padding padding-block
  padding-block-end padding-block-start padding-bottom padding-inline padding-inline-end padding-inline-start padding-left
  padding-right padding-top page page-break-after page-break-before page-break-inside perspective perspective-origin
  place-content place-items place-self pointer-events position quotes resize right rotate row-gap ruby-align ruby-merge
  ruby-overhang ruby-position scale scroll-margin scroll-margin-block scroll-margin-block-end scroll-margin-block-start
  scroll-margin-bottom scroll-margin-inline scroll-margin-inline-end scroll-margin-inline-start scroll-margin-left
  scroll-margin-right scroll-margin-top scroll-padding scroll-padding-block scroll-padding-block-end
  scroll-padding-block-start scroll-padding-bottom scroll-padding-inline scroll-padding-inline-end
  scroll-padding-inline-start scroll-padding-left scroll-padding-right scroll-padding-top scroll-snap-align
  scroll-snap-stop scroll-snap-type scrollbar-color scrollbar-gutter scrollbar-width shape-image-threshold shape-margin
  shape-outside stroke stroke-width tab-size table-layout text-align text-align-all text-align-last text-combine-upright
  text-decoration text-decoration-color text-decoration-line text-decoration-skip-ink text-decoration-style
  text-decoration-thickness text-emphasis text-emphasis-color text-emphasis-position text-emphasis-style text-indent
  text-justify text-orientation text-overflow text-shadow text-transform text-underline-offset text-underline-position
  text-wrap text-wrap-mode text-wrap-style top touch-action transform transform-box transform-origin transform-style
  transition transition-delay transition-duration transition-property transition-timing-function translate unicode-bidi
  user-select vertical-align visibility white-space white-space-collapse widows width word-break word-spacing word-wrap
  writing-mode z-index
`);

/** Properties that browsers know only by a prefix, and text is set with. Other prefixed ones say what the plain one says. */
export const PREFIXED_PROPERTIES = words(`
  -webkit-box-orient -webkit-line-clamp -webkit-text-fill-color -webkit-text-stroke -webkit-text-stroke-color
  -webkit-text-stroke-width
`);

/** Properties that move: they are printed so that they hold only for those who did not ask for stillness. */
export const MOVING = /^(animation|transition)(-|$)/;

/** Functions in values. None of them loads anything. */
export const FUNCTIONS = words(`
  abs acos asin atan atan2 attr blur brightness calc circle clamp color color-mix conic-gradient contrast cos counter
  counters cubic-bezier drop-shadow ellipse exp fit-content grayscale hsl hsla hue-rotate hwb hypot inset invert lab lch
  light-dark linear linear-gradient log matrix matrix3d max min minmax mod oklab oklch opacity path perspective polygon pow
  radial-gradient rect rem repeat repeating-conic-gradient repeating-linear-gradient repeating-radial-gradient rgb rgba
  rotate rotate3d rotatex rotatey rotatez round saturate scale scale3d scalex scaley scalez sepia sign sin skew skewx skewy
  sqrt steps symbols tan translate translate3d translatex translatey translatez xywh
`);

/** Pseudo-classes without an argument. */
export const PSEUDO_CLASSES = words(`
  active any-link empty enabled first-child first-of-type focus focus-visible focus-within hover last-child last-of-type link
  only-child only-of-type open target visited
`);

/** Pseudo-classes with an argument that is no selector. */
export const COUNTING_CLASSES = words('dir lang nth-child nth-last-child nth-last-of-type nth-of-type');

/** Pseudo-classes whose argument is selectors. */
export const SELECTING_CLASSES = words('has is not where');

export const PSEUDO_ELEMENTS = words('after before first-letter first-line marker selection');

/** Attributes that selectors may ask for: those that text keeps, but for class and id, which have words of their own. */
export const SELECTED_ATTRIBUTES = words(`
  align cite colspan datetime dir headers href lang open reversed rowspan scope start title type value width
`);

export const MEDIA_TYPES = words('all print screen');

export const MEDIA_FEATURES = words(`
  any-hover any-pointer aspect-ratio color forced-colors height hover inverted-colors max-aspect-ratio max-height max-width
  min-aspect-ratio min-height min-width orientation pointer prefers-color-scheme prefers-contrast prefers-reduced-motion
  prefers-reduced-transparency width
`);

/** Words that mean something in `animation`, so that no animation can be named by them. */
export const ANIMATION_WORDS = words(`
  alternate alternate-reverse auto backwards both ease ease-in ease-in-out ease-out forwards infinite inherit initial linear
  none normal paused reverse revert revert-layer running step-end step-start unset
`);
