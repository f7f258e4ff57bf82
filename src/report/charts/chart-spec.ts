import type { TopLevelSpec } from 'vega-lite';
import { durationTicks, valueLabel } from './axis-labels.js';
import type { ChartColour, ChartPlan, LinePlan } from './chart-plan.js';
import type { TimeFrame } from './time-frame.js';

/** Name of the data set that the page fills: rows of `time` (milliseconds since 1970), `line`, `value`, `low`, `high`. */
export const POINTS = 'points';

const DASHES: Readonly<Record<LinePlan['dash'], readonly number[]>> = { solid: [1, 0], dashed: [7, 3], dotted: [2, 3] };

/** Midnights show the date, other ticks the time of day, always in UTC and with 24 hours. */
const TIME_LABEL =
  "utchours(datum.value) === 0 && utcminutes(datum.value) === 0 ? utcFormat(datum.value, '%b %-d') : utcFormat(datum.value, '%H:%M')";

type PositionDef<Field extends string> = Extract<
  NonNullable<NonNullable<Layer['encoding']>['y']>,
  { field?: unknown }
> & { field: Field };
type Layer = Extract<TopLevelSpec, { layer: unknown }>['layer'][number];

/** The smallest and largest value of a chart. */
interface Extent {
  readonly low: number;
  readonly high: number;
}

/** A CSS colour of the page, so that one drawing serves light, dark and print. */
export function cssColour(colour: ChartColour): string {
  return `var(--${colour})`;
}

/**
 * The Vega-Lite specification of a chart: shaded episodes, lines, references, scaling marks, on a UTC time axis.
 *
 * The parameters `fromMs` and `toMs` are the visible stretch of time; the page moves them for all charts at once.
 */
export function chartSpec(plan: ChartPlan, frame: TimeFrame, extent: Extent | null): TopLevelSpec {
  const at = (seconds: number): number => frame.originMs + seconds * 1000;
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    description: `${plan.title}. ${plan.lookAt}`,
    width: 'container',
    height: 210,
    background: 'transparent',
    padding: { left: 0, right: 4, top: 6, bottom: 0 },
    params: [
      { name: 'fromMs', value: at(frame.fromSeconds) },
      { name: 'toMs', value: at(frame.toSeconds) },
    ],
    encoding: {
      x: {
        type: 'temporal',
        scale: { type: 'utc', domainMin: { expr: 'fromMs' }, domainMax: { expr: 'toMs' }, nice: false },
        axis: { title: null, labelExpr: TIME_LABEL, tickCount: { expr: 'max(2, width / 90)' }, grid: false },
      },
    },
    layer: [
      ...episodeLayers(frame, at),
      ...lineLayers(plan, extent),
      ...plan.references.flatMap((reference) => referenceLayers(reference)),
      ...eventLayers(plan, at),
    ],
  };
}

function episodeLayers(frame: TimeFrame, at: (seconds: number) => number): Layer[] {
  if (frame.episodes.length === 0) return [];
  const values = frame.episodes.map(({ fromSeconds, toSeconds, label }) => ({
    start: at(fromSeconds),
    end: at(toSeconds),
    label,
  }));
  return [
    {
      data: { values },
      mark: { type: 'rect', clip: true, color: 'var(--shade)', opacity: 1, tooltip: true },
      encoding: { x: { field: 'start' }, x2: { field: 'end' }, tooltip: { field: 'label', type: 'nominal' } },
    },
  ];
}

/** A layer a line, in the order of the plan: the last one lies on top. Beyond the visible stretch a quarter more is kept, so that lines reach the edges. */
function lineLayers(plan: ChartPlan, extent: Extent | null): Layer[] {
  const span = '(toMs - fromMs) / 4';
  const visible = `datum.time >= fromMs - ${span} && datum.time <= toMs + ${span}`;
  const axis = valueAxis(plan, extent);
  return plan.lines.flatMap((line): Layer[] => {
    const interpolate = line.shape === 'step' ? 'step-after' : 'linear';
    const common = {
      data: { name: POINTS },
      transform: [{ filter: { field: 'line', equal: line.name } }, { filter: visible }],
    };
    const x = { field: 'time' };
    const color = cssColour(line.colour);
    return [
      {
        ...common,
        mark: { type: 'area', clip: true, opacity: 0.28, interpolate, color },
        encoding: { x, y: { ...axis, field: 'high' }, y2: { field: 'low' } },
      },
      {
        ...common,
        mark: {
          type: 'line',
          clip: true,
          strokeWidth: line.broad === true ? 3.6 : 1.6,
          interpolate,
          color,
          strokeDash: [...DASHES[line.dash]],
        },
        encoding: { x, y: axis },
      },
    ];
  });
}

function valueAxis(plan: ChartPlan, extent: Extent | null): PositionDef<string> {
  return {
    field: 'value',
    type: 'quantitative',
    ...(plan.scale === 'log' ? logarithmic(plan, extent) : linear(plan, extent)),
  };
}

