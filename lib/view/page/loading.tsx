/** @jsxImportSource preact */

/** What stands where an answer has not come yet, or is none. */
export function Loading({ fault }: { fault: string }) {
  return <main>{fault ? <p role="alert">{fault}</p> : <p>Loading …</p>}</main>;
}
