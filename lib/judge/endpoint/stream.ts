type Json = Record<string, unknown>;

/** Whether a body is a stream of server-sent events, whatever its content type says. */
export function isEventStream(text: string): boolean {
  return /^\s*(?:(?::|event:|id:|retry:)[^\r\n]*[\r\n]\s*)*data:/.test(text);
}

/**
 * Puts the events of a streamed answer together into the one completion that they are pieces of. Events that are not JSON
 * (`[DONE]`, comments) are passed over; an event with an error makes the whole an error.
 *
 * @returns null when the stream broke off before anything said that it had ended
 */
export function completionOfEvents(text: string): Json | null {
  const whole: Json = {};
  const message = { content: "", reasoning: "", refusal: null as string | null, tools: new Map<number, Json>() };
  let finish: unknown = null;
  let ended = false;
  for (const data of eventsOf(text)) {
    if (data === "[DONE]") ended = true;
    const event = parsed(data);
    if (!event) continue;
    if (event["error"] !== undefined) return event;
    for (const key of ["id", "model"]) if (event[key] !== undefined) whole[key] = event[key];
    if (event["usage"]) whole["usage"] = event["usage"];
    const choice = (event["choices"] as Json[] | undefined)?.[0];
    if (!choice) continue;
    if (choice["error"]) whole["error"] = choice["error"];
    if (choice["finish_reason"]) [finish, ended] = [choice["finish_reason"], true];
    add(message, (choice["delta"] ?? choice["message"] ?? {}) as Json);
  }
  if (!ended) return null;
  const { content, reasoning, refusal, tools } = message;
  return {
    ...whole,
    choices: [{
      index: 0,
      finish_reason: finish,
      message: {
        role: "assistant",
        content,
        refusal,
        ...(reasoning ? { reasoning_content: reasoning } : {}),
        ...(tools.size ? { tool_calls: [...tools.values()] } : {}),
      },
    }],
  };
}

/** The data of each event; several `data:` lines of one event belong together. */
function* eventsOf(text: string): Generator<string> {
  for (const block of text.replace(/^\ufeff/, "").replace(/\r\n?/g, "\n").split("\n\n")) {
    const lines = block.split("\n").filter((line) => line.startsWith("data:"));
    if (lines.length) yield lines.map((line) => line.slice(5).replace(/^ /, "")).join("\n").trim();
  }
}

function add(
  message: { content: string; reasoning: string; refusal: string | null; tools: Map<number, Json> },
  delta: Json,
): void {
  const { content, refusal, reasoning_content, reasoning, tool_calls, function_call } = delta;
  if (typeof content === "string") message.content += content;
  else if (Array.isArray(content)) message.content += content.map((part) => part?.text ?? "").join("");
  const thought = reasoning_content ?? reasoning;
  if (typeof thought === "string") message.reasoning += thought;
  if (typeof refusal === "string") message.refusal = (message.refusal ?? "") + refusal;
  const calls = Array.isArray(tool_calls) ? tool_calls as Json[] : function_call ? [{ function: function_call }] : [];
  for (const call of calls) {
    const at = Number(call["index"] ?? 0);
    const before = (message.tools.get(at)?.["function"] ?? {}) as Json;
    const piece = (call["function"] ?? {}) as Json;
    message.tools.set(at, {
      function: {
        name: before["name"] ?? piece["name"],
        arguments: `${before["arguments"] ?? ""}${piece["arguments"] ?? ""}`,
      },
    });
  }
}

function parsed(data: string): Json | null {
  try {
    const value: unknown = JSON.parse(data);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value as Json : null;
  } catch {
    return null;
  }
}
