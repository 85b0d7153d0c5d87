export { loadDataset } from "./engines/mod.ts";
