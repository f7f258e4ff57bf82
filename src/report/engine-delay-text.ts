import type { EngineDelayParts } from '../domain/engine-delay.js';
import { formatSeconds } from '../domain/number-format.js';
import { reasonLabel } from './explain/reason-label.js';

/** What the engine's delay consisted of on average, to stand behind its quantiles; empty where it was none. */
export function engineDelayText(parts: EngineDelayParts | undefined): string {
  if (parts === undefined || parts.total <= 0) return '';
  const { total, scrape, lag, tick, metric, held } = parts;
  const named: (readonly [number, string])[] = [
    [scrape, 'until a scrape'],
    [lag, 'until the engine could see it'],
    [tick, 'until the next tick'],
    [metric, 'until the metrics showed enough'],
    ...Object.entries(held).map(([reason, seconds]): readonly [number, string] => [
      seconds,
      `held (${reasonLabel(reason)})`,
    ]),
  ];
  const told = named.filter(([seconds]) => seconds > 0).map(([seconds, what]) => `${formatSeconds(seconds)} ${what}`);
  return `; on average ${formatSeconds(total)}: ${told.join(', ')}`;
}
