import { deepEqual, equal, match, ok } from "node:assert/strict";
import { projectPackages } from "../../tasks/sbom.ts";
import { cycloneDx, isCompatible } from "../../tasks/sbom/cyclonedx.ts";
import { identityOf, type Lock, packagesOf } from "../../tasks/sbom/packages.ts";
import { needs } from "../support/needs.ts";

const ROOT = new URL("../../", import.meta.url);
const read = (path: string) => Deno.readTextFile(new URL(path, ROOT));

needs(["read"], "the lock file holds a hash of every package, and all come from the npm registry", async () => {
  const lock = JSON.parse(await read("deno.lock")) as Lock & Record<string, unknown>;
  deepEqual(Object.keys(lock).sort(), ["npm", "specifiers", "version", "workspace"]);
  for (const [key, { integrity }] of Object.entries(lock.npm)) {
    match(integrity ?? "", /^sha512-[A-Za-z0-9+/]{86}==$/, key);
  }
});

needs(["read"], "every dependency is pinned to one version, and has its reason in CONTRIBUTING.md", async () => {
  const { imports } = JSON.parse(await read("deno.json")) as { imports: Record<string, string> };
  const reasons = await read("CONTRIBUTING.md");
  for (const [name, target] of Object.entries(imports)) {
    if (target.startsWith("./")) continue;
    match(target, /^npm:(?:@[\w.-]+\/)?[\w.-]+@\d+\.\d+\.\d+(?:-[\w.]+)?$/, name);
    ok(reasons.includes(`\`${name}\``), `${name}: no reason in CONTRIBUTING.md`);
  }
});

needs(["read"], "no script of a package runs at its installation, and tests run on the locked versions", async () => {
  const config = await read("deno.json");
  ok(!/allow-scripts|allowScripts/.test(config + await read("run")));
  equal((JSON.parse(config) as { nodeModulesDir: string }).nodeModulesDir, "none");
  match(config, /deno check --quiet --frozen/);
  match(await read("tasks/run_tests.ts"), /"test", "--frozen"/);
});

needs(
  ["read", "run"],
  "every licence goes with the project's own; what is not known is another platform's",
  async () => {
    const packages = await projectPackages();
    ok(packages.length > 100);
    deepEqual(packages.filter(({ licence }) => licence !== null && !isCompatible(licence)), []);
    deepEqual(packages.filter(({ licence, platform }) => licence === null && !platform).map(({ name }) => name), []);
  },
);

Deno.test("a licence is compatible when one of those offered is, and all of those needed together are", () => {
  for (const fine of ["MIT", "MIT OR GPL-3.0", "(MIT OR CC0-1.0)", "MIT AND OFL-1.1"]) ok(isCompatible(fine), fine);
  for (const not of ["GPL-3.0", "AGPL-3.0-only", "MIT AND GPL-2.0", "UNLICENSED", ""]) ok(!isCompatible(not), not);
});

Deno.test("the bill of materials names each package by its purl, hash and licence, and what it uses", async () => {
  const lock: Lock = {
    npm: {
      "@a/b@1.0.0_c@2.0.0": { integrity: `sha512-${"A".repeat(86)}==`, dependencies: ["c"] },
      "c@2.0.0": { integrity: `sha512-${"B".repeat(86)}==`, os: ["darwin"] },
    },
  };
  const packages = await packagesOf(lock, (name) => Promise.resolve(name === "c" ? null : "MIT"));
  const bom = cycloneDx(packages, "x") as { components: Record<string, unknown>[]; dependencies: object[] };
  deepEqual(bom.components.map(({ purl }) => purl), ["pkg:npm/%40a/b@1.0.0", "pkg:npm/c@2.0.0"]);
  deepEqual(bom.components[0]!["hashes"], [{ alg: "SHA-512", content: "0".repeat(128) }]);
  deepEqual(bom.components[0]!["licenses"], [{ license: { id: "MIT" } }]);
  deepEqual(bom.dependencies[0], { ref: "pkg:npm/%40a/b@1.0.0", dependsOn: ["pkg:npm/c@2.0.0"] });
  deepEqual(identityOf("@a/b@1.0.0_c@2.0.0"), { name: "@a/b", version: "1.0.0" });
});

needs(["read", "run", "net"], "no locked version has a known advisory, as far as the registry answers", async () => {
  const command = new Deno.Command(Deno.execPath(), { args: ["audit", "--level=moderate"], env: { NO_COLOR: "1" } });
  const { code, stdout, stderr } = await command.output();
  const said = new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr);
  if (/error sending request|client error|Connect/.test(said)) {
    console.log(`not checked: the registry's advisories cannot be reached (${said.split("\n")[0]?.slice(0, 120)})`);
    ok(code !== 0);
    return;
  }
  equal(code, 0, said);
});
