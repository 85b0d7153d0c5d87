import { z } from "zod";
import { checkRow, GRADE_ORIGINS } from "../../model/mod.ts";
import type { Mapping } from "../mapping/mapping.ts";
import { placedMapping } from "../readers/placed.ts";
import type { MessageLayout, NeededPaths } from "./layout.ts";

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
    run: places.exactOptional(),
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
  usage: paths.exactOptional(),
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
    cacheWriteTokens: paths.exactOptional(),
    reasoningTokens: paths.exactOptional(),
    usage: paths.exactOptional(),
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
  const told: MessageLayout = withoutMarks(layout);
  return { ...placedMapping(name), layout: { ...told, needed: neededIn(layout) } };
}

/** Fields of a layout that hold places. */
const WITH_PLACES = ["messages", "system", "task", "tools", "usage"] as const;
/** Fields of a message that hold no paths into its record. */
const NO_PATHS = new Set(["roles", "silent"]);

/** A mark at a path's end that says that it may be missing. */
const MAY_MISS = /\?$/;

/** The layout with the marks taken off its paths. */
function withoutMarks<T>(layout: T): T {
  if (typeof layout === "string") return layout.replace(MAY_MISS, "") as T;
  if (Array.isArray(layout)) return layout.map(withoutMarks) as T;
  if (typeof layout !== "object" || layout === null || "constant" in layout) return layout;
  return Object.fromEntries(
    Object.entries(layout).map(([key, value]) => [key, NO_PATHS.has(key) ? value : withoutMarks(value)]),
  ) as T;
}

/** Fields none of whose places may be missing: all are paths without the mark. */
function neededIn(layout: Omit<z.infer<typeof layoutSchema>, "name" | "form">): NeededPaths[] {
  const fields: [string, readonly unknown[]][] = [
    ...Object.entries(layout.session).map((
      [field, of],
    ): [string, readonly unknown[]] => [`session.${field}`, of ?? []]),
    ...Object.entries(layout.grades ?? {}).flatMap(([field, of]): [string, readonly unknown[]][] =>
      Array.isArray(of) ? [[`grades.${field}`, of]] : []
    ),
    ...WITH_PLACES.map((field): [string, readonly unknown[]] => [field, layout[field] ?? []]),
    ...Object.entries(layout.message ?? {}).flatMap(([field, of]): [string, readonly unknown[]][] =>
      Array.isArray(of) && !NO_PATHS.has(field) ? [[`message.${field}`, of]] : []
    ),
  ];
  return fields.flatMap(([field, of]) => {
    const paths = of.flatMap((one) => typeof one === "string" ? [one] : isJoin(one) ? one.join : []);
    const sure = paths.length > 0 && !of.some((one) => typeof one === "object" && !isJoin(one)) &&
      !paths.some((path) => MAY_MISS.test(path));
    return sure ? [{ field, paths }] : [];
  });
}

function isJoin(place: unknown): place is { join: string[] } {
  return typeof place === "object" && place !== null && "join" in place;
}
