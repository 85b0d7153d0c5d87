/** The session that every sample tells: a visitor asks, the model looks a book up, and answers. @module */

export const json = JSON.stringify;
export const ASK = "Which shelf holds the “Große Atlas” 🗺?\n\tAnd since when?";
export const ANSWER = 'It stands on "shelf 9" — since 1911.';
export const RESULT = "shelf 9\r\n<since>1911</since> \\ no error";
export const ARGS = '{"title":"Große Atlas","tags":["a\\"b"]}';
export const at = (second: number) => `2026-02-03T09:00:0${second}.000Z`;
export const user = { role: "user", content: ASK };
export const fn = { name: "find_book", arguments: ARGS };
export const call = { role: "assistant", content: null, tool_calls: [{ id: "c1", type: "function", function: fn }] };
export const result = { role: "tool", tool_call_id: "c1", content: RESULT };
export const answer = { role: "assistant", content: ANSWER };
export const CHAT = [user, call, result, answer];
export const CALLS = [[[user], call], [[user, call, result], answer]] as const;
export const TOKENS = [[100, 20], [130, 7]] as const;
export const usage = (i: number) => ({ prompt_tokens: TOKENS[i]![0], completion_tokens: TOKENS[i]![1] });
export const inputUsage = (i: number) => ({ input_tokens: TOKENS[i]![0], output_tokens: TOKENS[i]![1] });
export const wall = (i: number) => [at(2 * i + 1), at(2 * i + 2)] as const;
export const parsedArgs = JSON.parse(ARGS);
export const millis = (second: number) => Date.parse(at(second));
