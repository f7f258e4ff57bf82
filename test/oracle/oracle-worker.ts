import { readClosedForms } from './closed-forms.js';
import { judgeCase } from './judge-case.js';
import { oracleCases } from './oracle-cases.js';

/** Judges the cases whose positions its parent sends, one at a time, until the parent lets go. */
const cases = oracleCases(readClosedForms(process.argv[2]));

process.on('message', (index: number) => {
  process.send?.(judgeCase(cases[index], index));
});
