import { escape } from 'arquero';
import type { RunReport } from '../../domain/run-result.js';
import { WORKLOADS_DRAWN, allCharts, isConstant, isFlat } from '../charts/all-charts.js';
import { chartExtent, chartPoints, chartSummary } from '../charts/chart-data.js';
import type { ChartPlan, LinePlan } from '../charts/chart-plan.js';
import { chartSpec, cssColour } from '../charts/chart-spec.js';
import { entitiesOf } from '../charts/series-column.js';
import { bucketSteps, thin } from '../charts/thin.js';
import type { TimeFrame } from '../charts/time-frame.js';
import { type Html, markup, joinHtml } from '../format/html.js';
import { bothClocks, bothClocksSpan } from '../format/clock.js';
import { formatSeconds, plural } from '../../domain/number-format.js';
import { formatByUnit } from './format-by-unit.js';
import { htmlTable } from './table.js';

/** What the page's script needs to draw one chart. */
export interface EmbeddedChart {
  readonly id: string;
  readonly unit: ChartPlan['unit'];
  readonly spec: unknown;
  readonly lines: readonly EmbeddedLine[];
}

/** One line of a chart as the page carries it: values of the buckets to five significant digits; extremes that equal the value are null. */
export interface EmbeddedLine {
  readonly name: string;
  readonly v: readonly (number | null)[];
  readonly low: readonly (number | null)[];
  readonly high: readonly (number | null)[];
}

/** The charts as HTML to be filled by the script, and the data it fills them with. */
export interface ChartsSection {
  readonly body: Html;
  /** Starts of the buckets that all lines share, in seconds since the start of the run. */
  readonly seconds: readonly number[];
  readonly embedded: readonly EmbeddedChart[];
}

/** Every chart of a report with its title, reading aid, legend and the numbers behind it. */
export function chartsSection(report: RunReport, frame: TimeFrame): ChartsSection {
  const all = allCharts(report);
  const plans = all.filter((plan) => !isFlat(plan) && !isConstant(plan)).map(withoutEmptyLines);
  const left = { flat: all.filter(isFlat), constant: all.filter((plan) => !isFlat(plan) && isConstant(plan)) };
  const body = markup`<section aria-labelledby="charts">
    <h2 id="charts">What happened</h2>
    <p class="note">${howToRead(report)}<span class="no-print"> ${HOW_TO_ZOOM}</span></p>
    <div class="tools no-print">
      <button type="button" id="zoom-reset" disabled>Show the whole run</button
      ><span class="note" id="zoom-range" role="status"></span>
    </div>
    ${joinHtml(notDrawn(left))}
    <div class="charts">${joinHtml(plans.map((plan) => figure(plan, report, frame)))}</div>
  </section>`;
  const { seconds } = thin(report.series.startSeconds, report.series.startSeconds, 'step');
  return { body, seconds, embedded: plans.map((plan) => embed(plan, report, frame)) };
}

/** A line without a single value is named, so that nobody looks for it, and is no line of the chart. */
function withoutEmptyLines(plan: ChartPlan): ChartPlan {
  const isEmpty = ({ values }: LinePlan): boolean => !values.some(Number.isFinite);
  const empty = plan.lines.filter(isEmpty).map(({ name }) => name);
  if (empty.length === 0) return plan;
  const lookAt = `${plan.lookAt} Without a value all the time: ${empty.join(', ')}.`;
  return { ...plan, lookAt, lines: plan.lines.filter((line) => !isEmpty(line)) };
}

/** Charts of nothing: they are named, so that nobody misses them, and not drawn. */
function notDrawn({ flat, constant }: Readonly<Record<'flat' | 'constant', readonly ChartPlan[]>>): readonly Html[] {
  const level = ({ title, unit, lines: [{ values }] }: ChartPlan): string =>
    `${title} (${formatByUnit(unit, values.find(Number.isFinite))})`;
  const told = [
    ...(flat.length === 0
      ? []
      : [`Zero or without a value all the time, and not drawn: ${flat.map(({ title }) => title).join('; ')}.`]),
    ...(constant.length === 0 ? [] : [`The same all the time, and not drawn: ${constant.map(level).join('; ')}.`]),
  ];
  return told.length === 0 ? [] : [markup`<p class="note" id="not-drawn">${told.join(' ')}</p>`];
}

const HOW_TO_ZOOM =
  'Drag across a chart to zoom all of them, double-click to zoom out; point at one, or use the arrow keys on it, to read values.';

