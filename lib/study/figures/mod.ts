/**
 * The figures that only the study has, and what its claims' figure says beside its rows.
 *
 * @module
 */
export { claimWords, OFFICIAL_SOURCE } from "./claim_words.ts";
export { drawContamination } from "./contamination.ts";
export { drawSwebenchClaudeCode } from "./swebench_claude_code.ts";
export { overturnTable, variantsTable } from "./headline_tables.ts";
