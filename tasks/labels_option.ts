import { text } from "./atl/options.ts";

/** The option that names people's labels. */
export const LABELS_OPTION = {
  labels: text(
    "--labels",
    "FILE",
    "people's labels, as view writes them, only ever added to (view: labels.jsonl unless told)",
  ),
} as const;