function howToRead({ series }: RunReport): string {
  const size = bucketSteps(series.steps);
  const step = formatSeconds(series.stepSeconds);
  const thinned =
    size === 1
      ? `Every step of ${step} is drawn.`
      : `A line is the mean (where it jumps: the first value) of every ${size} steps of ${step}, its band their smallest and largest; series.parquet has every step.`;
  const left = entitiesOf(series, 'workload').length - WORKLOADS_DRAWN;
  const more = left > 0 ? ` ${plural(left, 'more workload')} not drawn: see series.parquet.` : '';
  return `Times are UTC. ${thinned}${more}`;
}

function figure(plan: ChartPlan, report: RunReport, frame: TimeFrame): Html {
  return markup`<figure>
    <h3 id="${plan.id}-title">${plan.title}</h3>
    <p class="note">${plan.lookAt}${marksNote(plan)}${episodeNote(plan, frame)}</p>
    <div
      class="plot"
      id="${plan.id}"
      tabindex="0"
      role="group"
      aria-labelledby="${plan.id}-title"
      aria-describedby="${plan.id}-data"
    ></div>
    <p class="note when no-print" id="${plan.id}-when" aria-live="polite"></p>
    <ul class="legend">
      ${joinHtml(plan.lines.map(legendItem))}
    </ul>
    <details id="${plan.id}-data">
      <summary>The numbers of this chart</summary>
      ${numbers(plan, report)}
    </details>
  </figure>`;
}

function marksNote({ events, lookAt }: ChartPlan): string {
  if (events.length === 0 || lookAt.includes('Triangles')) return '';
  const failed = events.some(({ direction }) => direction === 'failed');
  return ` Triangles on the axis are scaling actions, up or down${failed ? '; a cross is a launch that failed' : ''}.`;
}

function episodeNote(plan: ChartPlan, { episodes, originMs }: TimeFrame): string {
  if (!plan.id.startsWith('load-') || episodes.length === 0) return '';
  const origin = new Date(originMs).toISOString();
  const listed = episodes.map(({ fromSeconds, toSeconds, label }) =>
    toSeconds <= 0
      ? `${label}: until ${bothClocks(toSeconds, origin)}`
      : `${label}: ${bothClocksSpan(fromSeconds, toSeconds, origin)}`,
  );
  return ` Shaded: ${listed.join('; ')}.`;
}

function legendItem(line: LinePlan): Html {
  const dash = { solid: 'none', dashed: '7 3', dotted: '2 3' }[line.dash];
  const swatch = markup`<svg width="26" height="8" aria-hidden="true">
    <line
      x1="0"
      y1="4"
      x2="26"
      y2="4"
      stroke="${cssColour(line.colour)}"
      stroke-width="2.5"
      stroke-dasharray="${dash}"
    />
  </svg>`;
  return markup`<li>${swatch}${line.name}<b data-line="${line.name}"></b></li>`;
}

function numbers(plan: ChartPlan, { series }: RunReport): Html {
  const summary = chartSummary(plan, series);
  const cell = (column: string, row: number): string => formatByUnit(plan.unit, summary.get(column, row));
  const rows = Array.from({ length: summary.numRows() }, (_, row) => [
    String(summary.get('line', row)),
    cell('min', row),
    cell('mean', row),
    cell('max', row),
  ]);
  const caption = `${plan.title}: ${plan.axis.replace(' (log scale)', '')}, over every step after the warm-up`;
  return htmlTable(
    caption,
    [
      { title: 'Line', kind: 'name' },
      { title: 'Smallest', kind: 'number' },
      { title: 'Mean', kind: 'number' },
      { title: 'Largest', kind: 'number' },
    ],
    rows,
  );
}

function embed(plan: ChartPlan, report: RunReport, frame: TimeFrame): EmbeddedChart {
  const points = chartPoints(plan, report.series);
  const lines = plan.lines.map(({ name }) => {
    const rows = points.filter(escape((row: { line: string }) => row.line === name));
    const column = (key: string): (number | null)[] => Array.from(rows.array(key), rounded);
    const v = column('value');
    const apart = (extreme: number | null, index: number): number | null => (extreme === v[index] ? null : extreme);
    return { name, v, low: column('low').map(apart), high: column('high').map(apart) };
  });
  return { id: plan.id, unit: plan.unit, spec: chartSpec(plan, frame, chartExtent(points)), lines };
}

/** Five significant digits are more than a screen can show. */
function rounded(value: unknown): number | null {
  if (typeof value !== 'number') return null;
  return Number.isInteger(value) ? value : Number(value.toPrecision(5));
}
