/** What kept the pods of a workload from CPU. */
export interface CpuSummary {
  /**
   * Periods of its CPU limit in which a pod had threads, those in which it was stopped, their share, and for how long in all. The first two
   * are what cAdvisor counts as container_cpu_cfs_periods_total and container_cpu_cfs_throttled_periods_total. Where pods run under a quota.
   */
  readonly throttling: {
    readonly periods: number;
    readonly throttled: number;
    readonly share: number;
    readonly stoppedSeconds: number;
  };
  /** Of the CPU that its threads could have used, what full nodes withheld. Where pods share the cores of their nodes. */
  readonly withheldCpuShare: number;
}
