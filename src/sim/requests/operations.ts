import type { MessageSizes } from '../../domain/network-spec.js';
import type { CallSpec, ClientSpec, RetrySpec, TrafficSpec, WorkSpec } from '../../domain/traffic-spec.js';
import type { WorkloadSpec, WorldSpec } from '../../domain/world-spec.js';
import { blockSampler, type Distribution, sampler } from '../../kernel/distributions.js';
import type { KeyedRandom } from '../../kernel/random.js';
import type { Streams } from '../../kernel/streams.js';
import type { Chooser, ChooserSource } from '../connections/chooser.js';
import type { AttemptGate } from './attempt-gate.js';
import type { CacheRing } from './cache-ring.js';
import { CallCache } from './call-cache.js';
import type { Draw } from './draw.js';
import { Demands } from './demands.js';
import type { CallShortcut } from './call-shortcut.js';
import type { FrontTally } from './front.js';
import type { ResponseMeter } from './response-meter.js';
import { LastKey } from './last-key.js';
import { type VisitEnds, visitEnds } from './visit-ends.js';
import { RetryBudget } from './retry-budget.js';

/** The draw of a distribution from a stream. */
export function drawOf(distribution: Distribution, random: KeyedRandom): Draw {
  return { sample: sampler(distribution), fill: blockSampler(distribution), random };
}

/** Work at one workload or dependency, and the calls that follow it. */
export interface Operation {
  readonly id: number;
  /** Position of its workload or dependency among the fronts. */
  readonly front: number;
  readonly tally: FrontTally;
  /** What attempts must pass before they come there; null where there is nothing. */
  readonly gate: AttemptGate | null;
  /** What counts its answers where somebody asks; otherwise null. */
  readonly meter: ResponseMeter | null;
  /** Who of these hears of ends; null where neither is there. */
  readonly ends: VisitEnds | null;
  readonly cpu: Draw;
  /** Null where the CPU phase (or a dependency's service) is all there is. */
  readonly wait: Draw | null;
  /** Draws both for one visit after the other. */
  readonly demands: Demands;
  /** Groups one after the other, the calls of a group at once. */
  readonly groups: readonly (readonly CallSite[])[];
  /** The only call there is, where it is always made; else null. */
  readonly only: CallSite | null;
}

/** A place from which calls are made, with what its caller does about slowness and failure. */
export interface CallSite {
  readonly id: number;
  readonly operation: Operation;
  /** Finds a station for each attempt. */
  readonly chooser: Chooser;
  readonly probability: number;
  /** Asked before the call is made; null where there is none. */
  readonly shortcut: CallShortcut | null;
  /** Whether the call is always made. */
  readonly certain: boolean;
  /** Whether its caller does more than wait for what is told at once: it times out, tries again, or answers take time. */
  readonly needsCaller: boolean;
  readonly timeoutMicros: number;
  readonly serverStops: boolean;
  readonly retries: number;
  readonly backoffFirstMicros: number;
  readonly backoffLastMicros: number;
  readonly fullJitter: boolean;
  readonly budget: RetryBudget;
  /** Whether retries avoid the stations tried before. */
  readonly elsewhere: boolean;
  /** Where its calls stand among their siblings; keys their draws. */
  readonly place: number;
  /** Mixes the paths of its callers with its place: keys of its calls. */
  readonly paths: LastKey;
  /** Mixes the keys of its calls with the number of the attempt: salts of the balancer's draws. */
  readonly salts: LastKey;
}

/** Where visits to a workload or dependency go, and who counts them. */
export interface FrontEntry {
  readonly front: number;
  readonly tally: FrontTally;
  readonly gate: AttemptGate | null;
  readonly meter: ResponseMeter | null;
}

/** Where operations and call sites are entered, and what must know of them. */
export interface OperationEntries {
  readonly operations: Operation[];
  readonly sites: CallSite[];
  readonly ring: CacheRing;
  readonly network: { enterSizes(sizes: MessageSizes | undefined): void } | null;
  /** What publishes the work of an operation to a queue, in place of a call. */
  publishing(queue: string, operation: Operation): CallShortcut;
}

/** Every operation and call site of a world, with plain numbers for names. */
export class OperationTable {
  /** Operation of a workload or dependency when it is called, by name. */
  private readonly called = new Map<string, Operation>();

  constructor(
    private readonly world: WorldSpec,
    private readonly fronts: ReadonlyMap<string, FrontEntry>,
    private readonly streams: Streams,
    private readonly choosers: ChooserSource,
    /** Where operations and sites are entered under their ids. */
    private readonly entered: OperationEntries,
  ) {}

  /** Operation of a request class at the workload it enters. */
  root(traffic: string, className: string, to: string, work: WorkSpec): Operation {
    return this.operation(to, `${traffic}/${className}`, work);
  }

  /** A call site for requests from outside. */
  rootSite(operation: Operation, client: ClientSpec, chooser: Chooser, sizes: MessageSizes): CallSite {
    this.entered.network?.enterSizes(sizes);
    return this.site(operation, chooser, client, { probability: 1, shortcut: null, place: 0 });
  }

