import type { SettingDifference } from '../../domain/comparison.js';
import type { RecordedRun } from './recorded-run.js';

/** Settings of the world rather than of a choice in it: where they differ, numbers differ for another reason than the choice. */
const worldly = /^(start|duration|warmUp|slo|traffic|dependencies|faults|cluster)\b|^workloads\.[^.]+\.(serve|calls)\b/;

/** Whether two runs met the same load in the same world for the same time, so that their difference is that of the choices. */
export function isSameWorld(a: RecordedRun, b: RecordedRun, settings: readonly SettingDifference[]): boolean {
  return (
    a.durationSeconds === b.durationSeconds &&
    sameRecord(a.identity.traceHashes, b.identity.traceHashes) &&
    settings.every(({ path }) => !worldly.test(path))
  );
}

/** Why two runs may not be comparable: another length, load, objective, work or version. One sentence each; empty where nothing stands in the way. */
export function worldWarnings(
  a: RecordedRun,
  b: RecordedRun,
  settings: readonly SettingDifference[],
  name: string,
): readonly string[] {
  const paths = settings.map(({ path }) => path).filter((path) => worldly.test(path));
  const worlds = [...new Set(paths.map(sectionOf))];
  return [
    ...(a.durationSeconds === b.durationSeconds
      ? []
      : [`${name} ran for ${b.durationSeconds} s, the first for ${a.durationSeconds} s: compare rates, not totals.`]),
    ...(sameRecord(a.identity.traceHashes, b.identity.traceHashes) ? [] : [`${name} played other traces.`]),
    ...(worlds.length === 0
      ? []
      : [
          `${name} is another world, not only another choice: ${worlds.join(', ')} differ${worlds.length === 1 ? 's' : ''}.`,
        ]),
    ...(a.identity.catalogueHash === b.identity.catalogueHash ? [] : [`${name} used another catalogue of prices.`]),
    ...(a.identity.version === b.identity.version
      ? []
      : [`${name} was run by version ${b.identity.version}, the first by ${a.identity.version}.`]),
  ];
}

/** `traffic` of `traffic[0].trace.scale`, `workloads.web.serve` of `workloads.web.serve.cpu`. */
function sectionOf(path: string): string {
  return path.startsWith('workloads.') ? path.split('.').slice(0, 3).join('.') : path.split(/[.[]/)[0];
}

function sameRecord(a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): boolean {
  const sorted = (hashes: Readonly<Record<string, string>>): string => Object.values(hashes).sort().join(' ');
  return sorted(a) === sorted(b);
}
