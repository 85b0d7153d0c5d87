/** A package that deno.lock names, at one version. */
export interface Package {
  name: string;
  version: string;
  /** Hash of its archive as the registry and the lock file write it: `sha512-…` in base64. */
  integrity: string | null;
  /** An SPDX expression as the package states it; null where the package is not on this machine (another platform's). */
  licence: string | null;
  /** Only for some systems. */
  platform: boolean;
  /** Names and versions it uses. */
  uses: string[];
}

interface LockEntry {
  integrity?: string;
  dependencies?: string[];
  optionalDependencies?: string[];
  optionalPeers?: string[];
  os?: string[];
  cpu?: string[];
  scripts?: boolean;
}

/** The part of deno.lock that is read here. */
export interface Lock {
  npm: Record<string, LockEntry>;
}

/** `name@version` of a key such as `zod-to-json-schema@3.25.0_zod@4.6.7`, without the peers behind it. */
export function identityOf(key: string): { name: string; version: string } {
  const [, name, version] = /^(@?[^@]+)@([^_]+)/.exec(key) ?? [];
  if (name === undefined || version === undefined) throw new Error(`deno.lock: expected NAME@VERSION, found "${key}"`);
  return { name, version };
}

/** Packages of a lock file, each once, in the order of their names. `licenceOf` is asked for what stands in package.json. */
export async function packagesOf(
  lock: Lock,
  licenceOf: (name: string, version: string) => Promise<string | null>,
): Promise<Package[]> {
  const found = new Map<string, Package>();
  const versions = new Map(Object.keys(lock.npm).map((key) => [identityOf(key).name, key]));
  for (const [key, entry] of Object.entries(lock.npm)) {
    const { name, version } = identityOf(key);
    const uses = [...entry.dependencies ?? [], ...entry.optionalDependencies ?? []].map((used) => {
      const known = used in lock.npm ? used : versions.get(used) ?? used;
      const { name, version } = identityOf(known);
      return `${name}@${version}`;
    });
    found.set(`${name}@${version}`, {
      name,
      version,
      integrity: entry.integrity ?? null,
      licence: await licenceOf(name, version),
      platform: entry.os !== undefined || entry.cpu !== undefined,
      uses: [...new Set(uses)].sort(),
    });
  }
  return [...found.values()].sort((a, b) =>
    a.name < b.name ? -1 : a.name > b.name ? 1 : a.version < b.version ? -1 : 1
  );
}

/** Licence as the package's own package.json in Deno's cache states it; null where the package is not there. */
export function licencesIn(npmCache: string): (name: string, version: string) => Promise<string | null> {
  return async (name, version) => {
    for await (const { name: registry } of Deno.readDir(npmCache)) {
      const path = `${npmCache}/${registry}/${name}/${version}/package.json`;
      const text = await Deno.readTextFile(path).catch(() => null);
      if (text === null) continue;
      const { license, licenses } = JSON.parse(text) as { license?: unknown; licenses?: unknown };
      return spdxOf(license) ?? spdxOf(Array.isArray(licenses) ? licenses[0] : licenses);
    }
    return null;
  };
}

function spdxOf(stated: unknown): string | null {
  if (typeof stated === "string") return stated;
  const { type } = (stated ?? {}) as { type?: unknown };
  return typeof type === "string" ? type : null;
}
