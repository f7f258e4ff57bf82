import type { SettingDifference } from '../../domain/comparison.js';
import type { RecordedRun } from './recorded-run.js';

/** The settings that two scenarios do not share, in the order of the first; none where both mean the same, however they are written. */
export function settingDifferences(a: RecordedRun, b: RecordedRun): readonly SettingDifference[] {
  if (a.identity.scenarioHash === b.identity.scenarioHash) return [];
  const [inA, inB] = [new Map(Object.entries(a.settings)), new Map(Object.entries(b.settings))];
  return [...new Set([...inA.keys(), ...inB.keys()])]
    .map((path) => ({ path, a: inA.get(path) ?? null, b: inB.get(path) ?? null }))
    .filter((setting) => setting.a !== setting.b);
}
