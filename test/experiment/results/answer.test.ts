import { describe, expect, test } from 'vitest';
import { answerOf } from '../../../src/experiment/results/answer.js';
import { parseAnswers } from '../../../src/experiment/scenario/parse-answers.js';
import { parseScenarioText } from '../../../src/experiment/scenario/parse-scenario-text.js';
import { judgeScenario } from '../../../src/experiment/scenario/judge-scenario.js';
import { builtIn } from '../../../src/engine/registries.js';
import { syntheticReport } from '../../report/fixtures/synthetic-report.js';

const { result } = syntheticReport({ stepSeconds: 600 });

function formsOf(answer: string) {
  const text = `duration: 1h
traffic: [{ to: web, generate: { constant: 5/s } }]
workloads: { web: { serve: { cpu: 5ms } } }
answer:
${answer}`;
  const tree = parseScenarioText(text, 'asked.yaml');
  return parseAnswers(judgeScenario(tree, builtIn), tree);
}

/** The synthetic result with another share of violations. */
function violated(violatedShare: number) {
  return { ...result, slo: { ...result.slo, violatedShare } };
}

describe('the answer of a scenario', () => {
  const forms = formsOf(`  - { if: [slo.violatedShare > 1%, latencyMs.p99 > 100ms], say: "No: {slo.violatedShare}." }
  - { if: slo.violatedShare < 0.5%, say: "Yes, for {cost.total}, with p99 at {latencyMs.p99}." }
`);

  test('is the first whose conditions all hold, with numbers in their units', () => {
    expect(answerOf(forms, violated(0.031))).toBe('No: 3.1%.');
    expect(answerOf(forms, violated(0.001))).toMatch(/^Yes, for \$\d+\.\d\d, with p99 at [\d.]+ m?s\.$/);
  });

  test('is none where none is true: an old answer is not kept', () => {
    expect(answerOf(forms, violated(0.007))).toBeNull();
    const nobody = { ...violated(0.031), latencyMs: { ...result.latencyMs, p99: null } };
    expect(answerOf(forms, nobody)).toBeNull();
    expect(answerOf([], result)).toBeNull();
  });

  test('may cite words and numbers of the bottleneck, and counts of reasons that did not occur', () => {
    const [why] = formsOf('  - say: "{bottleneck.why}, {decisions.quota} times."\n');
    expect(answerOf([why], result)).toBe(`${result.bottleneck.why}, 0 times.`);
  });

  test.each([
    ['  - { if: slo.violatedShare, say: "No." }\n', /^asked\.yaml:5: answer\[0\]\.if must be a number of the result/],
    ['  - { if: [pods.max > 1, nonsense > 2], say: "No." }\n', /answer\[0\]\.if\[1\] must name a number/],
    ['  - { say: "No: {violatedShare}." }\n', /^asked\.yaml:5: answer\[0\]\.say must name .*was \{violatedShare\}/],
    ['  - { says: "No.", say: "No." }\n', /answer\[0\]\.says is not a known key/],
  ])('%j is refused with its line', (answer, says) => {
    expect(() => formsOf(answer)).toThrow(says);
  });
});
