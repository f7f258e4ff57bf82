import type { RunResult } from '../../domain/run-result.js';
import { formatResult, resultUnit } from '../../domain/result-unit.js';
import { type AnswerForm, placeholder } from '../scenario/parse-answers.js';
import { meets } from '../scenario/parse-threshold.js';
import { resultNumber, resultValue } from './result-number.js';

/** The first answer of a scenario whose conditions the result meets, with its numbers filled in; null where none is true. */
export function answerOf(forms: readonly AnswerForm[], result: Omit<RunResult, 'answer'>): string | null {
  const form = forms.find(({ conditions }) =>
    conditions.every((condition) => {
      const value = resultNumber(result, condition.path);
      return value !== null && meets(condition, value);
    }),
  );
  return form === undefined ? null : form.say.replace(placeholder, (_, name: string) => shown(result, name.split('.')));
}

function shown(result: Omit<RunResult, 'answer'>, path: readonly string[]): string {
  const value = resultValue(result, path);
  return typeof value === 'string' ? value : formatResult(resultUnit(path), resultNumber(result, path));
}
