import type { ClaimFile } from "../analysis/claims/claim_schema.ts";

/**
 * Looks published values up by the claim's id, so that the prose of a notebook can quote them beside ours.
 *
 * @returns a function that throws, naming the id, when no claim has it
 */
export function publishedValues(file: ClaimFile): (id: string) => number {
  const values = new Map(file.claims.map((claim) => [claim.id, claim.stated]));
  return (id) => {
    const value = values.get(id);
    if (value === undefined) throw new Error(`no published claim is called "${id}"`);
    return Number(value);
  };
}
