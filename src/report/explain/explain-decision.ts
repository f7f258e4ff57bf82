import type { Decision, MetricReading } from '../../domain/decision.js';
import type { Clock } from '../format/clock.js';
import type { Micros } from '../../kernel/micros.js';
import { ageText } from './age-text.js';
import { formatCount, formatNumber, formatSeconds, plural } from '../../domain/number-format.js';
import { balanceSentences } from './balance-sentences.js';
import { countedNoun } from './counted-noun.js';
import { metricLabel } from './metric-label.js';
import { reasonLabel } from './reason-label.js';
import { ruleSentence } from './rule-sentence.js';
import { verticalSentences } from './vertical-sentences.js';

/**
 * A decision as prose for the person on call: what happened, what the metrics said, which rules bound it in order, and what else mattered.
 *
 * One paragraph without line breaks; nothing in it is reconstructed, every number stands in the decision.
 */
export function explainDecision(decision: Decision, clock: Clock): string {
  const sentences = [
    ...metricSentences(decision, clock),
    ...ruleSentences(decision),
    ...verticalSentences(decision),
    ...balanceSentences(decision),
    ...forecastSentence(decision),
    ...stageSentences(decision),
  ];
  return [headline(decision, clock), ...sentences.map(asSentence)].join(' ');
}

function headline(decision: Decision, clock: Clock): string {
  const { workload, from, desired, direction, reason } = decision;
  const noun = countedNoun(decision);
  const change = direction === 'hold' ? `holds at ${plural(from, noun)}` : `${from} -> ${plural(desired, noun)}`;
  return `${clock(decision.at)} ${workload}: ${change} (${reasonLabel(reason)}).`;
}

/** How instants and what is counted are said. */
interface Voice {
  readonly clock: Clock;
  readonly noun: string;
}

function metricSentences(decision: Decision, clock: Clock): readonly string[] {
  const winner = decision.metrics.find(({ name }) => name === decision.winner);
  const others = decision.metrics.filter((metric) => metric !== winner);
  const noun = countedNoun(decision);
  const voice = { clock, noun };
  const isAged = decision.metrics.some((metric) => metric.age !== undefined);
  const age = decision.dataAgeSeconds === null || isAged ? '' : ` (data ${formatSeconds(decision.dataAgeSeconds)} old)`;
  const raw = decision.rawDesired === null ? [] : [`The metrics asked for ${formatNumber(decision.rawDesired)}`];
  if (winner === undefined) {
    const none =
      decision.metrics.length > 0
        ? [`No metric decided${age}`]
        : age === ''
          ? []
          : [`It worked${age.replace(/[()]/g, '').replace(' data', ' with data')}`];
    return [...others.map((other) => reading(other, decision.at, voice)), ...none, ...raw];
  }
  const asked = decision.rawDesired === null ? '' : ` and asked for ${plural(decision.rawDesired, noun)}`;
  return [
    `${level(winner)}${age}${ageText(winner, decision.at, clock)}${asked}`,
    ...others.map((other) => reading(other, decision.at, voice)),
  ];
}

function reading(metric: MetricReading, at: Micros, { clock, noun }: Voice): string {
  const { proposal } = metric;
  const means = proposal === null ? '' : `, which alone means ${plural(proposal, noun)}`;
  return `${level(metric)}${ageText(metric, at, clock)}${means}`;
}

function level(metric: MetricReading): string {
  const { name, value, target, unit, invalid, missing } = metric;
  const shown = metricLabel(name);
  if (missing !== undefined && missing.done !== 'fail')
    return `${shown} had no value (${missing.why}) and ${standIn(metric)}`;
  if (value === null) return `${shown} could not be used${invalid === null ? '' : `: ${invalid}`}`;
  return `${shown} was at ${withUnit(value, unit)} against a target of ${withUnit(target, unit)}`;
}

/** What a metric without a value counted for, by its configuration. */
function standIn({ missing, value, target, unit }: MetricReading): string {
  switch (missing?.done) {
    case 'zero':
      return 'counted as zero';
    case 'hold':
      return 'asked for what is there';
    case 'ignore':
      return 'was left out';
    default:
      return `its last one counted: ${value === null ? 'none' : withUnit(value, unit)} against a target of ${withUnit(target, unit)}`;
  }
}

function withUnit(value: number, unit: string): string {
  if (unit === '%') return `${formatNumber(value)}%`;
  if (unit === '/s') return `${formatCount(value)}/s`;
  return unit === '' ? formatCount(value) : `${formatNumber(value)} ${unit}`;
}

function ruleSentences(decision: Decision): readonly string[] {
  return decision.rules.map(ruleSentence);
}

function forecastSentence({ forecast }: Decision): readonly string[] {
  if (forecast.abstained !== null) {
    return forecast.model === 'none' ? [] : [`The forecaster (${forecast.model}) abstained: ${forecast.abstained}`];
  }
  const trust = forecast.confidence === null ? '' : ` with a confidence of ${formatNumber(forecast.confidence)}`;
  return [`A forecast (${forecast.model}) was at hand${trust}`];
}

function stageSentences({ stages }: Decision): readonly string[] {
  return stages
    .filter(({ status }) => status === 'failed')
    .map(({ stage, note }) => `The ${stage} stage failed and fell back to holding: ${note}`);
}

function asSentence(text: string): string {
  const trimmed = text.trim();
  return `${trimmed.charAt(0).toUpperCase()}${trimmed.slice(1)}${/[.!?]$/.test(trimmed) ? '' : '.'}`;
}
