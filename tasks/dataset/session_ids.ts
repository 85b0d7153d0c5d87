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

function valueOf(line: string): unknown {
  return /^["{]/.test(line) ? JSON.parse(line) : line;
}
