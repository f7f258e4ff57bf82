import { planeWorld, podWorkload } from '../sim/requests/plane-world.js';
import type { PathWorld } from './path-world.js';
import { bounded, client, disciplines, end, jittered, MEAN, PODS, traffic } from './path-worlds.js';

/** Pods that take three times the CPU for their first requests, and hundreds of requests to be rid of it. */
export const warmingWorlds: readonly PathWorld[] = disciplines.map((discipline) => ({
  name: `warming up, ${discipline}, power-of-two, time-outs`,
  make: (requests) => {
    const parts = { client: client(MEAN * 6, true, jittered(MEAN)), mean: MEAN };
    const source = traffic(requests, { ...parts, places: discipline === 'fcfs' ? 2.2 : 1.6 });
    const app = podWorkload('app', { count: PODS, policy: 'power-of-two' }, bounded[discipline]);
    const workloads = [{ ...app, pod: { ...app.pod, warmUp: { factor: 3, requests: 400 } } }];
    return planeWorld({ seed: 15, endMicros: end(source), traffic: [source], workloads });
  },
}));
