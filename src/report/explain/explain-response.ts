import type { LoadResponse, ResponseStep } from '../../domain/load-response.js';
import { formatNumber, plural } from '../../domain/number-format.js';
import { micros } from '../../kernel/micros.js';
import type { Clock } from '../format/clock.js';
import { reasonLabel } from './reason-label.js';

/**
 * Where the time of a response to load went, as lines of a numbered list: the engine's part, then what nobody could have saved. The seconds
 * shown add up to their sums, to a tenth.
 */
export function explainResponse(response: LoadResponse, clock: Clock): readonly string[] {
  const { workload, fromSeconds, responseSeconds, replicas, askedAtSeconds, engine, floor } = response;
  const time = (seconds: number): string => clock(micros(Math.round(seconds * 1e6)));
  const tenths = roundedSteps([...engine, ...floor].map(({ seconds }) => seconds));
  const lines = [...engine, ...floor].map(
    (step, i) => `    ${i + 1}. ${secondsText(tenths[i])}: ${stepText(step, replicas)}`,
  );
  const sum = (values: readonly number[]): string => secondsText(values.reduce((total, value) => total + value, 0));
  const ofEngine = tenths.slice(0, engine.length);
  const ofFloor = tenths.slice(engine.length);
  const asked = askedAtSeconds > fromSeconds ? `, asked for at ${time(askedAtSeconds)}` : ', asked for before';
  return [
    `  ${workload} was short of pods from ${time(fromSeconds)} to ${time(fromSeconds + responseSeconds)} (${sum(tenths)}): ${plural(replicas, 'replica')} ended it${asked}.`,
    ofEngine.length === 0 ? '  The engine lost no time.' : `  ${sum(ofEngine)} were the engine's:`,
    ...lines.slice(0, engine.length),
    ...(ofFloor.length === 0
      ? []
      : [`  ${sum(ofFloor)} nobody could have saved (the last pod to be ready):`, ...lines.slice(engine.length)]),
  ];
}

/** Each step in tenths of a second, rounded so that any first few of them sum to the rounded sum. */
function roundedSteps(seconds: readonly number[]): readonly number[] {
  let exact = 0;
  let shown = 0;
  return seconds.map((value) => {
    exact += value;
    const tenths = Math.round(exact * 10) - shown;
    shown += tenths;
    return tenths;
  });
}

function secondsText(tenths: number): string {
  return `${(tenths / 10).toFixed(1).replace(/\.0$/, '')} s`;
}

const FIXED_TEXTS = {
  scrape: 'until metrics were scraped (scrape interval)',
  lag: 'until the engine could see them (lag)',
  tick: 'until the next tick (period)',
  order: 'until the pod was created',
  node: 'waiting for a node with room',
  imagePull: 'pulling the image',
  crashLoopBackOff: 'backing off after crashes',
  placement: 'until it was bound to a node',
  start: 'starting, warming up and passing its probes',
  step: 'until the next step of the series',
} as const satisfies Partial<Record<ResponseStep['what'], string>>;

function stepText({ what, reason, asked }: ResponseStep, replicas: number): string {
  switch (what) {
    case 'window':
      return `the metrics asked for ${askedText(asked)} of ${formatNumber(replicas)}: their window still reached back before the shortage (means over it)`;
    case 'metric':
      return `the metrics asked for ${askedText(asked)} of ${formatNumber(replicas)}, though nothing from before was in them any more`;
    case 'held':
      return `held: ${reasonLabel(reason ?? 'held')}`;
    default:
      return FIXED_TEXTS[what];
  }
}

function askedText(asked: ResponseStep['asked']): string {
  if (asked === undefined) return 'too few';
  return asked.least === asked.most
    ? formatNumber(asked.least)
    : `${formatNumber(asked.least)} to ${formatNumber(asked.most)}`;
}
