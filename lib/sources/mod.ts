/**
 * Where rows come from: files of traces and of sessions, datasets of the Hub, and the download cache.
 *
 * @module
 */
export { defaultLocations, type LocalCopy, type Locations } from "../io/cache.ts";
export { readCsv, textField } from "../io/csv.ts";
export { countsText, notesTexts, passedOverText } from "./notes_text.ts";
export { verdictIn } from "./mapping/values.ts";
export { type Downloaded, type DownloadOptions, HashError } from "../io/download.ts";
export { type HubDataset, hubEnvironment, type HubFile, type HubOptions, type HubShard, openHub } from "./hub/hub.ts";
export { HttpError, type HttpOptions, TransferError } from "../io/http.ts";
export { downloadHub, type HubDownloadOptions } from "./hub/download.ts";
export { LITELLM_COMMIT, litellmTable, litellmUrl, type PriceTable } from "./litellm_table.ts";
export type { NotedCounts, ReadNotes, Tally } from "./mapping/notes.ts";
export { loadMapping } from "./mapping/load.ts";
export type { Field, Mapping, NeededSpanField, Place } from "./mapping/mapping.ts";
export { SPAN_FIELDS, type SpanField } from "./mapping/span_fields.ts";
export { BUILT_IN } from "./mapping/builtin.ts";
export { type Progress, progressBar, type ProgressOptions } from "../io/progress.ts";
export {
  asideText,
  type EachRecord,
  LABEL_FORMATS,
  type LabelFormat,
  labelFormat,
  labelKey,
  type LabelNames,
  type LabelRecord,
  mergeLabels,
  parseLabels,
  readLabelFile,
  type ReadLabels,
  readLabels,
} from "./labels/mod.ts";
export { areSessions, type Recorded, type RecordedOptions, recordedSessions } from "./recorded.ts";
export { type TableRow, tableRows } from "./table_rows.ts";
export {
  eachOnce,
  type FoundFormat,
  isFault,
  type TraceFault,
  type TraceOptions,
  type TraceProgress,
  type TraceStream,
} from "./trace_stream.ts";
export { openTraces } from "./traces.ts";
export type { MessageLayout, MessagePlaces, NeededPaths, Place as RecordPlace, Places } from "./messages/layout.ts";
export type { ServiceOptions } from "./services/fetch.ts";
export type { ByteRanges, CountedBuffer } from "./parquet/file.ts";
export type { Env } from "./services/service.ts";
export { readTopicLabels } from "./topics_file.ts";
