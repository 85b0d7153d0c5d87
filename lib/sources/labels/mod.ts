/** People's labels: `labels.jsonl`, and what other tools for labelling write. @module */
export { LABEL_FORMATS, labelFormat, parseLabels, readLabelFile } from "./files.ts";
export type { LabelFormat } from "./format.ts";
export { labelKey, mergeLabels } from "./merge.ts";
export { readLabels } from "./read.ts";
export type { LabelNames } from "./words.ts";