/** The top of an axis lies this far (points) below the top of the plot, so that a line at the highest value shows its whole breadth. */
const TOP = 3;
const RANGE = [{ expr: 'height' }, TOP];

function linear(plan: ChartPlan, extent: Extent | null): Pick<PositionDef<string>, 'scale' | 'axis'> {
  const high = highest(plan, extent);
  if (plan.unit === 'duration') {
    const { values, labelExpr } = durationTicks(high);
    const ends = { domainMin: 0, domainMax: values[values.length - 1] };
    return {
      scale: { nice: false, range: RANGE, ...ends },
      axis: { ...axisOf(plan, labelExpr), values: [...values], labelOverlap: false },
    };
  }
  const whole = plan.unit === 'pods' || plan.unit === 'count';
  const flat = (extent === null || extent.high <= 0) && plan.references.length === 0;
  return {
    scale: { zero: true, nice: 5, range: RANGE, ...(flat ? { domainMax: 1 } : {}) },
    axis: { ...axisOf(plan, valueLabel(plan.unit, high)), tickCount: 5, ...(whole ? { tickMinStep: 1 } : {}) },
  };
}

/** Ticks at 1, 2 and 5 times the powers of ten, and a range that ends on one of them at either side. */
function logarithmic(plan: ChartPlan, extent: Extent | null): Pick<PositionDef<string>, 'scale' | 'axis'> {
  const high = highest(plan, extent);
  const low = Math.min(...plan.references.map(({ value }) => value), extent?.low ?? Infinity);
  const decades = Array.from({ length: 13 }, (_, index) => 10 ** (index - 4));
  const ticks = decades.flatMap((decade) => [decade, 2 * decade, 5 * decade]);
  const first = Math.max(...ticks.filter((tick) => tick <= low), ticks[0]);
  const last = ticks.find((tick) => tick >= high) ?? high;
  const unit = plan.unit === 'duration' ? 'milliseconds' : plan.unit;
  return {
    scale: { type: 'log', nice: false, range: RANGE, domainMin: first, domainMax: last },
    axis: { ...axisOf(plan, valueLabel(unit, high)), values: ticks.filter((tick) => tick >= first && tick <= last) },
  };
}

function highest({ references }: ChartPlan, extent: Extent | null): number {
  return Math.max(...references.map(({ value }) => value), extent?.high ?? -Infinity);
}

function axisOf({ axis }: ChartPlan, labelExpr: string): { title: string; labelExpr: string; minExtent: number } {
  return { title: axis, labelExpr, minExtent: 44 };
}

function referenceLayers({ label, value }: ChartPlan['references'][number]): Layer[] {
  const y = { datum: value, type: 'quantitative' } as const;
  const text = { type: 'text', align: 'right', baseline: 'bottom', dy: -3, dx: -4, fontSize: 11, text: label } as const;
  // Written twice, first in the colour of the paper and broad, so that lines behind the words leave them legible.
  const words = (look: { readonly color: string; readonly stroke?: string; readonly strokeWidth?: number }): Layer => ({
    data: { values: [{}] },
    mark: { ...text, ...look },
    encoding: { x: { value: 'width' }, y },
  });
  return [
    {
      data: { values: [{}] },
      mark: { type: 'rule', color: 'var(--ink)', strokeDash: [4, 3], strokeWidth: 1.2 },
      encoding: { x: { value: 0 }, x2: { value: 'width' }, y },
    },
    words({ color: 'var(--paper)', stroke: 'var(--paper)', strokeWidth: 4 }),
    words({ color: 'var(--ink)' }),
  ];
}

/** Marks stand on the axis, so that they do not hide the lines: up in the colour of capacity, down in grey, a cross for what failed. */
const MARKS = {
  up: { shape: 'triangle-up', colour: 'capacity', above: 18 },
  down: { shape: 'triangle-down', colour: 'muted', above: 6 },
  failed: { shape: 'cross', colour: 'error', above: 30 },
} as const;

function eventLayers(plan: ChartPlan, at: (seconds: number) => number): Layer[] {
  const used = (['up', 'down', 'failed'] as const).filter((one) =>
    plan.events.some(({ direction }) => direction === one),
  );
  return used.map((direction): Layer => ({
    data: {
      values: plan.events
        .filter((event) => event.direction === direction)
        .map(({ atSeconds, text }) => ({ time: at(atSeconds), text })),
    },
    mark: {
      type: 'point',
      clip: true,
      filled: true,
      size: 55,
      opacity: 1,
      shape: MARKS[direction].shape,
      color: cssColour(MARKS[direction].colour),
    },
    encoding: {
      x: { field: 'time' },
      y: { value: { expr: `height - ${MARKS[direction].above}` } },
      tooltip: { field: 'text', type: 'nominal' },
    },
  }));
}
