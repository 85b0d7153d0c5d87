import type { ClaimsContext } from "../../figures/mod.ts";

/** Whose grades the study's official rates are. */
export const OFFICIAL_SOURCE = "Open Agent Leaderboard";

/** How the figure and the table of the study's claims speak of them. */
export const claimWords: Omit<ClaimsContext, "source" | "names"> = {
  name: "published-claims",
  noun: "published claim",
  stated: "published",
  official: OFFICIAL_SOURCE,
  explained: "the table of notebook 08",
  findings: {
    data: "The data",
    simpson: "Balanced averages",
    regression: "Harness against model",
    "open-weights": "Open weights",
    reliability: "Reliability",
    winners: "Winners",
    cost: "Cost",
    efficiency: "Efficiency",
    failure: "Failure",
    judge: "The judge",
    caveat: "Caveats",
  },
};
