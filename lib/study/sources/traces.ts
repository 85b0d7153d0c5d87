/** The traces that the judged table was made of, at the revision it was made from. */
export const V1_TRACES = "hub:Exgentic/agent-llm-traces@70036b93a04e61b0ea2706a68b962f4f26774587";
