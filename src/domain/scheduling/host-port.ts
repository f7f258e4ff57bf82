/** A port of the node that a pod takes for itself. */
export interface HostPort {
  /** Absent means all addresses of the node. */
  readonly ip?: string;
  readonly protocol: 'TCP' | 'UDP' | 'SCTP';
  readonly port: number;
}

const EVERY_ADDRESS = '0.0.0.0';

/** Whether two pods of one node cannot have these ports at once: same protocol and port, on the same address or on all. */
export function portsConflict(one: HostPort, other: HostPort): boolean {
  if (one.port !== other.port || one.protocol !== other.protocol) return false;
  const [ip, otherIp] = [one.ip ?? EVERY_ADDRESS, other.ip ?? EVERY_ADDRESS];
  return ip === otherIp || ip === EVERY_ADDRESS || otherIp === EVERY_ADDRESS;
}
