import type { BraintrustClient } from "./client.ts";
import { BraintrustError } from "./error.ts";

/** A project of the service. */
export interface Project {
  /** Id that the service gave it. */
  id: string;
  /** The name that people give it. */
  name: string;
}

/**
 * The project of that name.
 *
 * @param create makes it where it is not there
 * @throws {BraintrustError} when there is none, saying so, or the service refuses
 */
export async function projectNamed(
  client: BraintrustClient,
  name: string,
  { create = false }: { create?: boolean } = {},
): Promise<Project> {
  const found = await client.call("GET", `/v1/project?project_name=${encodeURIComponent(name)}`);
  const project = objectsOf(found).find((one) => one.name === name);
  if (project) return project;
  if (!create) {
    throw new BraintrustError(
      "missing",
      `${client.apiUrl}: this key sees no project "${name}"; check the name, or add --create-project`,
    );
  }
  return projectOf(await client.call("POST", "/v1/project", JSON.stringify({ name })), client.apiUrl);
}

function objectsOf(answer: unknown): Project[] {
  const { objects } = (answer ?? {}) as { objects?: unknown };
  return Array.isArray(objects) ? objects.filter(isProject) : [];
}

function projectOf(answer: unknown, url: string): Project {
  if (isProject(answer)) return { id: answer.id, name: answer.name };
  throw new BraintrustError(
    "not the API",
    `${url}: expected a project with id and name, found ${JSON.stringify(answer)}`,
  );
}

function isProject(value: unknown): value is Project {
  const { id, name } = (value ?? {}) as Partial<Project>;
  return typeof id === "string" && typeof name === "string";
}
