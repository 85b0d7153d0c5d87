import type { Package } from "./packages.ts";

/** Licences that go with this project's own (MIT): permissive ones, and those that ask for something of their own files only. */
export const COMPATIBLE: ReadonlySet<string> = new Set([
  "0BSD",
  "Apache-2.0",
  "BlueOak-1.0.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "CC0-1.0",
  "ISC",
  "MIT",
  "MPL-2.0",
  "OFL-1.1",
  "Python-2.0",
  "Unlicense",
  "Zlib",
]);

/** Whether a package may be used: one of the licences it offers is compatible, all that it needs together are. */
export function isCompatible(expression: string): boolean {
  const plain = expression.replace(/[()]/g, "");
  return plain.split(/ OR /).some((offer) => offer.split(/ AND /).every((one) => COMPATIBLE.has(one.trim())));
}

/** A bill of materials in CycloneDX 1.6 (ECMA-424), of what the lock file pins. The same lock file gives the same text. */
export function cycloneDx(packages: readonly Package[], name: string): object {
  const refOf = ({ name, version }: Pick<Package, "name" | "version">) =>
    `pkg:npm/${name.replace("@", "%40")}@${version}`;
  const refs = new Map(packages.map((one) => [`${one.name}@${one.version}`, refOf(one)]));
  return {
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    version: 1,
    metadata: { component: { type: "application", "bom-ref": name, name } },
    components: packages.map((one) => ({
      type: "library",
      "bom-ref": refOf(one),
      name: one.name,
      version: one.version,
      purl: refOf(one),
      ...(one.integrity === null ? {} : { hashes: [{ alg: "SHA-512", content: hexOf(one.integrity) }] }),
      ...(one.licence === null ? {} : { licenses: licenceOf(one.licence) }),
    })),
    dependencies: packages.map((one) => ({
      ref: refOf(one),
      dependsOn: one.uses.flatMap((used) => refs.get(used) ?? []),
    })),
  };
}

const licenceOf = (stated: string) =>
  / (?:AND|OR) /.test(stated) ? [{ expression: stated }] : [{ license: { id: stated } }];

/** `sha512-…` in base64 as hexadecimal digits. */
function hexOf(integrity: string): string {
  const [, base64] = /^sha512-(.+)$/.exec(integrity) ?? [];
  if (base64 === undefined) {
    throw new Error(`deno.lock: expected a sha512 integrity, found "${integrity.slice(0, 20)}"`);
  }
  return Uint8Array.fromBase64(base64).toHex();
}
