/** The suite and harness on which the published text compares models. */
export const HELD_FIXED = { harness: "claude_code", benchmark: "swebench" };
