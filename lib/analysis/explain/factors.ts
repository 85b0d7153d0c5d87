/** The factors whose effects and shares are asked for. */
export const FACTORS = ["benchmark", "model", "harness"] as const;

/** One of {@link FACTORS}. */
export type Factor = typeof FACTORS[number];
