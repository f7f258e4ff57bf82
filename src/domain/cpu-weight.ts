/**
 * Weight of a pod's processes against others on a full node, from its CPU request in thousandths of a core; 0 where it requests none.
 *
 * Sources: Kubernetes, pkg/kubelet/cm/helpers_linux.go, MilliCPUToShares; KEP-2254, cpu.weight = 1 + ((cpu.shares - 2) * 9999) / 262142 in
 * whole numbers, as container runtimes compute it for cgroup v2.
 */
export function cpuWeight(requestMillis: number): number {
  const shares = Math.min(262_144, Math.max(2, Math.floor((requestMillis * 1024) / 1000)));
  return 1 + Math.floor(((shares - 2) * 9999) / 262_142);
}
