/** Filters the table of decisions and opens its rows. Rows are in the page already; text is only compared, never written as HTML. */
export const decisionScript = `
var table = document.getElementById('decision-table');
var rows = Array.prototype.slice.call(table.querySelectorAll('tr.decision')).map(function (row) {
  var prose = row.nextElementSibling;
  return { row: row, prose: prose, button: row.querySelector('button.open'), text: (row.textContent + ' ' + row.dataset.reason + ' ' + prose.textContent).toLowerCase() };
});
/** Where nothing was changed, the table would be empty without what held. */
var HOLDS = rows.every(function (item) { return item.row.dataset.direction === 'hold'; });
/** On paper more rows than these are folded away. */
var PRINTED = 20;
function field(name) { return document.getElementById('filter-' + name); }

function filter() {
  var direction = field('direction').value, holds = field('holds').checked || direction === 'hold';
  var text = field('text').value.trim().toLowerCase(), shown = 0;
  rows.forEach(function (item) {
    var of = item.row.dataset;
    var fits = (holds || of.direction !== 'hold') && (direction === '' || of.direction === direction) &&
      (field('workload').value === '' || of.workload === field('workload').value) &&
      (field('reason').value === '' || of.reason === field('reason').value) &&
      (text === '' || item.text.indexOf(text) >= 0);
    item.row.hidden = !fits;
    item.prose.hidden = !fits || item.button.getAttribute('aria-expanded') !== 'true';
    if (fits) shown += 1;
    item.row.classList.toggle('unprinted', shown > PRINTED);
    item.prose.classList.toggle('unprinted', shown > PRINTED);
  });
  document.getElementById('unprinted').textContent = shown <= PRINTED ? '' : 'On paper the first ' + PRINTED + '; the page itself has ' + (shown - PRINTED) + ' more.';
  field('count').textContent = shown === 0 ? 'No row fits these filters.' : 'Showing ' + shown + ' of ' + rows.length + ' rows.';
}
function toggle(item) {
  var open = item.button.getAttribute('aria-expanded') !== 'true';
  item.button.setAttribute('aria-expanded', String(open));
  item.prose.hidden = !open;
}
/** Shows a time with as much before and after it as makes a difference to the whole run. */
function showInCharts(from, to) {
  var around = Math.min(1800, Math.max(60, LONGEST / 8));
  cursorAt = (from + to) / 2;
  zoom(from - around, to + around).then(function () { document.getElementById('charts').scrollIntoView(); });
}
function showMoment(event) { var at = Number(event.target.dataset.seconds); showInCharts(at, at); }
var storyButton = document.getElementById('story-zoom');
if (storyButton) storyButton.addEventListener('click', function () { showInCharts(Number(storyButton.dataset.from), Number(storyButton.dataset.to)); });
rows.forEach(function (item) {
  item.row.addEventListener('click', function () { toggle(item); });
  item.prose.querySelector('.zoom').addEventListener('click', showMoment);
});
['workload', 'direction', 'reason', 'text', 'holds'].forEach(function (name) { field(name).addEventListener('input', filter); });
field('clear').addEventListener('click', function () {
  ['workload', 'direction', 'reason', 'text'].forEach(function (name) { field(name).value = ''; });
  field('holds').checked = HOLDS;
  filter();
});
field('holds').checked = HOLDS;
filter();
`;
