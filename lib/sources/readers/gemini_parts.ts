import { isObject } from "../dialects/json.ts";

/** What a tool gave back in a part of Gemini's: the output or the error of its response, where that is all that it says. */
export function responseOf(part: unknown): unknown {
  const response = isObject(part) && isObject(part["functionResponse"]) ? part["functionResponse"]["response"] : part;
  if (!isObject(response) || Object.keys(response).length !== 1) return response;
  return response["output"] ?? response["error"] ?? response;
}
