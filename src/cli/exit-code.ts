/** What the process tells its caller. */
export const EXIT = {
  ok: 0,
  /** The run failed: the world outside, or a bug of ours. */
  failed: 1,
  /** The user's input or the usage is wrong. */
  usage: 2,
  /** The run finished and a threshold of the scenario was crossed. */
  threshold: 99,
  /** Ctrl-C. */
  interrupted: 130,
} as const;
