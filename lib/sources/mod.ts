/**
 * Where rows come from: files of traces and of sessions, datasets of the Hub, and the download cache.
 *
 * @module
 */
export { defaultLocations, findLocal, type LocalCopy, type Locations, pathInFolder } from "../io/cache.ts";
export { numberField, parseCsv, readCsv, textField } from "../io/csv.ts";
export { countsText, notesTexts, passedOverText } from "./notes_text.ts";
export { verdictIn } from "./mapping/values.ts";
export { cachedDownload, type Downloaded, type DownloadOptions, HashError, type PinnedFile } from "../io/download.ts";
export { type HubDataset, hubEnvironment, type HubFile, type HubOptions, type HubShard, openHub } from "./hub/hub.ts";
export { HttpError, type HttpOptions, TransferError } from "../io/http.ts";
export { downloadHub, type HubDownloadOptions } from "./hub/download.ts";
export { LITELLM_COMMIT, litellmTable, litellmUrl, type PriceTable } from "./litellm_table.ts";
export type { NotedCounts, ReadNotes, Tally } from "./mapping/notes.ts";
export { loadMapping } from "./mapping/load.ts";
export type { Field, Mapping, NeededSpanField, Place } from "./mapping/mapping.ts";
export { SPAN_FIELDS, type SpanField } from "./mapping/span_fields.ts";
export type { MessageLayout, MessagePlaces, Place as RecordPlace, Places } from "./messages/layout.ts";
export { BUILT_IN } from "./mapping/builtin.ts";
export { type ByteRanges, type CountedBuffer, fileBuffer } from "./parquet/file.ts";
export { type MetadataRows, readMetadataOnly, readSessions, type SessionsRead } from "./parquet/sessions.ts";
export { type Progress, progressBar, type ProgressOptions } from "../io/progress.ts";
export { type ImportedFolder, importOf } from "./imported_folder.ts";
export {
  LABEL_FORMATS,
  type LabelFormat,
  labelFormat,
  labelKey,
  type LabelNames,
  mergeLabels,
  parseLabels,
  readLabelFile,
  readLabels,
} from "./labels/mod.ts";
export { areSessions, type Recorded, type RecordedOptions, recordedSessions } from "./recorded.ts";
export { parseServiceSpec, type ServiceOptions, SERVICES, type ServiceSpec } from "./services/fetch.ts";
export { type Env, type Service } from "./services/service.ts";
export { type TableRow, tableRows } from "./table_rows.ts";
export {
  type FoundFormat,
  isFault,
  type TraceFault,
  type TraceOptions,
  type TraceProgress,
  type TraceStream,
} from "./trace_stream.ts";
export { openTraces } from "./traces.ts";
