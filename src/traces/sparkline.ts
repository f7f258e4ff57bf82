const bars = '▁▂▃▄▅▆▇█';

/**
 * A series in one line of text: the mean of each of `width` equal parts as a bar between 0 (or the least mean, where that is
 * negative) and the largest mean. Series shorter than `width` get one bar a value.
 */
export function sparkline(values: Float64Array, width = 60): string {
  const columns = Math.min(width, values.length);
  const means = Array.from({ length: columns }, (_, i) => {
    const start = Math.floor((i * values.length) / columns);
    const end = Math.floor(((i + 1) * values.length) / columns);
    return values.subarray(start, end).reduce((sum, value) => sum + value, 0) / (end - start);
  });
  const floor = Math.min(0, ...means);
  const range = Math.max(...means) - floor;
  return means.map((mean) => bars[range > 0 ? Math.round(((mean - floor) / range) * (bars.length - 1)) : 0]).join('');
}
