import { type Session, SESSION_COLUMNS, SESSION_FIELDS as COLUMNS } from "../model/mod.ts";

/** Fields that are not in the metadata: where a root row holds them; the failure mode is worked out, not stored. */
const ELSEWHERE: Partial<Record<keyof Session, string | null>> = {
  id: "id",
  success: "scores.task_success",
  officialSuccess: "scores.official_success",
  failureMode: null,
};

/** Where a root row holds each field of a session that it holds. */
export const SESSION_FIELDS: ReadonlyMap<keyof Session, string> = new Map(
  COLUMNS.flatMap(([field, { name }]): [keyof Session, string][] => {
    const place = field in ELSEWHERE ? ELSEWHERE[field] : `metadata.${name}`;
    return place ? [[field, place]] : [];
  }),
);

/** Name of a field of a session in a row's metadata. */
export const metadataName = (field: keyof Session): string => SESSION_COLUMNS[field].name;

/**
 * The field of a root row that a GROUP BY or a sum reads for a field of a session; null for what it cannot read: the failure
 * mode is not stored, and the model is told from the deployment.
 */
export function countedField(field: keyof Session): string | null {
  return field === "model" ? null : SESSION_FIELDS.get(field) ?? null;
}
