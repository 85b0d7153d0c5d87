/** `deno task bench`: runs a benchmark of `bench/`. @module */
import type { RawCommand } from "./atl/command.ts";
import { runBench } from "../bench/main.ts";

const bench: RawCommand = {
  about: "Runs a benchmark by its name; what stands behind the name goes to it.",
  raw: runBench,
};
export default bench;
