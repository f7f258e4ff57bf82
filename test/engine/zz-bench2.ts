import { Engine } from '../../src/engine/engine.js';
import { builtIn } from '../../src/engine/registries.js';
import { config, workload, steadyFacts } from './fixture.js';
const web = workload({ maxReplicas: 20000, policy: { name: 'hpa', config: builtIn.policies.hpa.schema.parse({ metrics: [{ cpu: '60%' }] }) } });
const facts = steadyFacts(50, 86400, 0.3);
for (let k = 0; k < 8; k++) {
  const bare = new Engine(config([web]), builtIn, { decision: () => undefined, command: () => undefined });
  const t = process.cpuUsage(); for (const f of facts) bare.on(f); const d = process.cpuUsage(t); console.log((d.user + d.system) / 1e3);
}
