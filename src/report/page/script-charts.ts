/** Draws the charts and reads values off all of them at the instant pointed at. Shares its scope with the scripts that follow. */
export const chartScript = `
var data = JSON.parse(document.getElementById('report-data').textContent);
var charts = [], cursorAt = null;

function two(n) { return (n < 10 ? '0' : '') + n; }
function elapsed(seconds) {
  var whole = Math.floor(Math.abs(seconds)), days = Math.floor(whole / 86400);
  return (seconds < 0 && whole > 0 ? '-' : '') + (days > 0 ? days + 'd ' : '') +
    two(Math.floor(whole / 3600) % 24) + ':' + two(Math.floor(whole / 60) % 60) + ':' + two(whole % 60);
}
function utc(seconds) {
  return new Date(data.originMs + seconds * 1000).toISOString().slice(0, 19).replace('T', ' ') + ' UTC';
}
function digits(value) {
  if (Math.abs(value) >= 1000) return String(Math.round(value)).replace(/\\B(?=(\\d{3})+$)/g, ',');
  return String(Number(value.toPrecision(3)));
}
function count(value) {
  var size = Math.abs(value);
  return size >= 999500 ? digits(value / 1e6) + ' M' : size >= 9999.5 ? digits(value / 1e3) + ' k' : digits(value);
}
function time(ms) {
  var seconds = ms / 1000;
  return ms < 1000 ? digits(ms) + ' ms' : seconds < 120 ? digits(seconds) + ' s' : seconds < 7200 ? digits(seconds / 60) + ' min' :
    seconds < 172800 ? digits(seconds / 3600) + ' h' : digits(seconds / 86400) + ' days';
}
var write = {
  rate: function (v) { return count(v) + '/s'; },
  share: function (v) { return digits(v * 100) + '%'; },
  milliseconds: time,
  duration: time,
  usd: function (v) { return '$' + v.toFixed(2); },
  usdPerHour: function (v) { return '$' + v.toFixed(2) + '/h'; },
  pods: count,
  count: count,
  amount: count
};

/** Index of the last point that is not later; -1 before the first. */
function indexAt(times, seconds) {
  var low = 0, high = times.length;
  while (low < high) { var middle = (low + high) >> 1; if (times[middle] <= seconds) low = middle + 1; else high = middle; }
  return low - 1;
}
function rowsOf(chart) {
  var rows = [];
  chart.lines.forEach(function (line) {
    for (var i = 0; i < line.v.length; i += 1) {
      var value = line.v[i], low = line.low[i] === null ? value : line.low[i], high = line.high[i] === null ? value : line.high[i];
      rows.push({ time: data.originMs + data.seconds[i] * 1000, line: line.name, value: value, low: low, high: high });
    }
  });
  return rows;
}
function plotArea(chart) {
  var origin = chart.view.origin(), padding = chart.view.padding();
  return { left: origin[0] + padding.left, top: origin[1] + padding.top, width: chart.view.signal('width'), height: chart.view.signal('height') };
}
function timeAt(chart, clientX) {
  var area = plotArea(chart), share = (clientX - chart.box.getBoundingClientRect().left - area.left) / area.width;
  return view.from + Math.max(0, Math.min(1, share)) * (view.to - view.from);
}
var view = { from: data.fromSeconds, to: data.toSeconds };

function showCursor(seconds, announce) {
  cursorAt = seconds;
  charts.forEach(function (chart) {
    var shown = seconds !== null && seconds >= view.from && seconds <= view.to, area = plotArea(chart);
    chart.cursor.style.display = shown ? 'block' : 'none';
    if (shown) {
      chart.cursor.style.left = area.left + (seconds - view.from) / (view.to - view.from) * area.width + 'px';
      chart.cursor.style.top = area.top + 'px';
      chart.cursor.style.height = area.height + 'px';
    }
    chart.when.textContent = shown ? elapsed(seconds) + ' elapsed, ' + utc(seconds) : '';
    if (chart !== announce) chart.when.setAttribute('aria-live', 'off'); else chart.when.setAttribute('aria-live', 'polite');
    chart.lines.forEach(function (line, position) {
      var index = shown ? indexAt(data.seconds, seconds) : -1;
      chart.values[position].textContent = !shown ? '' : index < 0 || line.v[index] === null ? 'n/a' : write[chart.unit](line.v[index]);
    });
  });
}
function make(name, parent) {
  var element = document.createElement('div');
  element.className = name;
  element.setAttribute('aria-hidden', 'true');
  parent.appendChild(element);
  return element;
}
function draw(chart) {
  var box = document.getElementById(chart.id), inner = document.createElement('div');
  box.appendChild(inner);
  chart.spec.datasets = { points: rowsOf(chart) };
  return vegaEmbed(inner, chart.spec, { mode: 'vega-lite', renderer: 'svg', actions: false, config: data.theme }).then(function (result) {
    chart.box = box;
    chart.view = result.view;
    chart.cursor = make('cursor', box);
    chart.brush = make('brush', box);
    chart.when = document.getElementById(chart.id + '-when');
    var marks = Array.prototype.slice.call(box.parentNode.querySelectorAll('.legend b'));
    chart.values = chart.lines.map(function (line) { return marks.filter(function (mark) { return mark.dataset.line === line.name; })[0]; });
    charts.push(chart);
    listen(chart);
  });
}

/** Charts are laid out anew at the width of the sheet, so that their words keep their size and find room, and again for the screen. */
var SHEET = { width: 337, height: 112 };
function layOut(paper) {
  charts.forEach(function (chart) {
    if (paper && !chart.screen) {
      chart.screen = { width: chart.box.querySelector('svg').clientWidth, height: chart.view.height() };
      chart.view.width(SHEET.width).height(SHEET.height).run();
    } else if (!paper && chart.screen) {
      chart.view.width(chart.screen.width).height(chart.screen.height).run();
      chart.screen = null;
    }
  });
}
window.addEventListener('beforeprint', function () { layOut(true); });
window.addEventListener('afterprint', function () { layOut(false); });
Promise.all(data.charts.map(draw)).then(function () { document.documentElement.setAttribute('data-drawn', String(charts.length)); });
`;
