/** `deno task sbom`: what the project is made of, as a CycloneDX bill of materials or as a list of licences. @module */
import { command, type Values } from "./atl/command.ts";
import { flag, text } from "./atl/options.ts";
import { EXIT } from "./atl/usage.ts";
import { writeWhole } from "../lib/io/mod.ts";
import { note, say } from "./say.ts";
import { cycloneDx, isCompatible } from "./sbom/cyclonedx.ts";
import { licencesIn, type Lock, type Package, packagesOf } from "./sbom/packages.ts";

const options = {
  licences: flag(
    "--licences",
    "a list of licences and packages instead; exit code 1 where one does not go with this project's",
  ),
  out: text("--out", "FILE", "where it goes instead of being printed"),
} as const;

/** The packages of the project's lock file, with the licences that this machine's cache knows. */
export async function projectPackages(): Promise<Package[]> {
  const lock = JSON.parse(await Deno.readTextFile(new URL("../deno.lock", import.meta.url))) as Lock;
  return await packagesOf(lock, licencesIn(await npmCache()));
}

async function npmCache(): Promise<string> {
  const { stdout } = await new Deno.Command(Deno.execPath(), { args: ["info", "--json"] }).output();
  return (JSON.parse(new TextDecoder().decode(stdout)) as { npmCache: string }).npmCache;
}

async function run(values: Values<typeof options>): Promise<number> {
  const packages = await projectPackages();
  const text = values.licences
    ? licenceList(packages)
    : `${JSON.stringify(cycloneDx(packages, "agent-trace-lab"), null, 2)}\n`;
  if (values.out === undefined) say(text.trimEnd());
  else await writeWhole(values.out, text);
  const odd = packages.filter(({ licence }) => licence !== null && !isCompatible(licence));
  if (odd.length) note(`not compatible: ${odd.map(({ name, licence }) => `${name} (${licence})`).join(", ")}`);
  return values.licences && odd.length ? EXIT.failed : EXIT.done;
}

function licenceList(packages: readonly Package[]): string {
  const by = Map.groupBy(packages, ({ licence }) => licence ?? "of other platforms, not on this machine");
  return [...by].sort(([a], [b]) => a < b ? -1 : 1)
    .map(([licence, of]) => `${licence}: ${of.map(({ name, version }) => `${name}@${version}`).join(", ")}\n`).join("");
}

export default command({
  about:
    "Prints the packages that deno.lock pins, with their hashes and licences, as a bill of materials in CycloneDX 1.6.",
  options,
  run,
});
