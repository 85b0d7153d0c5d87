/** Conversations with a simulated customer, or tasks in code, apps and search: tokens differ a hundredfold. */
export type TaskFamily = "conversational" | "coding and search";

/** The family of a benchmark: the TAU suites are conversations. */
export function taskFamily(benchmark: string): TaskFamily {
  return benchmark.startsWith("tau") ? "conversational" : "coding and search";
}
