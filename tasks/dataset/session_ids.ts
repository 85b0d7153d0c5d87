/**
 * Session ids of a file: a JSON array or one id a line, where an id is a text or an object with `sessionId` or
 * `session_id`.
 *
 * @throws {Error} when there is none, or a line is something else
 */
export async function sessionIds(path: string): Promise<Set<string>> {
  const text = await Deno.readTextFile(path);
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
 * Sessions of one topic of a file that `deno task topics --out FILE` wrote.
 *
 * @param topic its number
 * @throws {Error} when the file holds no topics, or none of that number
 */
export async function topicSessions(path: string, topic: string): Promise<Set<string>> {
  const { points } = JSON.parse(await Deno.readTextFile(path)) as {
    points?: { sessionId: string; topic: number | null }[];
  };
  if (!Array.isArray(points)) throw new Error(`${path}: holds no topics; give a file of deno task topics --out FILE`);
  const ids = points.filter((point) => String(point.topic) === topic).map(({ sessionId }) => sessionId);
  if (ids.length === 0) {
    const known = [...new Set(points.map((point) => point.topic))].filter((one) => one !== null).sort((a, b) => a - b);
    throw new Error(`${path}: holds no topic ${topic}; there are ${known.join(", ")}`);
  }
  return new Set(ids);
}

function valueOf(line: string): unknown {
  return /^["{]/.test(line) ? JSON.parse(line) : line;
}
