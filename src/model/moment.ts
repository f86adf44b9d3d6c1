/** A printed date as the interval it may mean: unknown zone, unknown seconds and an unsettled day/month order widen it. */
export interface Moment {
  readonly printed: string;
  /** ISO 8601 UTC. */
  readonly earliest: string;
  /** ISO 8601 UTC, not before `earliest`. */
  readonly latest: string;
}
