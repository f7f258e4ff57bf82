import { Bug } from '../../domain/errors.js';
import type { ScalingModifiers } from './keda/composite.js';
import { Formula } from './keda/formula/formula.js';
import type { KedaSettings } from './keda-settings.js';

/** Reads the formula of accepted settings; null where there is none. */
export function kedaModifiers(modifiers: KedaSettings['modifiers']): ScalingModifiers | null {
  if (modifiers === null) return null;
  const formula = Formula.read(modifiers.formula);
  if (typeof formula === 'string') throw new Bug(`the formula ${modifiers.formula} ${formula}`);
  return { ...modifiers, formula };
}
