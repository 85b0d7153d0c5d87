/** Distribution functions and their inverses. @module */
export * from "./beta.ts";
export * from "./normal.ts";
export * from "./student_t.ts";
