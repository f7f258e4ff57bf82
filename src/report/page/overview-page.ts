import { type Html, markup, trustedHtml } from '../format/html.js';
import type { Overview } from '../overview/overview-run.js';
import { overviewSentence } from '../overview/overview-sentence.js';
import { runsTable, variantsTable } from '../overview/overview-tables.js';
import { holds } from '../overview/variant-summary.js';
import { themeScript } from './script-theme.js';
import { pageStyles } from './styles.js';
import { type Column, htmlTable } from './table.js';

/** Nothing but what is in the file itself may load. */
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

/** The overview of a scenario's runs as one HTML page that needs no network; it links the page of each run in the folder beside it. */
export function overviewPage(overview: Overview): string {
  const { name, runs } = overview;
  const { question, identity } = runs[0].result;
  return markup`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="Content-Security-Policy" content="${POLICY}" />
        <meta name="generator" content="hindcast ${identity.version}" />
        <title>${name}: variants and seeds - Hindcast report</title>
        <link rel="icon" href="data:," />
        <style>
          ${trustedHtml(pageStyles)}
        </style>
        <script>
          ${trustedHtml(themeScript)}
        </script>
      </head>
      <body>
        <header class="top">
          <div class="row">
            <div>
              <h1>${name}</h1>
              <p class="question">${question}</p>
            </div>
            <button type="button" id="theme" class="theme no-print">Theme: auto</button>
          </div>
          <p class="verdict ${tone(overview)}" id="verdict">${overviewSentence(overview)}</p>
        </header>
        <main>${variants(overview)} ${linkedRuns(overview)}</main>
      </body>
    </html>
`.text;
}

function tone({ runs }: Overview): string {
  return runs.some(({ result }) => holds(result)) ? 'held' : 'lost';
}

function variants(overview: Overview): Html {
  const { caption, head, rows } = variantsTable(overview);
  return markup`<section>
    <h2>Variants</h2>
    <p class="note">
      All variants see the same arrivals, demands and start-up times of a seed. A run holds when it meets the objective and crosses no
      threshold; the best variant is the cheapest that held with every seed (of equally cheap ones the one that served the most in time), else the one that served the most in time.
    </p>
    ${htmlTable(caption, columns(head), rows)}
  </section>`;
}

function linkedRuns(overview: Overview): Html {
  const { caption, head, rows } = runsTable(overview);
  const linked = rows.map(([folder, ...cells]) => [
    markup`<a href="${encodeURI(folder)}/index.html">${folder}</a>`,
    ...cells,
  ]);
  return markup`<section>
    <h2>Runs</h2>
    ${htmlTable(caption, columns(head), linked)}
  </section>`;
}

const IN_WORDS = ['Variant', 'Thresholds crossed'];
const SHORT = ['Verdict', 'Held with'];

/** The first column heads its row and is never broken inside a word; names and words stand left, numbers right. */
function columns(head: readonly string[]): readonly Column[] {
  return head.map((title, i) => ({
    title,
    kind: i === 0 || IN_WORDS.includes(title) ? 'words' : SHORT.includes(title) ? 'name' : 'number',
  }));
}
