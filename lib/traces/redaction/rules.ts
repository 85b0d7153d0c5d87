import { checkRow } from "../../model/mod.ts";
import clouds from "./rules/clouds.json" with { type: "json" };
import code from "./rules/code.json" with { type: "json" };
import messages from "./rules/messages.json" with { type: "json" };
import models from "./rules/models.json" with { type: "json" };
import named from "./rules/named.json" with { type: "json" };
import payments from "./rules/payments.json" with { type: "json" };
import { type SecretRule, secretRulesSchema } from "./rule.ts";

/** The rules that everybody has, by family: facts that secret scanners and the services themselves publish. */
export const SECRET_RULES: readonly SecretRule[] = checkRow(
  secretRulesSchema,
  [...models, ...code, ...clouds, ...payments, ...messages, ...named],
  "lib/traces/redaction/rules",
  null,
);
