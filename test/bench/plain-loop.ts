/**
 * M/M/c as one plain loop: no stations, balancers, classes, journal or latency sketch; xoshiro128** and inversion. The measure of what the
 * language itself gives on this machine, against which the product's own figure is read.
 */
const WORKERS = 50;
const ARRIVALS = 1e7;
const meanService = (0.9 * WORKERS) / 1000;
const ends = new Float64Array(WORKERS + 1);
const waiting = new Float64Array(1 << 20);
const state = Int32Array.of(1, 2, 3, 4);
let busy = 0;
let head = 0;
let tail = 0;

function uniform(): number {
  const shifted = state[1] << 9;
  let out = Math.imul(state[1], 5);
  out = Math.imul((out << 7) | (out >>> 25), 9);
  state[2] ^= state[0];
  state[3] ^= state[1];
  state[1] ^= state[2];
  state[0] ^= state[3];
  state[2] ^= shifted;
  state[3] = (state[3] << 11) | (state[3] >>> 21);
  return (out >>> 0) * 2.3283064365386963e-10 + 1e-11;
}

function sink(key: number): void {
  let hole = 0;
  for (;;) {
    let child = 2 * hole + 1;
    if (child >= busy) break;
    if (child + 1 < busy && ends[child + 1] < ends[child]) child += 1;
    if (ends[child] >= key) break;
    ends[hole] = ends[child];
    hole = child;
  }
  ends[hole] = key;
}

function rise(key: number): void {
  let hole = busy;
  busy += 1;
  while (hole > 0) {
    const parent = (hole - 1) >> 1;
    if (ends[parent] <= key) break;
    ends[hole] = ends[parent];
    hole = parent;
  }
  ends[hole] = key;
}

function run(): number {
  let now = 0;
  let sojourn = 0;
  for (let i = 0; i < ARRIVALS; i += 1) {
    now -= Math.log(uniform()) / 1000;
    while (busy > 0 && ends[0] <= now) {
      if (tail > head) {
        const arrived = waiting[head & 1048575];
        head += 1;
        const end = ends[0] - Math.log(uniform()) * meanService;
        sojourn += end - arrived;
        sink(end);
      } else {
        busy -= 1;
        if (busy > 0) sink(ends[busy]);
      }
    }
    if (busy < WORKERS) {
      const end = now - Math.log(uniform()) * meanService;
      sojourn += end - now;
      rise(end);
    } else {
      waiting[tail & 1048575] = now;
      tail += 1;
    }
  }
  return sojourn / ARRIVALS;
}

const before = process.cpuUsage();
const mean = run();
const { user, system } = process.cpuUsage(before);
process.stdout.write(JSON.stringify({ requests: ARRIVALS, cpuSeconds: (user + system) / 1e6, peakRssMiB: 0, mean }));
