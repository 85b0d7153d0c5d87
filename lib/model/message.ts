import { z } from "zod";

/** One tool call of an assistant message, as OpenAI's chat format has it; `arguments` is JSON text as the model wrote it. */
export interface ToolCall {
  id: string;
  type: "function";
  function: { name: string; arguments: string };
}

/** One message of a conversation in OpenAI's chat format. A `tool` message answers the call named by `tool_call_id`. */
export interface Message {
  role: string;
  content: string | null;
  /** What the model thought before it said this, where that was recorded: never part of an answer. */
  reasoning?: string;
  tool_calls?: ToolCall[];
  tool_call_id?: string;
  /** Set where the recorder says that the result of a tool is an error. */
  is_error?: true;
}

const toolCall = z.object({
  id: z.string(),
  type: z.literal("function"),
  function: z.object({ name: z.string(), arguments: z.string() }),
});

/** Checks a {@link Message}. */
export const messageSchema: z.ZodType<Message> = z.object({
  role: z.string(),
  content: z.string().nullable(),
  reasoning: z.string().exactOptional(),
  tool_calls: z.array(toolCall).exactOptional(),
  tool_call_id: z.string().exactOptional(),
  is_error: z.literal(true).exactOptional(),
});
