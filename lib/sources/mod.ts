/**
 * Where rows come from: the judged table, the embedded replica, and the download cache.
 *
 * @module
 */
export { defaultLocations, findLocal, type LocalCopy, type Locations, pathInFolder } from "./cache.ts";
export { numberField, parseCsv, textField } from "./csv.ts";
export { cachedDownload, type Downloaded, type DownloadOptions, HashError, type PinnedFile } from "./download.ts";
export { type StoredFacts, storedFacts } from "./facts.ts";
export { HttpError, type HttpOptions, TransferError } from "./http.ts";
export { JUDGED_TABLE, judgedIsHere, judgedSessions, judgedTable } from "./judged.ts";
export { replica, replicaSessions } from "./replica.ts";
export { loadDataset, type LoadOptions, SOURCE_HELP } from "./resolve.ts";
