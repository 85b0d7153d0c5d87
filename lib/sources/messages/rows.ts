import { SharedMessages } from "../../model/mod.ts";
import { parseRecorded } from "../../traces/mod.ts";
import { quoted } from "../../traces/json_text.ts";
import type { SpanParts } from "../mapping/row.ts";
import { type PlacedSession, UNANSWERED } from "../readers/placed.ts";
import { shareTokens } from "../readers/shared_out.ts";
import { usageParts } from "../spans/api_usage.ts";
import { objectAt } from "../spans/pick.ts";
import { withAnswersWhole } from "./items.ts";
import type { MessageLayout, MessagePlaces } from "./layout.ts";
import { normalizer, type NormalMessage } from "./normal.ts";
import { at, first, type Found } from "./places.ts";
import { stepsOf } from "./steps.ts";

type Json = Record<string, unknown>;

/** How to make a session of a record that a layout describes. */
export function sessionMaker(layout: MessageLayout): (found: Found) => PlacedSession {
  const normal = normalizer(layout.message);
  const ofTask = new Map<string, number>();
  return (found) => {
    const list = withAnswersWhole(messagesOf(found.record, layout)).flatMap(stepsOf);
    const messages: NormalMessage[] = [...apart(found.record, layout), ...list.map(normal)];
    if (layout.message?.speakers && messages.length) messages[0] = { ...messages[0]!, role: "user" };
    const offset = messages.length - list.length;
    const models = texts(at(found, layout.session.models));
    const tools = first(found.record, layout.tools);
    const spans = messages.flatMap((message, index) => {
      if (message.role !== "assistant" || index === 0) return [];
      const raw = list[index - offset];
      return [callOf(raw, list[index - offset - 1], messages, index, models, tools, layout)];
    });
    if (spans.every(({ inputTokens, outputTokens }) => inputTokens === null && outputTokens === null)) {
      shareTokens(spans, usageOf(found.record, layout));
    }
    return {
      sessionId: at(found, layout.session.sessionId) ?? numbered(at(found, layout.session.orTask)) ?? found.fileId,
      benchmark: at(found, layout.session.benchmark),
      harness: at(found, layout.session.harness),
      models,
      collectedAt: at(found, layout.session.collectedAt),
      totalTokens: at(found, layout.session.totalTokens),
      taskId: at(found, layout.session.taskId),
      trial: at(found, layout.session.trial),
      run: at(found, layout.session.run),
      ...(layout.grades ? { grades: gradesOf(found, layout.grades) } : {}),
      spans,
      metadata: metadataOf(found.record, layout),
      ...(spans.length === 0 && messages.length ? { leftOut: { [UNANSWERED]: messages.length } } : {}),
    };
  };

  function numbered(task: unknown): string | null {
    if (task === null) return null;
    const n = (ofTask.get(String(task)) ?? 0) + 1;
    ofTask.set(String(task), n);
    return n === 1 ? String(task) : `${task}#${n}`;
  }
}

function callOf(
  raw: unknown,
  before: unknown,
  messages: readonly NormalMessage[],
  index: number,
  models: readonly string[],
  tools: unknown,
  { message = {} }: MessageLayout,
): SpanParts {
  const end = first(raw, message.time);
  return {
    spanId: String(index),
    name: "chat",
    startTime: first(before, message.time),
    endTime: end,
    requestModel: models[0] ?? null,
    responseModel: first(raw, message.model),
    ...countsOf(raw, message),
    inputMessages: new SharedMessages(messages, index),
    outputMessages: new SharedMessages(messages.slice(index, index + 1)),
    toolDefinitions: tools,
  };
}

/** Tokens of a message: those of its API's usage, else what stands where the layout says. */
function countsOf(raw: unknown, places: MessagePlaces): SpanParts {
  const counts = usageParts(objectAt(raw as Json, ...(places.usage ?? [])));
  return {
    ...counts,
    inputTokens: counts.inputTokens ?? first(raw, places.inputTokens),
    outputTokens: counts.outputTokens ?? first(raw, places.outputTokens),
    cachedTokens: counts.cachedTokens ?? first(raw, places.cachedTokens),
    cacheWriteTokens: counts.cacheWriteTokens ?? first(raw, places.cacheWriteTokens),
    reasoningTokens: counts.reasoningTokens ?? first(raw, places.reasoningTokens),
  };
}

/** Tokens of the conversation as a whole. */
function usageOf(record: unknown, { usage = [], sums }: MessageLayout): Parameters<typeof shareTokens>[1] {
  if (sums) return { inputTokens: first(record, sums.inputTokens), outputTokens: first(record, sums.outputTokens) };
  return usageParts(objectAt(record as Json, ...usage));
}

/** The recorded list of messages, or what stands in its place. */
export function messagesIn(record: unknown, { messages }: MessageLayout): unknown {
  const value = first(record, messages);
  return typeof value === "string" ? parsed(value) : value;
}

/** The recorded list of messages. @throws {TypeError} where there is none. */
function messagesOf(record: unknown, layout: MessageLayout): unknown[] {
  const list = messagesIn(record, layout), { messages } = layout;
  if (Array.isArray(list)) return list;
  throw new TypeError(`${messages.join(" or ")}: expected a list of messages, found ${short(list)}`);
}

/** The system prompt and the task, where they are kept beside the messages. */
function apart(record: unknown, { system, task }: MessageLayout): NormalMessage[] {
  const parts = [{ role: "system", content: first(record, system) }, { role: "user", content: first(record, task) }];
  return parts.filter(({ content }) => content !== null);
}

function gradesOf(found: Found, places: NonNullable<MessageLayout["grades"]>): NonNullable<PlacedSession["grades"]> {
  const { origin = "official", ...rest } = places;
  const graded = Object.fromEntries(Object.entries(rest).map(([name, place]) => [name, at(found, place)]));
  return { ...graded, all: (rest.success ?? []).map((place) => at(found, [place])), origin };
}

/** Every other field of the record. */
function metadataOf(record: unknown, layout: MessageLayout): Json {
  const used = new Set([layout.messages, layout.system ?? [], layout.task ?? [], layout.tools ?? []].flat());
  return Object.fromEntries(Object.entries(record as Json).filter(([key]) => !used.has(key)));
}

function texts(value: unknown): string[] {
  const list = Array.isArray(value) ? value : value === null ? [] : [value];
  return list.filter((one) => typeof one === "string" && one !== "") as string[];
}

function parsed(text: string): unknown {
  try {
    return parseRecorded(text);
  } catch {
    return text;
  }
}

const short = (value: unknown) => value === undefined ? "nothing" : quoted(value).slice(0, 60);
