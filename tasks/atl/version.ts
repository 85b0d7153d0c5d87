import config from "../../deno.json" with { type: "json" };

/** The version of the project. */
export const version = (): string => config.version;
