/** How good the news of a station is. */
export const stationStyle = { ok: "good", broken: "bad", unknown: "doubt", "not-reached": "quiet" } as const;
