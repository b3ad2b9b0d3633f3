/** The front door of `skins`: what works wear, and the blocks that texts are made of. */
export { STYLE_COOKIE } from './skin.ts';
export { sheetAddress } from './queries.ts';
export { sheetToPreview, skinFieldFor, wearTyped } from './dressing.web.tsx';
export { takeBackSkin, wearSkin } from './actions.ts';
export { BLOCKS, type TextBlock } from './blocks.ts';
