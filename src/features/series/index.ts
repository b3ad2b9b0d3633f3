/** The front door of `series`. */
export { seriesPath, type Series, type SeriesPlace } from './series.ts';
export { findSeries, seriesOfWorks, seriesPlaces, type SeriesPageOf, type SeriesPart } from './queries.ts';
export { seriesForIndex } from './index-series.queries.ts';
export { leaveAllSeries, placeInSeries, type ImportedSeriesPlace } from './actions.ts';
export { mayOrderSeries } from './own.queries.ts';
