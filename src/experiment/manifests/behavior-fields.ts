import type { Field, Leaf } from './draft.js';
import { field, known, section, sequence } from './draft-parts.js';
import { numberText } from './format-quantity.js';
import type { KubeBehavior, KubeDirection } from './kube-behavior.js';
import type { Manifest } from './manifest.js';
import type { Path } from '../scenario/tree.js';

/** The `behavior` of the hpa policy, as Kubernetes' own has it; empty where the manifest has none. */
export function behaviorFields(behavior: KubeBehavior | null, manifest: Manifest, path: Path): readonly Field[] {
  if (behavior === null) return [];
  const directions = (['scaleUp', 'scaleDown'] as const).flatMap((key) => {
    const rules = behavior[key];
    return rules === undefined ? [] : [field(key, section(ruleFields(rules, manifest, [...path, key])))];
  });
  return [field('behavior', section(directions, manifest.origin(path, 'behavior')))];
}

function ruleFields(rules: KubeDirection, manifest: Manifest, path: Path): readonly Field[] {
  const { stabilizationWindowSeconds, selectPolicy, policies, tolerance } = rules;
  const leaf = (text: string, key: string): Leaf => known(text, manifest.origin([...path, key], key));
  const items = policies.map(({ type, value, periodSeconds }, i) =>
    known(`{ type: ${type}, value: ${value}, period: ${periodSeconds}s }`, manifest.place([...path, 'policies', i])),
  );
  return [
    ...(stabilizationWindowSeconds === undefined
      ? []
      : [field('stabilizationWindow', leaf(`${stabilizationWindowSeconds}s`, 'stabilizationWindowSeconds'))]),
    ...(selectPolicy === undefined ? [] : [field('selectPolicy', leaf(selectPolicy, 'selectPolicy'))]),
    ...(items.length === 0 ? [] : [field('policies', sequence(items))]),
    ...(tolerance === undefined ? [] : [field('tolerance', leaf(`${numberText(tolerance * 100)}%`, 'tolerance'))]),
  ];
}
