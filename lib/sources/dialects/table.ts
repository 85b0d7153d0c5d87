/**
 * Where recorders of OpenTelemetry spans keep what a model call is about. Data: each list names the places in the order in
 * which they are tried, the first that has something counts.
 *
 * Sources: OpenTelemetry semantic conventions for generative AI 1.26 to 1.38 and their migration notes; the attribute
 * tables of OpenInference, OpenLLMetry, the Vercel AI SDK, Pydantic AI and Logfire, LiteLLM, MLflow, Langfuse, LangSmith,
 * Braintrust, Genkit and Google's Agent Development Kit; log records of Amazon's distribution of OpenTelemetry.
 *
 * @module
 */

/** Spans whose attribute has one of these values (in any case) are model calls. */
export interface CallRule {
  attribute: string;
  values: readonly string[];
}

/** Which spans are model calls, whatever the dialect. */
export const CALLS: readonly CallRule[] = [
  {
    attribute: "gen_ai.operation.name",
    values: [
      "chat",
      "text_completion",
      "generate_content",
      "completion",
      "acompletion",
      "atext_completion",
      "chat.completions",
      "text.completions",
      "chat_completion",
      "responses",
      "aresponses",
      "response",
      "anthropic_messages",
      "messages",
      "agenerate_content",
      "generate_content_stream",
      "agenerate_content_stream",
      "inference",
    ],
  },
  { attribute: "openinference.span.kind", values: ["LLM"] },
  { attribute: "llm.request.type", values: ["chat", "completion", "acompletion"] },
  {
    attribute: "ai.operationId",
    values: [
      "ai.generateText.doGenerate",
      "ai.streamText.doStream",
      "ai.generateObject.doGenerate",
      "ai.streamObject.doStream",
    ],
  },
  { attribute: "mlflow.spanType", values: ["CHAT_MODEL", "LLM"] },
  { attribute: "langfuse.observation.type", values: ["generation"] },
  { attribute: "langsmith.span.kind", values: ["llm"] },
  { attribute: "lmnr.span.type", values: ["LLM"] },
  { attribute: "gen_ai.span.kind", values: ["LLM"] },
  { attribute: "traceloop.span.kind", values: ["llm"] },
  { attribute: "genkit:metadata:subtype", values: ["model"] },
];

/** Which spans are tools that ran, likewise. */
export const TOOL_SPANS: readonly CallRule[] = [
  { attribute: "gen_ai.operation.name", values: ["execute_tool"] },
  { attribute: "openinference.span.kind", values: ["TOOL"] },
  { attribute: "traceloop.span.kind", values: ["tool"] },
  { attribute: "ai.operationId", values: ["ai.toolCall"] },
  { attribute: "mlflow.spanType", values: ["TOOL"] },
  { attribute: "langfuse.observation.type", values: ["tool"] },
  { attribute: "langsmith.span.kind", values: ["tool"] },
  { attribute: "gen_ai.span.kind", values: ["TOOL"] },
];

/** Where such a span has the id of the call that it answers. */
export const TOOL_CALL_IDS: readonly string[] = ["gen_ai.tool.call.id", "ai.toolCall.id", "tool_call.id"];

/** A span that has all of these attributes is a model call too: its recorder has no word for it. */
export const CALL_SIGNS: readonly (readonly string[])[] = [
  ["request_data", "gen_ai.request.model"],
  ["ai.prompt.messages", "ai.model.id"],
  ["gcp.vertex.agent.llm_request", "gen_ai.request.model"],
];

/** A place of texts. */
export type TextPlace =
  /** A request or a response in one attribute: JSON text, messages, or plain text. */
  | { attribute: string }
  /** Attributes whose names go on after a dot, a message each (`gen_ai.prompt.0.content`). */
  | { indexed: string; within?: string }
  /** Events of the span, or log records of it, a message each. */
  | { events: RegExp }
  /** One event that has all of them in an attribute. */
  | { event: string; attribute: string }
  /** An event, of whichever name, whose body has messages under this key. */
  | { body: "input" | "output" }
  /** The like of events in one attribute, as a JSON list. */
  | { listed: string; events: RegExp }
  /** Text and tool calls of an answer in two attributes. */
  | { text: readonly string[]; calls: readonly string[]; reasoning?: readonly string[] };

const PROMPT_EVENT = /^gen_ai\.(system|user|assistant|tool)\.message$/;
const CHOICE_EVENT = /^gen_ai\.choice$/;

