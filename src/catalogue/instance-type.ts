/** A cloud of the catalogue. */
export type Cloud = 'aws' | 'gcp' | 'azure';

/** What a type is made for. */
export type InstanceFamily = 'general' | 'compute' | 'memory' | 'burstable';

/** A machine that can be rented, with its list price and where both were read. */
export interface InstanceType {
  /** The cloud, a slash and the cloud's own name: `aws/m5.xlarge`. */
  readonly name: string;
  readonly cloud: Cloud;
  /** The region whose price this is. */
  readonly region: string;
  readonly vcpu: number;
  /** Memory as advertised. */
  readonly memoryGiB: number;
  /** On-demand list price, Linux, USD. */
  readonly pricePerHour: number;
  readonly architecture: 'amd64' | 'arm64';
  readonly family: InstanceFamily;
  /** Pods a node of the cloud's managed Kubernetes takes with its default network. */
  readonly maxPods: number;
  /** Speed of a core as a factor of the core that demands are written for; null means unknown. */
  readonly cpuSpeed: number | null;
  /** Where price, size and pod limit were read. */
  readonly source: string;
  /** Date of the price, as 2026-07-20. */
  readonly date: string;
}
