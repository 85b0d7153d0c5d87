import { writtenText } from "../../lib/io/mod.ts";
import { readTopicLabels } from "../../lib/sources/mod.ts";

/**
 * Session ids of a file: a JSON array or one id a line, where an id is a text or an object with `sessionId` or
 * `session_id`.
 *
 * @throws {Error} when there is none, or a line is something else
 */
export async function sessionIds(path: string): Promise<Set<string>> {
  const text = await writtenText(path);
  const values = text.trimStart().startsWith("[")
    ? JSON.parse(text) as unknown[]
    : text.split("\n").map((line) => line.trim()).filter(Boolean).map(valueOf);
  const ids = values.map((value, i) => {
    const id = typeof value === "object" && value !== null
      ? (value as Record<string, unknown>)["sessionId"] ?? (value as Record<string, unknown>)["session_id"]
      : value;
    if (typeof id !== "string" || id === "") {
      throw new Error(`${path}, entry ${i + 1}: expected a session id, found ${JSON.stringify(value)}`);
    }
    return id;
  });
  if (ids.length === 0) throw new Error(`${path}: holds no session id`);
  return new Set(ids);
}

/**
 * Sessions of one topic: of a file that `deno task topics --out FILE` wrote, or of lines of `topics --model --out`.
 *
 * @param topic its name, or in a file of topics its number
 * @throws {Error} when the file holds no topics, or no such one
 */
export async function topicSessions(path: string, topic: string): Promise<Set<string>> {
  const sorted = await sortedIn(path);
  const ids = sorted.filter(({ names }) => names.includes(topic)).map(({ id }) => id);
  if (ids.length === 0) {
    const known = [...new Set(sorted.flatMap(({ names }) => names.at(-1) ?? []))].sort();
    throw new Error(`${path}: holds no topic ${topic}; there are ${known.join(", ")}`);
  }
  return new Set(ids);
}

/** Each session of a file with what its topics are called. */
async function sortedIn(path: string): Promise<{ id: string; names: string[] }[]> {
  const text = await writtenText(path);
  const whole = parsed(text);
  if (whole === undefined || "session_id" in Object(whole)) {
    const labels = await readTopicLabels(path);
    return labels.map(({ session_id, topics }) => ({ id: session_id, names: topics }));
  }
  const { points, topics = [] } = Object(whole) as {
    points?: { sessionId: string; topic: number | null }[];
    topics?: { number: number; name: string }[];
  };
  if (!Array.isArray(points)) throw new Error(`${path}: holds no topics; give a file of deno task topics --out FILE`);
  const nameOf = new Map(topics.map(({ number, name }) => [number, name]));
  return points.flatMap(({ sessionId, topic }) =>
    topic === null ? [] : [{ id: sessionId, names: [String(topic), nameOf.get(topic) ?? String(topic)] }]
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function valueOf(line: string): unknown {
  return /^["{]/.test(line) ? JSON.parse(line) : line;
}
