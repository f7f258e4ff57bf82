import { loadScenario } from '../src/experiment/scenario/load-scenario.js';
import { scenarioJsonSchema } from '../src/experiment/scenario/scenario-json-schema.js';
import { listDefaults } from '../src/experiment/scenario/list-defaults.js';
import { builtIn } from '../src/engine/registries.js';
const set = process.argv.slice(2);
try {
const l = await loadScenario('scenarios/quickstart.yaml', { registries: builtIn, overrides: set, dataDirectory: null, version: 'x' });
console.log(l.identity, l.warnings, l.trust, l.assumptions, l.world.traffic[0].rates.edgesMicros.slice(0,3), l.engine.workloads[0]);
for (const d of listDefaults(l.tree.value, scenarioJsonSchema(builtIn))) console.log(d.path, '=', d.value);
} catch (e) { console.log((e as Error).message); if (process.env.V) console.log(e) }
