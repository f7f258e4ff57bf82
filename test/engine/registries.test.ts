import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { builtIn } from '../../src/engine/registries.js';
import { workload } from './fixture.js';

const definitions = [
  ...Object.entries(builtIn.policies),
  ...Object.entries(builtIn.forecasters),
  ...Object.entries(builtIn.verticalPolicies),
];

/** What cannot be left out. */
const required: Readonly<Record<string, object>> = {
  scheduled: { schedule: [{ at: '08:00', replicas: 3 }] },
  keda: { triggers: [{ type: 'requests', target: '50/s' }] },
  'target-tracking': { cpu: '50%' },
  step: { alarms: [{ cpu: '60%', when: 'above', steps: [{ by: 1 }] }] },
  composite: { policies: [{ policy: 'fixed' }, { policy: 'hpa' }] },
};

describe.each(definitions)('%s', (name, definition) => {
  test('goes by its own name, with one line about it', () => {
    expect(definition.name).toBe(name);
    expect(definition.description).toMatch(/^[A-Z].*\.$/);
    expect(definition.description).not.toContain('\n');
  });

  test('its section has a JSON Schema for editors', () => {
    const schema = z.toJSONSchema(definition.schema, { io: 'input' });
    expect(schema).toMatchObject({ type: 'object', additionalProperties: false });
  });

  test('what its schema accepted makes an instance, also after a trip through JSON; unknown keys are refused', () => {
    const written = required[name] ?? {};
    const read: unknown = JSON.parse(JSON.stringify(definition.schema.parse(written)));
    expect(() => definition.create(read, workload())).not.toThrow();
    expect(definition.schema.safeParse({ ...written, nonsense: 1 }).success).toBe(false);
  });
});
