/** Zooms all charts together by dragging, by keys, and from a row of the decisions. Runs in the scope of the charts' script. */
export const zoomScript = `
var LONGEST = data.toSeconds - data.fromSeconds;

function zoom(from, to) {
  var least = Math.min(data.leastSeconds, LONGEST), middle = (from + to) / 2, length = Math.min(LONGEST, Math.max(least, to - from));
  from = Math.max(data.fromSeconds, Math.min(data.toSeconds - length, middle - length / 2));
  view.from = from;
  view.to = from + length;
  var whole = length >= LONGEST;
  document.getElementById('zoom-reset').disabled = whole;
  document.getElementById('zoom-range').textContent = whole ? '' : 'Showing ' + elapsed(view.from) + ' to ' + elapsed(view.to) + ' elapsed';
  return Promise.all(charts.map(function (chart) {
    return chart.view.signal('fromMs', data.originMs + view.from * 1000).signal('toMs', data.originMs + view.to * 1000).runAsync();
  })).then(function () { showCursor(cursorAt, null); });
}
function reset() { return zoom(data.fromSeconds, data.toSeconds); }

function listen(chart) {
  var box = chart.box, start = null, startX = 0;
  function brush(clientX) {
    var area = plotArea(chart), left = box.getBoundingClientRect().left + area.left;
    var a = Math.max(0, Math.min(startX, clientX) - left), b = Math.min(area.width, Math.max(startX, clientX) - left);
    chart.brush.style.cssText = 'display:block;left:' + (area.left + a) + 'px;top:' + area.top + 'px;width:' + Math.max(0, b - a) + 'px;height:' + area.height + 'px';
  }
  box.addEventListener('pointermove', function (event) {
    if (start !== null && Math.abs(event.clientX - startX) > 4) brush(event.clientX);
    showCursor(timeAt(chart, event.clientX), null);
  });
  box.addEventListener('pointerleave', function () { if (start === null) showCursor(null, null); });
  box.addEventListener('pointerdown', function (event) {
    if (event.button !== 0 || event.pointerType === 'touch') return;
    start = timeAt(chart, event.clientX);
    startX = event.clientX;
    box.setPointerCapture(event.pointerId);
    event.preventDefault();
    box.focus({ preventScroll: true });
  });
  box.addEventListener('pointerup', function (event) {
    if (start === null) return;
    var end = timeAt(chart, event.clientX), from = start;
    start = null;
    chart.brush.style.display = 'none';
    if (Math.abs(event.clientX - startX) > 4) zoom(Math.min(from, end), Math.max(from, end));
  });
  box.addEventListener('pointercancel', function () { start = null; chart.brush.style.display = 'none'; });
  box.addEventListener('dblclick', reset);
  box.addEventListener('keydown', function (event) {
    var step = (view.to - view.from) / 100, at = cursorAt === null ? view.from : cursorAt;
    var moves = { ArrowLeft: -step, ArrowRight: step, PageUp: -10 * step, PageDown: 10 * step };
    if (event.key in moves) showCursor(Math.max(view.from, Math.min(view.to, at + moves[event.key])), chart);
    else if (event.key === '+') zoom(at - 25 * step, at + 25 * step);
    else if (event.key === '-') zoom(at - 100 * step, at + 100 * step);
    else if (event.key === 'Escape') reset();
    else return;
    event.preventDefault();
  });
}
document.getElementById('zoom-reset').addEventListener('click', reset);
window.addEventListener('resize', function () { requestAnimationFrame(function () { showCursor(cursorAt, null); }); });
`;
