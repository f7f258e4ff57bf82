import type { DependencySpec, PodSpec, ServingSpec, WorldSpec } from '../../src/domain/world-spec.js';
import { NaiveCfs } from './naive-cfs.js';
import { fleetOf } from './naive-fleet.js';
import type { NaiveConnections } from './naive-connections.js';
import { NaiveDoors } from './naive-doors.js';
import type { NaiveNetwork } from './naive-network.js';
import type { Place } from './naive-nouns.js';
import type { NaivePlan } from './naive-plan.js';
import { NaivePods } from './naive-pods.js';
import { NaiveFcfs, NaiveSharing, type NaiveStation } from './naive-station.js';

/** The station of a pod, which may have to warm up. */
function podStation({ serving, warmUp }: PodSpec): NaiveStation {
  const station = disciplined(serving);
  const { factor, requests } = warmUp ?? {};
  if (factor === undefined || requests === undefined) return station;
  const offer = station.offer.bind(station);
  let taken = 0;
  station.offer = (visit, at) => {
    visit.cpu *= 1 + (factor - 1) * Math.exp(-taken / requests);
    const aboard = offer(visit, at);
    if (aboard) taken += 1;
    return aboard;
  };
  return station;
}

/** A station by its discipline. */
export function disciplined({ discipline, concurrency, queueLimit, cpuCores, quota }: ServingSpec): NaiveStation {
  if (discipline === 'processor-sharing') return new NaiveSharing(concurrency, queueLimit, cpuCores);
  if (discipline === 'cfs') return new NaiveCfs(concurrency, queueLimit, cpuCores, quota);
  return new NaiveFcfs(concurrency, queueLimit);
}

/** A dependency behind its rate limit: a bucket that holds one second's worth of tokens, full at first. */
function dependencyPlace({ rateLimit }: DependencySpec, station: NaiveStation): Place {
  const only = { patience: null, doors: null, only: station, fleet: null, pods: null };
  if (rateLimit === null) return { ...only, choose: () => station };
  const full = Math.max(1, rateLimit);
  let tokens = full;
  let filledAt = 0;
  const choose = (_ordinal: number, _salt: number, at: number): NaiveStation | null => {
    tokens = Math.min(full, tokens + ((at - filledAt) * rateLimit) / 1e6);
    filledAt = at;
    if (tokens < 1) return null;
    tokens -= 1;
    return station;
  };
  return { ...only, choose };
}

/** What places are made from, and where they are entered. */
interface PlaceParts {
  readonly places: Map<string, Place>;
  readonly plan: NaivePlan;
  readonly network: NaiveNetwork;
  readonly connections: NaiveConnections;
  readonly enter: (station: NaiveStation) => void;
}

/** Every dependency and workload of a world; pods stand on the pools of nodes in turn. */
export function buildPlaces(world: WorldSpec, { places, plan, network, connections, enter }: PlaceParts): void {
  for (const dependency of world.dependencies) {
    const station = new NaiveFcfs(dependency.concurrency, dependency.queueLimit);
    enter(station);
    network.enter(station, dependency.name, dependency.place);
    places.set(dependency.name, dependencyPlace(dependency, station));
  }
  for (const workload of world.workloads) {
    const { name, pod, initialReplicas } = workload;
    const pods: NaivePods = new NaivePods(() => {
      const station = podStation(pod);
      enter(station);
      network.enter(station, name, world.nodePools.at(pods.opened.length % world.nodePools.length));
      return station;
    });
    connections.enter(pods);
    pods.route([...Array(initialReplicas).keys()], 0);
    const patience = pod.serving.patience === null ? null : plan.draw('patience', name, pod.serving.patience);
    const zoneOf = (one: NaiveStation): string | undefined => network.zoneOf(one);
    const doors = new NaiveDoors(workload, pods, plan.streams, zoneOf);
    const fleet = fleetOf(workload, pods, plan.streams, world, zoneOf);
    const choose: Place['choose'] = (ordinal, salt, at, caller) =>
      doors.choose({ ordinal, salt, at, caller }).pod ?? null;
    places.set(name, { choose, doors, patience, only: null, fleet, pods });
  }
}
