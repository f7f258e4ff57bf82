import type { Taint, TaintEffect, Toleration } from './taint.js';

const EFFECTS: readonly TaintEffect[] = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];

const KEY = String.raw`[A-Za-z0-9](?:[A-Za-z0-9._/-]*[A-Za-z0-9])?`;
const pattern = new RegExp(`^(${KEY})(?:=([A-Za-z0-9._-]*))?(?::(${EFFECTS.join('|')}))?$`);

interface Parts {
  readonly key: string;
  readonly value?: string;
  readonly effect?: TaintEffect;
}

/** Reads a taint as `kubectl taint` writes it, `batch=true:NoSchedule` or `batch:NoSchedule`; null where it is none. */
export function parseTaint(text: string): Taint | null {
  const parts = partsOf(text);
  return parts?.effect === undefined ? null : { key: parts.key, value: parts.value ?? '', effect: parts.effect };
}

/** Reads a toleration in the same notation, where every part but the key may be missing and then means any; null where it is none. */
export function parseToleration(text: string): Toleration | null {
  const parts = partsOf(text);
  if (parts === null) return null;
  const { key, value, effect } = parts;
  const of = { key, ...(effect === undefined ? {} : { effect }) };
  return value === undefined ? { ...of, operator: 'Exists' } : { ...of, operator: 'Equal', value };
}

function partsOf(text: string): Parts | null {
  const found = pattern.exec(text);
  if (found === null) return null;
  const [, key, value, effect] = found.map((part): string | undefined => part);
  const known = EFFECTS.find((one) => one === effect);
  return {
    key: key ?? '',
    ...(value === undefined ? {} : { value }),
    ...(known === undefined ? {} : { effect: known }),
  };
}
