import { writtenTextSync } from "../../lib/io/mod.ts";
import { existsSync } from "node:fs";
import { dirname, isAbsolute, join } from "node:path";
import { z } from "zod";
import { checkRow, jsonFault, nearest } from "../../lib/model/mod.ts";
import { type SecretRule, secretRulesSchema } from "../../lib/traces/redaction/rule.ts";

/** The file of settings that is read where no other is named. */
export const CONFIG_FILE = "atl.json";

const path = z.string({ error: "expected a path" }).min(1, "expected a path");
const kinds = <T extends z.ZodType>(value: T) =>
  z.strictObject({
    benchmark: z.record(z.string(), value).optional(),
    harness: z.record(z.string(), value).optional(),
    model: z.record(z.string(), value).optional(),
  });

/** What a file of settings may say. */
export const configSchema = z.strictObject({
  $schema: z.string().optional().describe("where the schema of this file is, for editors"),
  source: z.string().min(1).optional().describe("where the sessions come from, as --source says it"),
  mapping: path.optional().describe("which column or attribute of the source is what: a file, as --mapping takes it"),
  prices: path.optional().describe("your own rates: a file, as --prices takes it"),
  claims: path.optional().describe("your own claims: a file, as --claims takes it"),
  labels: path.optional().describe("people's labels: a file, as --labels takes it"),
  names: kinds(z.string().min(1)).optional()
    .describe("what figures and report call a benchmark, a harness or a model: by kind, then by its name in the data"),
  colours: kinds(z.string().regex(/^#[0-9a-f]{6}$/i, "expected a colour such as #0072b2")).optional()
    .describe("the colour of a benchmark, a harness or a model: by kind, then by its name in the data"),
  families: z.record(z.string(), z.string().min(1)).optional()
    .describe(
      "the family of suites that a benchmark belongs to, by its name in the data; one that is not here is its own",
    ),
  redact: z.strictObject({
    pii: z.boolean({ error: "expected true or false" }).optional()
      .describe("also redact e-mail addresses, phone numbers, IBANs and card numbers, as --redact pii"),
    rules: z.union([path, secretRulesSchema], { error: "expected a file, or a list of rules (docs/redaction.md)" })
      .optional()
      .describe("rules for secrets of your own: a file, as --redact-rules takes it, or the list itself"),
  }).optional().describe("what import redacts beside the secrets that everybody has"),
});

/** What a file of settings says; its paths lead from anywhere. */
export interface Config extends Omit<z.infer<typeof configSchema>, "redact"> {
  redact?: { pii?: boolean | undefined; rules?: string | SecretRule[] | undefined } | undefined;
}

/**
 * Reads a file of settings. Its paths are from where it lies.
 *
 * @param file null for {@link CONFIG_FILE} of this folder, which may be missing: then nothing is set
 * @throws {Error} naming the file, the field at fault and, where a name is not known, the nearest
 */
export function readConfig(file: string | null, folder = "."): Config {
  const at = file ?? join(folder, CONFIG_FILE);
  let text: string;
  try {
    text = writtenTextSync(at);
  } catch (error) {
    if (file === null && error instanceof Deno.errors.NotFound) return {};
    throw new Error(`${at}: the settings cannot be read (${(error as Error).message}); see docs/config.md`);
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new Error(`${at}: not JSON (${jsonFault(error)}); see docs/config.md`);
  }
  const unknown = unknownName(json);
  if (unknown !== null) throw new Error(`${at}: ${unknown} See docs/config.md`);
  return fromAnywhere(checkRow(configSchema, json, at, null), dirname(at));
}

/** What is wrong with a name that no setting has. */
function unknownName(json: unknown): string | null {
  for (const issue of configSchema.safeParse(json).error?.issues ?? []) {
    if (issue.code !== "unrecognized_keys") continue;
    const there = namesAt(issue.path);
    const [name = ""] = issue.keys;
    const [near] = nearest(name, there);
    const where = issue.path.length ? ` in "${issue.path.join(".")}"` : "";
    return `there is no setting "${name}"${where}; ${
      near ? `did you mean "${near}"?` : `there are ${there.join(", ")}.`
    }`;
  }
  return null;
}

function namesAt(path: readonly PropertyKey[]): string[] {
  let schema: z.ZodType = configSchema;
  for (const key of path) schema = insideOf(schema).shape[String(key)]!;
  return Object.keys(insideOf(schema).shape).filter((name) => name !== "$schema");
}

function insideOf(schema: z.ZodType): z.ZodObject<Record<string, z.ZodType>> {
  return (schema instanceof z.ZodOptional ? schema.unwrap() : schema) as z.ZodObject<Record<string, z.ZodType>>;
}

function fromAnywhere(config: Config, folder: string): Config {
  const placed = (path: string) => isAbsolute(path) ? path : join(folder, path);
  const { mapping, prices, claims, labels, source, redact } = config;
  return {
    ...config,
    ...(mapping === undefined ? {} : { mapping: placed(mapping) }),
    ...(prices === undefined ? {} : { prices: placed(prices) }),
    ...(claims === undefined ? {} : { claims: placed(claims) }),
    ...(labels === undefined ? {} : { labels: placed(labels) }),
    ...(source === undefined
      ? {}
      : { source: source.split(",").map((one) => placedSource(one.trim(), placed)).join(",") }),
    ...(typeof redact?.rules === "string" ? { redact: { ...redact, rules: placed(redact.rules) } } : {}),
  };
}

/** A source that is a path leads from the file; a name (`judged`) or a service (`hub:`) is the same everywhere. */
function placedSource(source: string, placed: (path: string) => string): string {
  const [, prefix, rest = source] = /^(\w{2,}):(.*)$/.exec(source) ?? [];
  if (prefix === "duckdb") return `duckdb:${placed(rest)}`;
  if (prefix !== undefined) return source;
  return /[./*\\]/.test(source) || existsSync(placed(source)) ? placed(source) : source;
}
