import { stem } from "../messages/places.ts";

/**
 * Names for sessions that their files do not name: the file's name without its endings, with as many of the folders
 * around it as tell it from the others' (`run-2/task-7` where `run-1/task-7` is there too).
 */
export function fileIds(paths: readonly string[]): Map<string, string> {
  const ids = new Map(paths.map((path) => [path, stem(path)]));
  for (let depth = 1; depth < 20; depth++) {
    const taken = Map.groupBy(ids, ([, id]) => id);
    const clashing = [...taken.values()].filter((entries) => entries.length > 1).flat();
    if (clashing.length === 0) break;
    for (const [path] of clashing) ids.set(path, named(path, depth));
  }
  return ids;
}

function named(path: string, depth: number): string {
  const name = stem(path);
  // A folder of the same name as the file adds nothing.
  const folders = path.split("/").slice(0, -1).filter((folder) => folder !== name && folder !== "" && folder !== ".");
  return [...folders.slice(-depth), name].join("/");
}
