import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { firstOfEach, type LedRule, routeChoices } from '../../../src/experiment/manifests/route-choices.js';
import { isMeant } from '../../../src/traces/access-log/request-match.js';

const segment = fc.constantFrom('a', 'b', 'ab');
const path = fc.array(segment, { maxLength: 3 }).map((parts) => `/${parts.join('/')}`);
/** A slash behind a beginning changes nothing. */
const start = fc.tuple(path, fc.boolean()).map(([text, slash]) => (slash && text !== '/' ? `${text}/` : text));
const host = fc.constantFrom(null, 'x.example.com', 'y.example.com', '*.example.com');
const rule = fc.record({
  host,
  path: start,
  isExact: fc.boolean(),
  to: fc.constantFrom('web', 'cart', 'orders', null),
});
const request = fc.record({
  path,
  host: fc.constantFrom('x.example.com', 'z.example.com', 'other.org'),
  upstream: fc.constant(null),
});

/** As an Ingress controller chooses: the most particular host that fits, then the longest path, a whole one first, of equal ones the first written. */
function chosen(rules: readonly LedRule[], at: { readonly path: string; readonly host: string }): string | null {
  const rank = (of: string | null): number => (of === null ? 0 : of.startsWith('*.') ? 1 : 2);
  const fits = (of: string | null): boolean =>
    of === null || of === at.host || (of.startsWith('*.') && at.host.endsWith(of.slice(1)));
  const hosts = rules.filter((one) => fits(one.host));
  const best = Math.max(...hosts.map((one) => rank(one.host)));
  const parts = (text: string): string[] => text.split('/').filter((part) => part !== '');
  const found = hosts
    .filter((one) => rank(one.host) === best)
    .filter(({ path: start, isExact }) =>
      isExact ? at.path === start : parts(start).every((part, i) => parts(at.path)[i] === part),
    )
    .sort((a, b) => parts(b.path).length - parts(a.path).length || Number(b.isExact) - Number(a.isExact));
  return found.at(0)?.to ?? null;
}

describe('what rules of routes choose', () => {
  test('is what a controller would send to each workload, and nothing twice', () => {
    fc.assert(
      fc.property(
        fc.array(rule, { maxLength: 8 }),
        fc.array(request, { minLength: 1, maxLength: 20 }),
        (rules, requests) => {
          const choices = routeChoices(firstOfEach(rules));
          for (const at of requests) {
            const takers = [...choices].filter(([, only]) => isMeant(at, only)).map(([to]) => to);
            const expected = chosen(rules, at);
            expect(takers).toEqual(expected === null ? [] : [expected]);
          }
        },
      ),
      { seed: 11, numRuns: 2000 },
    );
  });

  test('says no more than it has to', () => {
    const rules = [
      { host: null, path: '/api/cart', isExact: false, to: 'cart' },
      { host: null, path: '/', isExact: false, to: 'web' },
      { host: null, path: '/static', isExact: false, to: 'web' },
    ];
    expect(Object.fromEntries(routeChoices(rules))).toEqual({
      cart: [{ path: '/api/cart' }],
      web: [{ path: '/', except: [{ path: '/api/cart' }] }],
    });
  });
});
