import type { ConnectionPoolSpec } from '../../domain/connection-spec.js';
import type { TrafficSpec, ClientSpec } from '../../domain/traffic-spec.js';
import type { Streams } from '../../kernel/streams.js';
import type { Front } from '../requests/front.js';
import type { PlaneState } from '../requests/plane-state.js';
import { WorkloadFront } from '../requests/workload-front.js';
import { CallerPools } from './caller-pools.js';
import type { Chooser, ChooserSource } from './chooser.js';
import { ConnectionPool, type Upstream } from './connection-pool.js';

/** Says how each client finds a station: through a front, request by request, or over connections of its own where the balancer works per connection. */
export class ClientChoosers implements ChooserSource {
  /** Pools of calling workloads, by who calls whom with what habits: calls that agree in all three share their connections. */
  private readonly callers = new Map<string, CallerPools>();

  constructor(
    private readonly state: PlaneState,
    private readonly streams: Streams,
  ) {}

  outside({ name, to, client }: TrafficSpec): Chooser {
    const front = this.frontOf(to);
    const pooled = this.pooled(front, client, `traffic/${name}`);
    return pooled === null ? front : new ConnectionPool(pooled.spec, pooled.upstream, 0);
  }

  calling(caller: number, target: string, client: ClientSpec): Chooser {
    const front = this.frontOf(target);
    const pair = `calls/${this.state.fronts[caller].name}/${target}`;
    const pooled = this.pooled(front, client, pair);
    if (pooled === null) return front;
    const key = `${pair}/${JSON.stringify(pooled.spec)}`;
    const known = this.callers.get(key);
    if (known !== undefined) return known;
    const made = new CallerPools(pooled.spec, pooled.upstream, (at) => this.state.processes[at]?.ordinal ?? 0);
    this.callers.set(key, made);
    this.state.callers.push(made);
    return made;
  }

  private pooled(
    front: Front,
    { connections }: ClientSpec,
    entity: string,
  ): { spec: ConnectionPoolSpec; upstream: Upstream } | null {
    if (connections === undefined || !(front instanceof WorkloadFront) || front.ledger === null) return null;
    const { board } = this.state;
    const ages = this.streams.stream('connection-age', entity);
    return { spec: connections, upstream: { front, ledger: front.ledger, board, ages } };
  }

  private frontOf(name: string): Front {
    const front = this.state.fronts.find((candidate) => candidate.name === name);
    if (front === undefined) throw new RangeError(`no workload or dependency is called ${name}`);
    return front;
  }
}
