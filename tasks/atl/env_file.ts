import { readFileSync } from "node:fs";
import process from "node:process";
import { parseEnv } from "node:util";

/** Sets what the file `.env` of this folder says, where the variable is not set already; no file is fine. */
export function loadEnvFile(path = ".env"): void {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    if ((error as { code?: string }).code === "ENOENT") return;
    throw new Error(`${path}: cannot be read (${(error as Error).message}); make it readable, or move it away`);
  }
  for (const [name, value] of Object.entries(parseEnv(text))) {
    if (value !== undefined) process.env[name] ??= value;
  }
}
