const RESOURCES: ReadonlyMap<string, string> = new Map([
  ['cpu', 'CPU'],
  ['memory', 'Memory'],
]);

/** The name of a metric as a person would say it: `CPU`, `CPU of container web`, `requests per second of Service web`; others as they are. */
export function metricLabel(name: string): string {
  const [first, second, third] = name.split('/');
  const resource = RESOURCES.get(first);
  if (resource !== undefined) return second === undefined ? resource : `${resource} of container ${second}`;
  if (first !== 'object' || third === undefined) return name;
  return `${third.replaceAll('_', ' ')} of Service ${second}`;
}
