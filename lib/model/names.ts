/**
 * The family of a deployment: the part after the last `/`, lower case, without a trailing `-preview`, then without a
 * trailing date `-YYYY-MM-DD`. `openai/azure/Kimi-K2.5` is `kimi-k2.5`; `Azure/gpt-5.2-2025-12-11` is `gpt-5.2`.
 */
export function modelFamily(deployment: string): string {
  return deployment.slice(deployment.lastIndexOf("/") + 1).toLowerCase()
    .replace(/-preview$/, "").replace(/-\d{4}-\d{2}-\d{2}$/, "");
}

/** `harness · model`, the name of a configuration: one harness driving one model family. */
export function configName(harness: string, model: string): string {
  return `${harness} · ${model}`;
}

/** The run a session belongs to: the part of its id before the first `_` (the whole id where there is none). */
export function runOf(sessionId: string): string {
  const cut = sessionId.indexOf("_");
  return cut < 0 ? sessionId : sessionId.slice(0, cut);
}
