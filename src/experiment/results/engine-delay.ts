import type { EngineDelayParts } from '../../domain/engine-delay.js';
import type { LoadResponse, ResponseStep } from '../../domain/load-response.js';

/** What the engine's part of responses to load consisted of on average; null where there were none. */
export function engineDelayParts(responses: readonly LoadResponse[]): EngineDelayParts | null {
  if (responses.length === 0) return null;
  const count = responses.length;
  const steps = responses.flatMap(({ engine }) => engine);
  const held = new Map<string, number>();
  for (const { what, reason, seconds } of steps)
    if (what === 'held' && reason !== undefined) held.set(reason, (held.get(reason) ?? 0) + seconds);
  const mean = (...parts: readonly ResponseStep['what'][]): number =>
    steps.reduce((sum, { what, seconds }) => (parts.includes(what) ? sum + seconds : sum), 0) / count;
  return {
    total: responses.reduce((sum, { askedAtSeconds, fromSeconds }) => sum + askedAtSeconds - fromSeconds, 0) / count,
    scrape: mean('scrape'),
    lag: mean('lag'),
    tick: mean('tick'),
    metric: mean('window', 'metric'),
    held: Object.fromEntries(
      [...held]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([reason, seconds]): readonly [string, number] => [reason, seconds / count]),
    ),
  };
}
