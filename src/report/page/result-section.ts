import type { RunResult, TrustEntry } from '../../domain/run-result.js';
import { type Html, markup, joinHtml, trustedHtml } from '../format/html.js';
import { formatNumber } from '../../domain/number-format.js';
import { arrivalSentence } from '../arrival-sentence.js';
import { bottleneckName } from '../verdict.js';
import { guessList } from '../guess-list.js';
import type { ResultTable } from '../result-table.js';
import { reasonsTable, resultTables } from '../result-tables.js';
import { type Column, htmlTable } from './table.js';

/** The numbers of the run, what bound it, and the thresholds. */
export function resultSection(result: RunResult): Html {
  return markup`<section aria-labelledby="numbers">
    <h2 id="numbers">The numbers</h2>
    ${bottleneckLine(result)} ${thresholds(result)}
    <div class="pair">
      ${joinHtml([...resultTables(result), reasonsTable(result)].filter(({ rows }) => rows.length > 0).map(drawn))}
    </div>
  </section>`;
}

/** What the run stands on: where every input came from, and what the simulation assumes. */
export function trustSection(result: RunResult): Html {
  const { trust, assumptions } = result;
  const arrivals = arrivalSentence(result);
  const rows = [...trust].sort((a, b) => ORDER.indexOf(a.status) - ORDER.indexOf(b.status)).map(trustRow);
  const counts = ORDER.map((status) => ({ status, count: trust.filter((entry) => entry.status === status).length }))
    .filter(({ status, count }) => count > 0 || status !== 'half-guessed')
    .map(({ status, count }) => `${count} ${status.replace('-', ' ')}`)
    .join(', ');
  const list = [...(arrivals === null ? [] : [arrivals]), ...assumptions].map(
    (assumption) => markup`<li>${assumption}</li>`,
  );
  return markup`<section aria-labelledby="trust">
    <h2 id="trust">How far to trust it</h2>
    ${joinHtml(guessed(result))}
    <p class="note">
      Inputs: ${counts}. A result is no better than its guesses: measure first what is guessed and matters.
    </p>
    ${htmlTable(
      'Where each input came from, guesses first',
      [
        { title: 'Input', kind: 'name' },
        { title: 'Status', kind: 'name' },
        { title: 'Detail', kind: 'words' },
      ],
      rows,
    )}
    <h3>What the simulation assumes</h3>
    <ul class="plain">
      ${joinHtml(list)}
    </ul>
  </section>`;
}

/** The scenario's own list of its guesses; what one without a list guesses stands among the inputs. */
function guessed(result: RunResult): readonly Html[] {
  if (result.guesses === undefined || result.guesses.length === 0) return [];
  const items = guessList(result).map(({ what, detail }) => markup`<li><strong>${what}</strong>: ${detail}</li>`);
  return [
    markup`<h3>What is guessed, most important first</h3>
      <ol class="plain">
        ${joinHtml(items)}
      </ol>`,
  ];
}

const ORDER: readonly TrustEntry['status'][] = ['guessed', 'half-guessed', 'defaulted', 'measured'];

function trustRow({ input, status, detail }: TrustEntry): readonly (string | Html)[] {
  const tag = {
    measured: markup`<span class="tag good">measured</span>`,
    defaulted: markup`<span class="tag info">defaulted</span>`,
    guessed: markup`<span class="tag warn">guessed</span>`,
    'half-guessed': markup`<span class="tag warn">half guessed</span>`,
  };
  return [input, tag[status], detail];
}

function drawn({ caption, head, rows, words }: ResultTable): Html {
  const columns = head.map((title, index): Column => ({
    title,
    kind: index === 0 ? 'name' : words.includes(index) ? 'words' : 'number',
  }));
  return markup`<div${trustedHtml(head.length > 4 ? ' class="whole"' : '')}>${htmlTable(caption, columns, rows)}</div>`;
}

function bottleneckLine({ bottleneck }: RunResult): Html {
  const told = bottleneck.kind === 'none' ? bottleneck.why : `${bottleneckName(bottleneck)}: ${bottleneck.why}`;
  return markup`<p><strong>Bottleneck:</strong> ${told}.</p>`;
}

function thresholds({ thresholds: all }: RunResult): Html {
  if (all.length === 0) return markup`<p class="note">The scenario sets no thresholds.</p>`;
  const rows = all.map(({ threshold, value, met }) => [
    markup`<code>${threshold}</code>`,
    formatNumber(value),
    met ? markup`<span class="tag good">met</span>` : markup`<span class="tag bad">crossed</span>`,
  ]);
  return htmlTable(
    'Thresholds of the scenario',
    [
      { title: 'Threshold', kind: 'name' },
      { title: 'Value', kind: 'number' },
      { title: 'Outcome', kind: 'name' },
    ],
    rows,
  );
}
