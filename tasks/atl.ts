/** `atl`: every command of this project as a subcommand of one program. @module */
import { atl } from "./atl/program.ts";

const code = await atl(Deno.args);
// Not `exit`: what was written to a pipe may not have arrived yet.
Deno.exitCode = code;
