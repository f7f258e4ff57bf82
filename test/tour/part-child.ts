import { parseArgs } from 'node:util';
import { runPart } from './run-part.js';

/** Runs one part of the tour in a process of its own and prints its rows as JSON. */
const { values, positionals } = parseArgs({ options: { seeds: { type: 'string' } }, allowPositionals: true });
const choice = values.seeds === undefined ? {} : { seeds: Number(values.seeds) };
process.stdout.write(JSON.stringify(await runPart(positionals[0], choice)));
