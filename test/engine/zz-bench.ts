import { RecordedEngine } from '../../src/engine/recorded-engine.js';
import { Engine } from '../../src/engine/engine.js';
import { builtIn } from '../../src/engine/registries.js';
import { Journal } from '../../src/kernel/journal.js';
import { TextHash } from '../../src/kernel/text-hash.js';
import { config, workload, steadyFacts } from './fixture.js';
const cpu = (f: () => void) => { const t = process.cpuUsage(); f(); const d = process.cpuUsage(t); return ((d.user + d.system) / 1e3).toFixed(0) + ' ms'; };
for (const [pods, until, fc] of [[50, 86400, 'none'], [50, 86400, 'none'], [50, 86400, 'persistence'], [10000, 600, 'none']] as const) {
  const web = workload({ maxReplicas: 20000, policy: { name: 'hpa', config: builtIn.policies.hpa.schema.parse({ metrics: [{ cpu: '60%' }] }) }, forecaster: { name: fc, config: builtIn.forecasters[fc].schema.parse({}) } });
  const facts = steadyFacts(pods, until, 0.3); for (const f of facts) if (f.type === 'podsScraped') (f as any).cpuMicros = f.cpuMicros.map(Math.round);
  const lines: string[] = [];
  const rec = new RecordedEngine(config([web]), builtIn, new Journal());
  new RecordedEngine(config([web]), builtIn, new Journal((l) => { lines.push(l); }));
  const a = cpu(() => { for (const f of facts) rec.on(f); });
  const bare = new Engine(config([web]), builtIn, { decision: () => undefined, command: () => undefined });
  const b = cpu(() => { for (const f of facts) bare.on(f); });
  let s = 0; const c = cpu(() => { for (const f of facts) s += JSON.stringify(f).length; });
  const h = cpu(() => { const t = new TextHash(); for (const l of lines) t.add(l); });
  console.log(pods, fc, 'recorded', a, 'bare engine', b, 'stringify facts', c, 'hash', h, s, lines.length);
}