/** Where the input of a call is. */
export const INPUT: readonly TextPlace[] = [
  { attribute: "gen_ai.input.messages" },
  { attribute: "gen_ai.request.messages" },
  { events: PROMPT_EVENT },
  { event: "gen_ai.content.prompt", attribute: "gen_ai.prompt" },
  { listed: "events", events: PROMPT_EVENT },
  { body: "input" },
  { indexed: "gen_ai.prompt" },
  { indexed: "llm.input_messages", within: "message" },
  { attribute: "ai.prompt.messages" },
  { attribute: "ai.prompt" },
  { attribute: "gen_ai.prompt" },
  { attribute: "gen_ai.prompt_json" },
  { attribute: "request_data" },
  { attribute: "langfuse.observation.input" },
  { attribute: "mlflow.spanInputs" },
  { attribute: "braintrust.input_json" },
  { attribute: "braintrust.input" },
  { attribute: "lmnr.span.input" },
  { attribute: "genkit:input" },
  { attribute: "gcp.vertex.agent.llm_request" },
  { indexed: "llm.prompts" },
  { attribute: "input.value" },
  { attribute: "traceloop.entity.input" },
];

/** Where the answer of a call is. */
export const OUTPUT: readonly TextPlace[] = [
  { attribute: "gen_ai.output.messages" },
  { events: CHOICE_EVENT },
  { event: "gen_ai.content.completion", attribute: "gen_ai.completion" },
  { listed: "events", events: CHOICE_EVENT },
  { body: "output" },
  { indexed: "gen_ai.completion" },
  { indexed: "llm.output_messages", within: "message" },
  {
    text: ["ai.response.text", "ai.response.object"],
    calls: ["ai.response.toolCalls"],
    reasoning: ["ai.response.reasoning"],
  },
  { text: ["gen_ai.response.text"], calls: ["gen_ai.response.tool_calls"] },
  { text: ["ai.result.text", "ai.result.object"], calls: ["ai.result.toolCalls"] },
  { attribute: "gen_ai.completion" },
  { attribute: "gen_ai.completion_json" },
  { attribute: "response_data" },
  { attribute: "langfuse.observation.output" },
  { attribute: "mlflow.spanOutputs" },
  { attribute: "braintrust.output_json" },
  { attribute: "braintrust.output" },
  { attribute: "lmnr.span.output" },
  { attribute: "genkit:output" },
  { attribute: "gcp.vertex.agent.llm_response" },
  { indexed: "llm.choices" },
  { indexed: "llm.completions" },
  { attribute: "output.value" },
  { attribute: "traceloop.entity.output" },
];

/** Where the tools offered are: one attribute, or one whose names go on after a dot. */
export const TOOLS: readonly string[] = [
  "gen_ai.tool.definitions",
  "gen_ai.request.tools",
  "llm.request.functions",
  "llm.tools",
  "ai.prompt.tools",
  "mlflow.chat.tools",
  "gen_ai.agent.tools",
];

/** Other names of attributes by the name that is looked up; the first that has a value counts. */
export const NAMES: Readonly<Record<string, readonly string[]>> = {
  "gen_ai.request.model": [
    "llm.request.model",
    "llm.model_name",
    "ai.model.id",
    "langfuse.observation.model.name",
    "mlflow.llm.model",
    "model_name",
  ],
  "gen_ai.response.model": ["llm.response.model", "ai.response.model"],
  "gen_ai.response.id": ["ai.response.id", "llm.response.id"],
  "gen_ai.response.finish_reasons": [
    "llm.response.finish_reason",
    "ai.response.finishReason",
    "ai.finishReason",
    "llm.finish_reason",
  ],
  "gen_ai.usage.cost": [
    "llm.cost.total",
    "gen_ai.usage.total_cost",
    "gen_ai.cost.total_cost",
    "operation.cost",
    "langfuse.observation.cost_details.total",
  ],
  "session.id": [
    "gen_ai.conversation.id",
    "ai.telemetry.metadata.sessionId",
    "ai.telemetry.metadata.session_id",
    "ai.telemetry.metadata.threadId",
    "ai.telemetry.metadata.chatId",
    "traceloop.association.properties.session_id",
    "traceloop.association.properties.thread_id",
    "traceloop.association.properties.conversation_id",
    "langfuse.session.id",
    "langsmith.trace.session_id",
    "langsmith.metadata.thread_id",
    "langsmith.metadata.session_id",
    "lmnr.association.properties.session_id",
    "mlflow.trace.session",
    "gcp.vertex.agent.session_id",
    "thread.id",
  ],
};

/** Attributes that hold all counts of tokens of a call as one object, and its keys by the name that is looked up. */
export const USAGE: readonly { attribute: string; counts: Readonly<Record<string, readonly string[]>> }[] = [
  {
    attribute: "mlflow.chat.tokenUsage",
    counts: {
      "gen_ai.usage.input_tokens": ["input_tokens", "prompt_tokens"],
      "gen_ai.usage.output_tokens": ["output_tokens", "completion_tokens"],
      "gen_ai.usage.cache_read.input_tokens": ["cache_read_input_tokens"],
      "gen_ai.usage.cache_creation.input_tokens": ["cache_creation_input_tokens"],
    },
  },
];

/** Attributes that hold a response of an API whole, its `usage` among the rest. */
export const RESPONSES: readonly string[] = ["mlflow.spanOutputs"];
