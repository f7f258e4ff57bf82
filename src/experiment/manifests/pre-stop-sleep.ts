import type { Manifest } from './manifest.js';
import type { PlacedContainer } from './workload-manifest.js';

const perUnit: Readonly<Record<string, number>> = { '': 1, s: 1, m: 60, h: 3600 };

/** How long the `preStop` hook of a container sleeps: by its own action, or by the first `sleep` of its command; null without a hook. */
export function preStopSleep(
  { container, path }: PlacedContainer,
  manifest: Manifest,
): { readonly seconds: number; readonly origin: string } | null {
  const { preStop } = container.lifecycle;
  if (preStop === undefined) return null;
  const at = [...path, 'lifecycle', 'preStop'];
  const words = `preStop of ${container.name}`;
  if (preStop.sleep !== undefined)
    return { seconds: preStop.sleep.seconds, origin: manifest.origin([...at, 'sleep', 'seconds'], words) };
  const command = preStop.exec?.command.join(' ') ?? '';
  const match = /\bsleep\s+(\d+(?:\.\d+)?)([smh]?)\b/.exec(command);
  if (match === null) return { seconds: 0, origin: `${manifest.origin(at, words)} does not sleep` };
  const seconds = Number(match[1]) * perUnit[match[2]];
  return { seconds, origin: `${manifest.origin([...at, 'exec', 'command'], words)}, sleep ${match[1]}${match[2]}` };
}
