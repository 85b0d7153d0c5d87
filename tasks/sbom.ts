/** `deno task sbom`: what the project is made of, as a CycloneDX bill of materials or as a list of licences. @module */
import { parseArgs } from "node:util";
import { writeWhole } from "../lib/io/mod.ts";
import { failure, note, say } from "./say.ts";
import { cycloneDx, isCompatible } from "./sbom/cyclonedx.ts";
import { licencesIn, type Lock, type Package, packagesOf } from "./sbom/packages.ts";

const HELP = `deno task sbom [--out FILE] [--licences]

Prints the packages that deno.lock pins, with their hashes and licences, as a bill of materials in CycloneDX 1.6.

  --licences   a list of licences and packages instead; exit code 1 where one does not go with this project's
  --out FILE   where it goes instead of being printed`;

/** The packages of the project's lock file, with the licences that this machine's cache knows. */
export async function projectPackages(): Promise<Package[]> {
  const lock = JSON.parse(await Deno.readTextFile(new URL("../deno.lock", import.meta.url))) as Lock;
  return await packagesOf(lock, licencesIn(await npmCache()));
}

async function npmCache(): Promise<string> {
  const { stdout } = await new Deno.Command(Deno.execPath(), { args: ["info", "--json"] }).output();
  return (JSON.parse(new TextDecoder().decode(stdout)) as { npmCache: string }).npmCache;
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    args: Deno.args,
    options: {
      out: { type: "string" },
      licences: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) {
    say(HELP);
    return 0;
  }
  const packages = await projectPackages();
  const text = values.licences
    ? licenceList(packages)
    : `${JSON.stringify(cycloneDx(packages, "agent-trace-lab"), null, 2)}\n`;
  if (values.out === undefined) say(text.trimEnd());
  else await writeWhole(values.out, text);
  const odd = packages.filter(({ licence }) => licence !== null && !isCompatible(licence));
  if (odd.length) note(`not compatible: ${odd.map(({ name, licence }) => `${name} (${licence})`).join(", ")}`);
  return values.licences && odd.length ? 1 : 0;
}

function licenceList(packages: readonly Package[]): string {
  const by = Map.groupBy(packages, ({ licence }) => licence ?? "of other platforms, not on this machine");
  return [...by].sort(([a], [b]) => a < b ? -1 : 1)
    .map(([licence, of]) => `${licence}: ${of.map(({ name, version }) => `${name}@${version}`).join(", ")}\n`).join("");
}

if (import.meta.main) {
  try {
    Deno.exitCode = await main();
  } catch (error) {
    console.error(failure("sbom", error));
    Deno.exitCode = 1;
  }
}
