import { benchmarks } from './measure.js';

/** Runs one benchmark in this process and prints what was measured. */
const measured = await benchmarks[process.argv[2]]();
process.stdout.write(JSON.stringify(measured));
