import { redactOptions } from "../../lib/import/mod.ts";
import type { RedactOptions } from "../../lib/traces/mod.ts";
import type { Config } from "../atl/config.ts";

/** What is redacted beside the secrets that everybody has: as the command line says, else as the settings do. */
export async function redaction(
  { redact, redactRules }: { redact?: string | undefined; redactRules?: string | undefined },
  { redact: settings }: Config,
): Promise<RedactOptions> {
  const { pii = false, rules } = settings ?? {};
  const kind = redact ?? (pii ? "pii" : undefined);
  if (redactRules === undefined && rules !== undefined && typeof rules !== "string") {
    return { ...await redactOptions(kind, undefined), rules };
  }
  return await redactOptions(kind, redactRules ?? (rules as string | undefined));
}
