/** People's labels: `labels.jsonl`, and what other tools for labelling write. @module */
export { LABEL_FORMATS, labelFormat, parseLabels, readLabelFile, type ReadLabels } from "./files.ts";
export type { EachRecord, LabelFormat, LabelRecord } from "./format.ts";
export { labelKey, mergeLabels } from "./merge.ts";
export { asideText, readLabels } from "./read.ts";
export type { LabelNames } from "./words.ts";
