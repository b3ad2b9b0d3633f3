/** The front door of `browse`: lists of works, and works as pages show them. */
export { blurbView, creatorLinks, describeWork, languageView, type WorkDescription } from './blurb-view.ts';
export {
  archiveWords,
  listedWithSeries,
  namesInUse,
  rememberedTotals,
  type ListedWork,
  type Totals,
  type Words,
} from './queries.ts';
export { cardToJson, htmlJson, isoTime, timeJson, workCardJson, type WorkCardJson } from './work-card-json.ts';
