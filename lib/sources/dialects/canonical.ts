import type { OtlpSpan } from "../otlp/otlp.ts";
import { apiUsage } from "../spans/api_usage.ts";
import { known } from "../spans/pick.ts";
import { isObject, type Json, nested, unpacked } from "./json.ts";
import { langfuseCounts } from "./langfuse_counts.ts";
import {
  CALL_SIGNS,
  type CallRule,
  CALLS,
  INPUT,
  NAMES,
  OUTPUT,
  RESPONSES,
  TOOL_CALL_IDS,
  TOOL_SPANS,
  TOOLS,
  USAGE,
} from "./table.ts";
import { textsOf } from "./texts.ts";

/** Whether a span is a model call, by any of the words that recorders have for it. */
export function isModelCall(attributes: Json): boolean {
  return fits(attributes, CALLS) ||
    CALL_SIGNS.some((names) => names.every((name) => attributes[name] !== undefined && attributes[name] !== null));
}

/** Whether a span is a tool that ran. */
export const isToolSpan = (attributes: Json): boolean => fits(attributes, TOOL_SPANS);

/** Id of the call that such a span answers; null where it does not say. */
export function toolCallIdOf(attributes: Json): string | null {
  const found = TOOL_CALL_IDS.map((name) => attributes[name]).find(isThere);
  return found === undefined ? null : String(found);
}

function fits(attributes: Json, rules: readonly CallRule[]): boolean {
  return rules.some(({ attribute, values }) => {
    const value = unpacked(attributes[attribute]);
    return typeof value === "string" && values.some((one) => one.toLowerCase() === value.toLowerCase());
  });
}

/** Which name an attribute is another name for, and the order in which such are tried. */
const ALIASES = new Map(
  Object.entries(NAMES).flatMap(([name, others]) => others.map((other, rank) => [other, { name, rank }] as const)),
);

/** Attributes under the names that mappings look up, where recorders have other names for them. The others stay. */
export function named(attributes: Json): Json {
  const more = { ...aliased(attributes), ...counted(attributes) };
  return Object.keys(more).length ? { ...attributes, ...more } : attributes;
}

function aliased(attributes: Json): Json {
  const found: Json = {};
  const ranks: Record<string, number> = {};
  for (const key in attributes) {
    const alias = ALIASES.get(key);
    if (!alias || !isThere(attributes[key]) || isThere(attributes[alias.name])) continue;
    if (alias.rank >= (ranks[alias.name] ?? Infinity)) continue;
    ranks[alias.name] = alias.rank;
    found[alias.name] = attributes[key];
  }
  return found;
}

/** Counts of tokens that are kept together. */
function counted(attributes: Json): Json {
  const found: Json = {};
  for (const { attribute, counts } of USAGE) {
    const usage = unpacked(attributes[attribute]);
    if (!isObject(usage)) continue;
    for (const [name, keys] of Object.entries(counts)) {
      if (!isKnown(attributes[name])) found[name] ??= keys.map((key) => usage[key]).find(isThere);
    }
  }
  for (const name of RESPONSES) {
    const response = unpacked(attributes[name]);
    if (!isObject(response) || !isObject(response["usage"])) continue;
    const usage = known(apiUsage(response["usage"]));
    const input = attributes[INPUT_TOKENS] ?? found[INPUT_TOKENS];
    // Of the same input the response may say more, such as what was cached; another count has other parts.
    if (isKnown(input) && Number(input) !== usage[INPUT_TOKENS]) continue;
    for (const [count, value] of Object.entries(usage)) if (!isKnown(attributes[count])) found[count] ??= value;
  }
  const langfuse = unpacked(attributes["langfuse.observation.usage_details"]);
  if (isObject(langfuse)) {
    const { input, output, cacheRead, cacheWrite, reasoning } = langfuseCounts(langfuse);
    Object.assign(found, {
      "gen_ai.usage.input_tokens": input,
      "gen_ai.usage.output_tokens": output,
      "gen_ai.usage.cache_read.input_tokens": cacheRead,
      "gen_ai.usage.cache_creation.input_tokens": cacheWrite,
      "gen_ai.usage.reasoning.output_tokens": reasoning,
    });
  }
  return found;
}

const INPUT_TOKENS = "gen_ai.usage.input_tokens";
const isKnown = (value: unknown) => value !== undefined && value !== null;

/**
 * Attributes of a span, a model call's with its texts under the names of today's GenAI conventions, whichever dialect its
 * recorder wrote: `gen_ai.operation.name` is `chat`, `gen_ai.input.messages` and `gen_ai.output.messages` have what was
 * said.
 */
export function withTexts({ attributes: own, events }: OtlpSpan): Json {
  const details = events.filter(({ name }) => name === "gen_ai.client.inference.operation.details");
  const attributes: Json = Object.assign({}, ...details.map((event) => event.attributes), own);
  if (!isModelCall(attributes)) return attributes;
  const input = textsOf(attributes, events, INPUT, "input");
  const output = textsOf(attributes, events, OUTPUT, "output");
  const tools = toolsOf(attributes) ?? input?.tools;
  return {
    ...attributes,
    "gen_ai.operation.name": "chat",
    ...(input ? { "gen_ai.input.messages": input.messages } : {}),
    ...(output ? { "gen_ai.output.messages": output.messages } : {}),
    ...(tools === undefined ? {} : { "gen_ai.tool.definitions": tools }),
    ...(input?.model === undefined || isThere(attributes["gen_ai.request.model"])
      ? {}
      : { "gen_ai.request.model": input.model }),
  };
}

const isThere = (value: unknown) => value !== undefined && value !== null && value !== "";

function toolsOf(attributes: Json): unknown {
  for (const name of TOOLS) {
    const found = nested(attributes, name);
    if (found === undefined) continue;
    return Array.isArray(found) ? found.map(toolOf) : attributes[name];
  }
  return undefined;
}

/** A tool that was written as JSON text, or under `tool.json_schema`. */
function toolOf(value: unknown): unknown {
  const tool = unpacked(value);
  const schema = (tool as { tool?: { json_schema?: unknown } } | null)?.tool?.json_schema;
  return schema === undefined ? tool : unpacked(schema);
}
