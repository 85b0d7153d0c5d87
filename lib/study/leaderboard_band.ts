/** What failing cost more than succeeding in the Open Agent Leaderboard's own account, as a ratio. */
export const LEADERBOARD_BAND = { lo: 1.2, hi: 1.54, label: "Open Agent Leaderboard: +20% to +54%" };
