/** Logical requests and attempts from outside, offered after time zero, that have not ended. */
export interface OnBoard {
  readonly requests: number;
  readonly attempts: number;
  /** Of the requests, jobs that are late already. */
  readonly overdue: number;
}
