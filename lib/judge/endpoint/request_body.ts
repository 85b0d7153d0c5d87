import type OpenAI from "openai";
import type { Redacted } from "../../model/mod.ts";
import { redactSecrets } from "../../traces/mod.ts";
import { ANSWER_JSON_SCHEMA, NULLABLE_ANSWER_JSON_SCHEMA } from "../verdicts/answer_schema.ts";
import type { AskRequest } from "./ask.ts";
import type { Dialect } from "./dialect.ts";

type Body = OpenAI.ChatCompletionCreateParams;

/** What is sent for a request in a dialect. */
export function requestBody(request: AskRequest, dialect: Dialect): Body {
  const { model, messages, maxOutputTokens, plain } = request;
  const { outputLimit, mostOutputTokens, temperature, effort, stream } = dialect;
  const limit = Math.min(mostOutputTokens ?? maxOutputTokens, maxOutputTokens);
  return {
    model,
    messages: dialect.system ? messages : withoutSystem(messages),
    ...(outputLimit === "none" ? {} : { [outputLimit]: limit }),
    ...(temperature ? { temperature: 0 } : {}),
    ...(effort === null ? {} : { reasoning_effort: effort as OpenAI.ReasoningEffort }),
    ...FORMATS[plain ? "none" : dialect.format],
    ...(stream === "none" ? {} : { stream: true }),
    ...(stream === "with usage" ? { stream_options: { include_usage: true } } : {}),
  };
}

/** Instructions as the beginning of the first message: some models know no system message. */
function withoutSystem(messages: AskRequest["messages"]): AskRequest["messages"] {
  const [first, second, ...rest] = messages;
  if (first?.role !== "system" || !second) return messages;
  return [{ ...second, content: joined(first.content, second.content) }, ...rest];
}

/** Two texts without secrets, one behind the other. */
const joined = (a: Redacted<string>, b: Redacted<string>) => redactSecrets(`${a}\n\n${b}`).text;

const schemaFormat = (schema: object): Partial<Body> => ({
  response_format: { type: "json_schema", json_schema: { name: "verdict", strict: true, schema: { ...schema } } },
});

const FORMATS: Record<Dialect["format"], Partial<Body>> = {
  "json_schema": schemaFormat(ANSWER_JSON_SCHEMA),
  "nullable json_schema": schemaFormat(NULLABLE_ANSWER_JSON_SCHEMA),
  "json_object": { response_format: { type: "json_object" } },
  "none": {},
};
