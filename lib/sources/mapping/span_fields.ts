/** The parts of a span that a mapping places. */
export const SPAN_FIELDS = [
  "traceId",
  "spanId",
  "parentSpanId",
  "name",
  "startTime",
  "endTime",
  "statusCode",
  "statusMessage",
  "requestModel",
  "responseModel",
  "responseId",
  "finishReasons",
  "inputTokens",
  "cachedTokens",
  "cacheWriteTokens",
  "outputTokens",
  "reasoningTokens",
  "totalTokens",
  "usd",
  "inputMessages",
  "outputMessages",
  "toolDefinitions",
  "systemInstructions",
] as const;

/** One of {@link SPAN_FIELDS}. */
export type SpanField = typeof SPAN_FIELDS[number];
