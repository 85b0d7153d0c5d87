export { LABELS_OPTION } from "./atl/shared.ts";
