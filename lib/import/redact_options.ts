import { writtenText } from "../io/pieces.ts";
import { checkRow, RowError } from "../model/mod.ts";
import { jsonFault } from "../model/json_fault.ts";
import { type RedactOptions, type SecretRule } from "../traces/mod.ts";
import { secretRulesSchema } from "../traces/redaction/rule.ts";

/**
 * What a command says of redaction: `pii` for personal data too, and a JSON file with a list of rules of one's own (see
 * docs/redaction.md).
 *
 * @throws {TypeError} when `redact` is another word
 * @throws {RowError} naming the file, the rule and the field at fault
 */
export async function redactOptions(redact: string | undefined, rulesPath: string | undefined): Promise<RedactOptions> {
  if (redact !== undefined && redact !== "pii") {
    throw new TypeError(`--redact: expected pii (personal data too), found "${redact}"; secrets are always redacted`);
  }
  const rules = rulesPath === undefined ? [] : parseRules(await writtenText(rulesPath), rulesPath);
  return { personal: redact === "pii", rules };
}

function parseRules(json: string, path: string): SecretRule[] {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    throw new RowError(path, null, "", `not JSON (${jsonFault(error)}); rules are a list of objects`);
  }
  return checkRow(secretRulesSchema, value, path, null);
}
