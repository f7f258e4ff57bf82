/** Colours by meaning, as CSS variables of the page: the same thing has the same colour in every chart, light or dark. */
export type ChartColour =
  | 'demand'
  | 'capacity'
  | 'desired'
  | 'error'
  | 'cost'
  | 'muted'
  | 'low'
  | 'middle'
  | 'high'
  | 'other1'
  | 'other2'
  | 'other3'
  | 'other4'
  | 'other5'
  | 'other6';

/** How values of a chart are written on its axis and in its legend; a duration is in milliseconds too, and its axis counts in seconds, minutes or hours; a count is whole, an amount need not be. */
export type ChartUnit =
  'rate' | 'pods' | 'milliseconds' | 'duration' | 'share' | 'count' | 'amount' | 'usd' | 'usdPerHour';

/** One line of a chart over the steps of the run. */
export interface LinePlan {
  readonly name: string;
  readonly colour: ChartColour;
  /** Lines differ in their dashes too, so that colour never carries the meaning alone. */
  readonly dash: 'solid' | 'dashed' | 'dotted';
  /** Drawn broader, so that a line on top of it leaves its edges to be seen; 1.6 points if left out. */
  readonly broad?: true;
  /** `step` for gauges that jump (pods), `linear` for rates. */
  readonly shape: 'linear' | 'step';
  /** One value a step; NaN where there is none. */
  readonly values: Float64Array;
}

/** A mark on the time axis: a triangle for a scaling action, a cross for what did not come. */
export interface ChartEvent {
  readonly atSeconds: number;
  readonly direction: 'up' | 'down' | 'failed';
  readonly text: string;
}

/** A stretch of time that is shaded: the warm-up, a fault. */
export interface Episode {
  readonly fromSeconds: number;
  readonly toSeconds: number;
  readonly label: string;
}

/** What a chart shows, before it is drawn. */
export interface ChartPlan {
  /** Unique in the page, letters, digits and dashes. */
  readonly id: string;
  /** Says what the chart shows. */
  readonly title: string;
  /** One sentence: where to look and what it means. */
  readonly lookAt: string;
  readonly unit: ChartUnit;
  /** Title of the vertical axis with its unit. */
  readonly axis: string;
  readonly scale: 'linear' | 'log';
  readonly lines: readonly LinePlan[];
  /** Horizontal lines to hold the others against. */
  readonly references: readonly { readonly label: string; readonly value: number }[];
  readonly events: readonly ChartEvent[];
}
