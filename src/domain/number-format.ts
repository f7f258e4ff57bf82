const MISSING = 'n/a';

/** A number with three significant digits and a thin unit letter: `950`, `28.1 k`, `28.1 M`; `n/a` where there is none. */
export function formatCount(value: number | null): string {
  if (value === null || !Number.isFinite(value)) return MISSING;
  const size = Math.abs(value);
  const [divisor, letter] =
    size >= 999.5e6 ? [1e9, ' G'] : size >= 999.5e3 ? [1e6, ' M'] : size >= 9999.5 ? [1e3, ' k'] : [1, ''];
  return `${formatNumber(value / divisor)}${letter}`;
}

/** A plain number with at most three significant digits and never in exponents; whole numbers up to 10,000 in full. */
export function formatNumber(value: number | null): string {
  if (value === null || !Number.isFinite(value)) return MISSING;
  if (Number.isInteger(value) || Math.abs(value) >= 1000) return formatWhole(Math.round(value));
  const digits = Math.max(0, Math.min(12, 2 - Math.floor(Math.log10(Math.abs(value)))));
  const text = value.toFixed(digits);
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

/** A whole number with commas between thousands, as `28,114,302`. */
export function formatWhole(value: number | null): string {
  if (value === null || !Number.isFinite(value)) return MISSING;
  return String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ',');
}

/**
 * A share as a percentage that never rounds up to a promise: from 50% on it is cut, not rounded, and shows as many decimals as it has nines.
 *
 * 0.89999 is `89.9%`, 0.99951 is `99.951%`; only 1 itself is `100%`, and only 0 itself is `0%`.
 */
export function formatShare(share: number | null): string {
  if (share === null || !Number.isFinite(share)) return MISSING;
  if (share === 1) return '100%';
  if (share < 0.5 || share > 1) return `${formatNumber(share * 100)}%`;
  const nines = Math.floor(-Math.log10(1 - share) + 1e-9);
  const digits = Math.min(8, Math.max(1, nines));
  const scale = 10 ** digits;
  const text = (Math.floor(share * 100 * scale + 1e-6) / scale).toFixed(digits);
  return `${text.replace(/0+$/, '').replace(/\.$/, '')}%`;
}

/** Milliseconds in the unit a person would say: `212 ms`, `1.24 s`, `3.5 min`. */
export function formatMilliseconds(value: number | null): string {
  if (value === null || !Number.isFinite(value)) return MISSING;
  if (value < 1000) return `${formatNumber(value)} ms`;
  return formatSeconds(value / 1000);
}

/** Seconds in the unit a person would say: `20 s`, `3.5 min`, `24 h`, `7 days`. */
export function formatSeconds(value: number | null): string {
  if (value === null || !Number.isFinite(value)) return MISSING;
  if (value < 120) return `${formatNumber(value)} s`;
  if (value < 7200) return `${formatNumber(value / 60)} min`;
  if (value < 172_800) return `${formatNumber(value / 3600)} h`;
  return `${formatNumber(value / 86_400)} days`;
}

/** US dollars with cents below 10,000 and without above; amounts below a cent keep three digits. */
export function formatUsd(value: number | null): string {
  if (value === null || !Number.isFinite(value)) return MISSING;
  const sign = value < 0 ? '-' : '';
  const size = Math.abs(value);
  if (size > 0 && size < 0.01) return `${sign}$${formatNumber(size)}`;
  if (size >= 9999.5) return `${sign}$${formatWhole(size)}`;
  const [dollars, cents] = size.toFixed(2).split('.');
  return `${sign}$${formatWhole(Number(dollars))}.${cents}`;
}

/** `1 pod`, `2 pods`. */
export function plural(count: number, singular: string, several = `${singular}s`): string {
  return `${formatWhole(count)} ${count === 1 ? singular : several}`;
}
