export { loadMapping, type Mapping } from "./mapping.ts";
export { isFault, type TraceFault, type TraceOptions, type TraceProgress, type TraceStream } from "./trace_stream.ts";
