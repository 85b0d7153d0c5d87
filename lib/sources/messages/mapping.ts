import { z } from "zod";
import { checkRow, GRADE_ORIGINS } from "../../model/mod.ts";
import type { Mapping } from "../mapping/mapping.ts";
import { placedMapping } from "../readers/placed.ts";
import type { MessageLayout } from "./layout.ts";

const name = z.string().min(1);
const EXPECTED = { error: 'expected a path, { "join": […] }, { "file": "name" } or { "constant": "…" }' };
const place = z.union([
  name,
  z.strictObject({ join: z.array(name).min(1) }),
  z.strictObject({ file: z.enum(["name", "folder"]) }),
  z.strictObject({ constant: name }),
], EXPECTED);
const places = z.union([place.transform((one) => [one]), z.array(place).min(1)], EXPECTED);
const paths = z.union([name.transform((one) => [one]), z.array(name).min(1)], { error: "expected a path or a list" });

const layoutSchema = z.strictObject({
  name,
  form: z.literal("messages"),
  records: name.exactOptional(),
  session: z.strictObject({
    sessionId: places,
    orTask: places.exactOptional(),
    benchmark: places.exactOptional(),
    harness: places.exactOptional(),
    models: places.exactOptional(),
    collectedAt: places.exactOptional(),
    taskId: places.exactOptional(),
    trial: places.exactOptional(),
    totalTokens: places.exactOptional(),
  }),
  grades: z.strictObject({
    success: places.exactOptional(),
    score: places.exactOptional(),
    status: places.exactOptional(),
    agentUsd: places.exactOptional(),
    benchmarkUsd: places.exactOptional(),
    origin: z.enum(GRADE_ORIGINS).exactOptional(),
  }).exactOptional(),
  messages: paths,
  system: paths.exactOptional(),
  task: paths.exactOptional(),
  tools: paths.exactOptional(),
  message: z.strictObject({
    role: paths.exactOptional(),
    content: paths.exactOptional(),
    toolCalls: paths.exactOptional(),
    toolCallId: paths.exactOptional(),
    roles: z.record(z.string(), z.string()).exactOptional(),
    silent: z.array(name).exactOptional(),
    inputTokens: paths.exactOptional(),
    outputTokens: paths.exactOptional(),
    cachedTokens: paths.exactOptional(),
    model: paths.exactOptional(),
    time: paths.exactOptional(),
    responseId: paths.exactOptional(),
  }).exactOptional(),
});

/** Whether a JSON value is a mapping of conversations rather than of rows of spans. */
export function isMessageMapping(value: unknown): boolean {
  return typeof value === "object" && value !== null && (value as { form?: unknown }).form === "messages";
}

/**
 * A mapping of conversations: `{ "name": …, "form": "messages", "session": …, "messages": … }`, see {@link MessageLayout}.
 * Where there is one place only, it need not be a list.
 *
 * @throws {RowError} naming the file and the field at fault.
 */
export function messageMapping(value: unknown, source: string): Mapping {
  const { name, form: _, ...layout } = checkRow(layoutSchema, value, source, null);
  return { ...placedMapping(name), layout: layout satisfies MessageLayout };
}
