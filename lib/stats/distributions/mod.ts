/** Distribution functions and their inverses. @module */
export * from "./beta.ts";
export * from "./f.ts";
export * from "./normal.ts";
export * from "./student_t.ts";
