import { z } from "zod";

/** One tool call of an assistant message, as OpenAI's chat format has it; `arguments` is JSON text as the model wrote it. */
export interface ToolCall {
  /** What the tool's answer refers to. */
  id: string;
  /** Always a function. */
  type: "function";
  /** The tool's name, and its arguments as JSON text. */
  function: { name: string; arguments: string };
}

/** One message of a conversation in OpenAI's chat format. A `tool` message answers the call named by `tool_call_id`. */
export interface Message {
  /** `system`, `user`, `assistant` or `tool`. */
  role: string;
  /** The text; null where the message only calls tools. */
  content: string | null;
  /** What the model thought before it said this, where that was recorded: never part of an answer. */
  reasoning?: string;
  /** The tools that an assistant's message calls. */
  tool_calls?: ToolCall[];
  /** The call that a tool's message answers. */
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
