import { chartTheme } from '../charts/chart-theme.js';
import { timeFrame } from '../charts/time-frame.js';
import { bucketSteps } from '../charts/thin.js';
import { decisionRows } from '../decision-rows.js';
import type { RunReport } from '../../domain/run-result.js';
import { micros } from '../../kernel/micros.js';
import { formatClock, utcClock } from '../format/clock.js';
import { type Html, markup, joinHtml, scriptJson, trustedHtml } from '../format/html.js';
import { formatSeconds } from '../../domain/number-format.js';
import { type KeyFigure, keyFigures } from '../key-figures.js';
import { type ReportExtras, settleExtras } from '../report-extras.js';
import { verdictOf } from '../verdict.js';
import { chartsSection } from './charts-section.js';
import { decisionsSection } from './decisions-section.js';
import { identitySection } from './identity-section.js';
import { resultSection, trustSection } from './result-section.js';
import { storySection } from './story-section.js';
import { worstStory } from '../story/worst-story.js';
import { chartScript } from './script-charts.js';
import { decisionScript } from './script-decisions.js';
import { themeScript } from './script-theme.js';
import { zoomScript } from './script-zoom.js';
import { pageStyles } from './styles.js';

/** Nothing but what is in the file itself may load, and nothing may be sent anywhere. Vega compiles its expressions, hence unsafe-eval. */
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline' 'unsafe-eval'; img-src data:; base-uri 'none'; form-action 'none'";

/**
 * The report as one HTML page that needs neither network nor any other file.
 *
 * @param libraries sources of vega, vega-lite and vega-embed in that order, as `vegaSources` reads them
 */
export function reportPage(report: RunReport, extras: ReportExtras, libraries: readonly string[]): string {
  const { result } = report;
  const settled = settleExtras(extras, result.identity);
  const frame = timeFrame(report, settled.episodes);
  const charts = chartsSection(report, frame);
  const data = {
    originMs: frame.originMs,
    fromSeconds: frame.fromSeconds,
    toSeconds: frame.toSeconds,
    // Below a dozen buckets a zoomed line would be a handful of points that look like a curve.
    leastSeconds: Math.max(60, 12 * bucketSteps(report.series.steps) * report.series.stepSeconds),
    theme: chartTheme,
    seconds: charts.seconds,
    charts: charts.embedded,
  };
  return markup`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="Content-Security-Policy" content="${POLICY}" />
        <meta name="generator" content="hindcast ${result.identity.version}" />
        <title>${result.identity.scenario}: ${verdictOf(result).word} - Hindcast report</title>
        <link rel="icon" href="data:," />
        <style>
          ${trustedHtml(pageStyles)}
        </style>
        <script>
          ${trustedHtml(themeScript)}
        </script>
      </head>
      <body>
        ${header(report)}
        <main>
          ${joinHtml(storySection(worstStory(report)))} ${charts.body}
          ${decisionsSection(decisionRows(report.decisions, formatClock), utcClock(result.originIso), settled.journalFile)}
          ${resultSection(result)} ${trustSection(result)}
        </main>
        <footer>${identitySection(result, settled)}</footer>
        <script type="application/json" id="report-data">
          ${trustedHtml(scriptJson(data))}
        </script>
        ${joinHtml(libraries.map((source) => markup`<script>${inlineScript(source)}</script>`))}
        <script>
          ${trustedHtml(`(function(){'use strict';\n${chartScript}\n${zoomScript}\n${decisionScript}\n})();`)}
        </script>
      </body>
    </html>
`.text;
}

/** A library's source cannot end its own element, nor open a comment that hides the end, nor ask for a source map. */
function inlineScript(source: string): Html {
  return trustedHtml(
    source
      .replace(/<\/script/gi, '<\\/script')
      .replace(/<!--/g, '<\\!--')
      .replace(/^\/\/# sourceMappingURL=.*$/gm, ''),
  );
}

function header({ result }: RunReport): Html {
  const verdict = verdictOf(result);
  const starts = utcClock(result.originIso);
  const warmUp =
    result.warmUpSeconds > 0 ? ` after ${formatSeconds(result.warmUpSeconds)} of warm-up that is not counted` : '';
  return markup`<header class="top">
    <div class="row">
      <div>
        <h1>${result.identity.scenario}</h1>
        <p class="question">${result.question}</p>
      </div>
      <button type="button" id="theme" class="theme no-print">Theme: auto</button>
    </div>
    ${joinHtml(result.answer === null ? [] : [markup`<p class="answer">${result.answer}</p>`])}
    <p class="verdict ${verdict.kind}" id="verdict">${verdict.sentence}</p>
    ${joinHtml((result.cautions ?? []).map((caution) => markup`<p class="caution"><strong>Caution:</strong> ${caution}</p>`))}
    <ul class="cards" aria-label="Key figures">
      ${joinHtml(keyFigures(result).map(card))}
    </ul>
    <p class="meta">
      ${formatSeconds(result.durationSeconds)} simulated from ${starts(micros(0))} UTC${warmUp}; seed
      ${result.identity.seed}.
    </p>
  </header>`;
}

function card({ label, value, note, tone }: KeyFigure): Html {
  return markup`<li class="${tone}">
    <div class="label">${label}</div>
    <div class="value">${value}</div>
    <div class="note">${note}</div>
  </li>`;
}
