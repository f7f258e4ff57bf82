import { parse, View } from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';
import { thin } from './charts/thin.js';

/** A recorded series, as a picture needs it. */
export interface PicturedSeries {
  readonly title: string;
  /** One sentence under the title. */
  readonly subtitle: string;
  /** Start of the first bin, microseconds since 1970; null where the recording has no date. */
  readonly startEpochMicros: number | null;
  readonly binMicros: number;
  readonly values: Float64Array;
  /** Title of the vertical axis, with its unit. */
  readonly axis: string;
}

/** Buckets across the picture: one for every pixel or two. */
const BUCKETS = 700;
const LINE = '#1f5fa8';
const INK = '#333';

/** Draws a series over UTC time as an SVG that stands alone: the mean of each bucket as a line, least and most as a band around it. */
export async function tracePicture(series: PicturedSeries): Promise<string> {
  const view = new View(parse(compile(specOf(series)).spec), { renderer: 'none' });
  return view.toSVG();
}

function specOf({ title, subtitle, startEpochMicros, binMicros, values, axis }: PicturedSeries): TopLevelSpec {
  const seconds = Float64Array.from({ length: values.length }, (_, i) => (i * binMicros) / 1e6);
  const line = thin(seconds, values, 'linear', BUCKETS);
  const dated = startEpochMicros !== null;
  const at = (second: number): number => (dated ? startEpochMicros / 1000 + second * 1000 : second / 3600);
  const rows = line.seconds.map((second, i) => ({
    time: at(second),
    value: line.value[i],
    low: line.low[i],
    high: line.high[i],
  }));
  const pattern = (values.length * binMicros) / 86_400e6 > 5 ? '%d %b' : '%d %b %H:%M';
  const time = dated
    ? ({
        type: 'temporal',
        scale: { type: 'utc', nice: false },
        axis: {
          title: 'time (UTC)',
          labelOverlap: true,
          tickCount: 8,
          labelExpr: `utcFormat(datum.value, '${pattern}')`,
        },
      } as const)
    : ({
        type: 'quantitative',
        scale: { nice: false },
        axis: { title: 'hours since the start of the recording' },
      } as const);
  const y = { type: 'quantitative', scale: { zero: true }, axis: { title: axis } } as const;
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    description: `${title}. ${subtitle}`,
    width: 760,
    height: 240,
    background: 'white',
    padding: 12,
    title: {
      text: title,
      subtitle,
      anchor: 'start',
      fontSize: 15,
      subtitleFontSize: 11,
      subtitleColor: INK,
      color: INK,
      offset: 10,
    },
    data: { values: rows },
    encoding: { x: { field: 'time', ...time } },
    layer: [
      {
        mark: { type: 'area', color: LINE, opacity: 0.28 },
        encoding: { y: { field: 'high', ...y }, y2: { field: 'low' } },
      },
      { mark: { type: 'line', color: LINE, strokeWidth: 1.3 }, encoding: { y: { field: 'value', ...y } } },
    ],
    config: {
      font: 'system-ui, sans-serif',
      view: { stroke: null },
      axis: { labelColor: INK, titleColor: INK, titleFontWeight: 'normal', gridColor: '#e6e6e6' },
    },
  };
}
