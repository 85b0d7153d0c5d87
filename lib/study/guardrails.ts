import { taskFamily } from "./task_family.ts";

/** What guardrails are asked of the study's rows: by its families of tasks, with the one cap that the text warns of. */
export const STUDY_GUARDRAILS = { familyOf: taskFamily, singleCap: 2_000_000 };
