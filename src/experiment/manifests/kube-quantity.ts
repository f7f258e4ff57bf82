import { z } from 'zod';

const factors: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/** A number, then a suffix or an exponent, never both: `1E` is 10^18, `1E3` is 1000. */
const pattern = /^\+?(\d+\.?\d*|\.\d+)(?:[eE]([+-]?\d+)|([numkMGTPE]|[KMGTPE]i)?)$/;

/**
 * Reads a quantity of Kubernetes, as `500m`, `0.5`, `512Mi`, `2G` or `1e3`, into its unit (cores, bytes, or a plain number);
 * null where it is none or negative. Source: kubernetes/apimachinery pkg/api/resource/quantity.go, the grammar in its docs.
 */
export function parseKubeQuantity(text: string): number | null {
  const match = pattern.exec(text.trim());
  if (match === null) return null;
  const [, number, exponent, suffix = ''] = match;
  const value = exponent === undefined ? Number(number) * factors[suffix] : Number(`${number}e${exponent}`);
  // 1.1 * 0.001 has no exact binary form: twelve digits are more than anybody writes.
  return Number.isFinite(value) ? Number(value.toPrecision(12)) : null;
}

/** A quantity of Kubernetes in a manifest, in its unit. */
export const zKubeQuantity = z
  .union([z.string(), z.number()])
  .transform((written, context) => {
    const value = parseKubeQuantity(String(written));
    if (value !== null) return value;
    context.addIssue({
      code: 'custom',
      message: `must be a quantity of Kubernetes, as 500m, 0.5, 512Mi or 2G, was ${JSON.stringify(written)}${meant(String(written))}`,
    });
    return z.NEVER;
  })
  .meta({ description: 'a quantity of Kubernetes, as 500m, 0.5, 512Mi or 2G' });

/** The nearest quantities to what people write instead: `512MB`, `2 cores`. */
function meant(text: string): string {
  const found = /^\s*([\d.]+)\s*([a-z]+)\s*$/i.exec(text);
  if (found === null) return '';
  const [, number, word] = found;
  const unit = /^([kmgt])i?b?$/i.exec(word)?.[1].toUpperCase();
  if (unit !== undefined) return `; did you mean ${number}${unit === 'K' ? 'k' : unit} or ${number}${unit}i?`;
  if (/^milli/i.test(word)) return `; did you mean ${number}m?`;
  return /^(cpu|core)s?$/i.test(word) ? `; did you mean ${number}?` : '';
}
