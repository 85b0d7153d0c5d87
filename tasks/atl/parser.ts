import { merge, object } from "@optique/core/constructs";
import type { Parser } from "@optique/core/parser";
import type { Command } from "./command.ts";
import { EVERYWHERE, JSON_OPTION } from "./everywhere.ts";

/** The parser of what may stand behind a command's name. */
export function parserOf({ options, json }: Command): Parser<"sync", Record<string, unknown>, unknown> {
  return merge(object(options), object("Everywhere", { ...(json ? JSON_OPTION : {}), ...EVERYWHERE }));
}
