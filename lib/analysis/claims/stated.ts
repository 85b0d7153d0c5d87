/** A claim with its value under `stated`: `published` is another name for it, and a test of an effect alone is against 0. */
export function statedOf(value: unknown): unknown {
  if (typeof value !== "object" || value === null || "stated" in value) return value;
  if ("published" in value) {
    const { published: stated, ...fields } = value;
    return { ...fields, stated };
  }
  return "test" in value && value.test === "effect" ? { ...value, stated: 0 } : value;
}
