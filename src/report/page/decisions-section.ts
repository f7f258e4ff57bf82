import type { DecisionRow, DecisionRows } from '../decision-rows.js';
import { movedLabel, reasonLabel } from '../explain/reason-label.js';
import type { Clock } from '../format/clock.js';
import { formatElapsed } from '../format/clock.js';
import { type Html, markup, joinHtml } from '../format/html.js';
import { formatWhole, plural } from '../../domain/number-format.js';
import { seconds } from '../../kernel/micros.js';

/** The table of decisions with its filters. Every row is in the page; the script only hides and shows. */
export function decisionsSection(
  { rows, total, changes, changesLeftOut }: DecisionRows,
  utc: Clock,
  journalFile: string,
): Html {
  const left = changesLeftOut === 0 ? '' : ` ${plural(changesLeftOut, 'later change')} found no room here.`;
  return markup`<section aria-labelledby="decisions">
    <h2 id="decisions">Why it scaled</h2>
    <p class="note">
      The run made ${plural(total, 'decision')}, ${changes === 0 ? 'none of which changed anything' : `of which ${formatWhole(changes)} changed something`}; all are in
      <code>${journalFile}</code>. This table embeds ${plural(rows.length, 'row')}, consecutive holds merged.${left}
      Choose a row to read how the decision came about.
    </p>
    <div class="tools no-print" role="group" aria-label="Filters of the table of decisions">
      ${select('workload', 'Workload', distinct(rows.map(({ workload }) => workload)), (name) => name)}
      ${select('direction', 'Direction', ['up', 'down', 'hold', 'resources', 'balance'], (direction) => direction)}
      ${select('reason', 'Reason', distinct(rows.map(({ reason }) => reason)), (reason) => `${reasonLabel(reason)} (${reason})`)}
      <label
        >Text <input type="search" id="filter-text" autocomplete="off" placeholder="as 12:03 or stabilization"
      /></label>
      <label class="check"><input type="checkbox" id="filter-holds" /> also what held</label>
      <button type="button" id="filter-clear">Clear</button>
    </div>
    <p class="note print-only" id="unprinted"></p>
    <p class="note no-print" id="filter-count" role="status" aria-live="polite"></p>
    <div class="scroll" tabindex="0" role="region" aria-label="Decisions">
      <table id="decision-table" class="decisions">
        <caption>
          Decisions in order of time: elapsed time since the start of the run, calendar time in UTC
        </caption>
        <thead>
          <tr>
            <th scope="col">Elapsed</th>
            <th scope="col" class="wide-only">UTC</th>
            <th scope="col">Workload</th>
            <th scope="col" class="num">Pods</th>
            <th scope="col">Reason</th>
            <th scope="col" class="wide-only">Metric</th>
          </tr>
        </thead>
        <tbody>
          ${joinHtml(rows.map((row, index) => decision(row, index, utc)))}
        </tbody>
      </table>
    </div>
  </section>`;
}

function decision(row: DecisionRow, index: number, utc: Clock): Html {
  const arrow = { up: '▲', down: '▼', hold: '=', resources: '⇕', balance: '⇄' }[row.direction];
  const pods = row.from === row.desired ? `${row.from} ${arrow}` : `${row.from} → ${row.desired} ${arrow}`;
  const label = row.from === row.desired ? reasonLabel(row.reason) : movedLabel(row.reason);
  const times = row.count === 1 ? '' : ` (${formatWhole(row.count)} times)`;
  return markup`<tr
      class="decision"
      data-workload="${row.workload}"
      data-direction="${row.direction}"
      data-reason="${row.reason}"
      data-seconds="${row.atSeconds}"
    >
      <td>
        <button type="button" class="open" aria-expanded="false" aria-controls="prose-${index}">
          ${formatElapsed(row.atSeconds)}
        </button>
      </td>
      <td class="wide-only">${utc(seconds(row.atSeconds))}</td>
      <td class="name">${row.workload}</td>
      <td class="num">${pods}</td>
      <td class="words">${label}${times}</td>
      <td class="wide-only">${row.winner ?? 'none'}</td>
    </tr>
    <tr class="prose" id="prose-${index}" hidden>
      <td colspan="6">
        <p>${row.prose}</p>
        <button type="button" class="zoom no-print" data-seconds="${row.atSeconds}">
          Show this moment in the charts
        </button>
      </td>
    </tr>`;
}

function select(name: string, label: string, values: readonly string[], show: (value: string) => string): Html {
  const options = values.map((value) => markup`<option value="${value}">${show(value)}</option>`);
  return markup`<label
    >${label}
    <select id="filter-${name}">
      <option value="">all</option>
      ${joinHtml(options)}
    </select></label
  >`;
}

function distinct(values: readonly string[]): readonly string[] {
  return [...new Set(values)].sort((a, b) => (a < b ? -1 : 1));
}