  /** How the requests of a source find a station. */
  rootChooser(traffic: TrafficSpec): Chooser {
    return this.choosers.outside(traffic);
  }

  private operation(front: string, entity: string, work: WorkSpec): Operation {
    const entry = this.frontOf(front);
    const groups = work.calls.map((group, g) =>
      group.map((call, i) => this.callSite(entry.front, call, g * 64 + i + 1)),
    );
    return this.add({
      ...entry,
      cpu: this.draw('cpu', entity, work.cpu),
      wait: work.wait === null ? null : this.draw('wait', entity, work.wait),
      groups,
      only: onlyCallOf(groups),
    });
  }

  private callSite(caller: number, call: CallSpec, place: number): CallSite {
    const { target, client, probability, sizes } = call;
    const chooser = this.choosers.calling(caller, target, client);
    const operation = this.calledOperation(target);
    this.entered.network?.enterSizes(sizes);
    const shortcut = this.shortcutOf(caller, call, operation);
    return this.site(operation, chooser, client, { probability, shortcut, place });
  }

  private shortcutOf(caller: number, { cache: spec, queue }: CallSpec, operation: Operation): CallShortcut | null {
    if (queue !== undefined) return this.entered.publishing(queue, operation);
    if (spec === undefined) return null;
    const cache = new CallCache(spec, this.streams.stream('cache', ''));
    this.entered.ring.add(caller, cache);
    return cache;
  }

  private calledOperation(target: string): Operation {
    const known = this.called.get(target);
    if (known !== undefined) return known;
    const made = this.makeCalled(target);
    this.called.set(target, made);
    return made;
  }

  private makeCalled(target: string): Operation {
    const workload = this.world.workloads.find((candidate) => candidate.name === target);
    if (workload !== undefined) return this.operation(target, target, workAsJob(workload));
    const dependency = this.world.dependencies.find((candidate) => candidate.name === target);
    if (dependency === undefined)
      throw new RangeError(`call of ${target}, which is neither a workload nor a dependency`);
    return this.operation(target, target, { cpu: dependency.service, wait: null, calls: [] });
  }

  private add(parts: Omit<Operation, 'id' | 'demands' | 'ends'>): Operation {
    const { operations } = this.entered;
    const { cpu, wait, gate, meter } = parts;
    const own = { ends: visitEnds(gate, meter), demands: new Demands(cpu, wait) };
    const operation = { id: operations.length, ...parts, ...own };
    operations.push(operation);
    return operation;
  }

  private site(
    operation: Operation,
    chooser: Chooser,
    client: ClientSpec,
    call: Pick<CallSite, 'probability' | 'shortcut' | 'place'>,
  ): CallSite {
    const { sites } = this.entered;
    const retries = retriesOf(client.retry);
    const site: CallSite = {
      id: sites.length,
      operation,
      chooser,
      ...call,
      certain: call.probability >= 1 && call.shortcut === null,
      needsCaller: client.timeoutMicros !== null || retries.retries > 0 || this.entered.network !== null,
      timeoutMicros: client.timeoutMicros ?? Infinity,
      serverStops: client.serverStops,
      ...retries,
      paths: new LastKey(),
      salts: new LastKey(),
    };
    sites.push(site);
    return site;
  }

  private draw(purpose: string, entity: string, distribution: Distribution): Draw {
    return drawOf(distribution, this.streams.stream(purpose, entity));
  }

  private frontOf(name: string): FrontEntry {
    const front = this.fronts.get(name);
    if (front === undefined) throw new RangeError(`no workload or dependency is called ${name}`);
    return front;
  }
}

function onlyCallOf(groups: Operation['groups']): CallSite | null {
  if (groups.length !== 1 || groups[0].length !== 1) return null;
  const [[site]] = groups;
  return site.certain ? site : null;
}

/** The work of one who takes it from a queue ends with its acknowledgement: one more group, of no calls, at whose turn it is sent. */
function workAsJob({ work, consumes }: WorkloadSpec): WorkSpec {
  return consumes === undefined ? work : { ...work, calls: [...work.calls, []] };
}

type Retries = Pick<
  CallSite,
  'retries' | 'backoffFirstMicros' | 'backoffLastMicros' | 'fullJitter' | 'budget' | 'elsewhere'
>;

function retriesOf(retry: RetrySpec | null): Retries {
  if (retry === null) {
    return {
      retries: 0,
      backoffFirstMicros: 0,
      backoffLastMicros: 0,
      fullJitter: false,
      budget: new RetryBudget(null, 0),
      elsewhere: false,
    };
  }
  return {
    retries: retry.max,
    backoffFirstMicros: retry.backoffFirstMicros,
    backoffLastMicros: retry.backoffLastMicros,
    fullJitter: retry.jitter === 'full',
    budget: new RetryBudget(retry.budget, retry.budgetBurst),
    elsewhere: retry.elsewhere === true,
  };
}
