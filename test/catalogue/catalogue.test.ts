import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allocatable } from '../../src/catalogue/allocatable.js';
import { catalogueHash } from '../../src/catalogue/catalogue-hash.js';
import { findInstanceType } from '../../src/catalogue/find-instance-type.js';
import { instanceTypes } from '../../src/catalogue/instance-types.js';
import type { InstanceType } from '../../src/catalogue/instance-type.js';
import { closest } from '../../src/domain/did-you-mean.js';

const named = (name: string): InstanceType => {
  const found = findInstanceType(name);
  if (!found.found) throw new Error(`${name} is not in the catalogue`);
  return found.type;
};

describe('instance types', () => {
  it('are each named once, sourced and dated', () => {
    expect(new Set(instanceTypes.map((type) => type.name)).size).toBe(instanceTypes.length);
    for (const type of instanceTypes) {
      expect(type.name.startsWith(`${type.cloud}/`)).toBe(true);
      expect(type.source).toContain('@');
      expect(type.date).toMatch(/^2026-\d\d-\d\d$/);
      expect(type.pricePerHour).toBeGreaterThan(0);
    }
  });

  it('have the pod limits that the VPC CNI publishes', () => {
    const published = {
      'm5.large': 29,
      'm5.xlarge': 58,
      'c5.2xlarge': 58,
      'r6i.4xlarge': 234,
      't3.large': 35,
      't3.2xlarge': 58,
      'm7g.xlarge': 58,
    };
    for (const [name, pods] of Object.entries(published)) expect(named(`aws/${name}`).maxPods).toBe(pods);
  });

  it('are found by name, or by what was meant', () => {
    expect(findInstanceType('aws/m5.xlarge')).toMatchObject({
      found: true,
      type: { vcpu: 4, memoryGiB: 16, pricePerHour: 0.192 },
    });
    expect(findInstanceType('m5.xlarge')).toEqual({ found: false, suggestion: 'aws/m5.xlarge' });
    expect(findInstanceType('aws/m5.xlrage')).toEqual({ found: false, suggestion: 'aws/m5.xlarge' });
    expect(findInstanceType('mainframe')).toEqual({ found: false, suggestion: null });
  });
});

const prices = join(process.env.HINDCAST_DATA ?? '../shared/data', 'prices');
if (!existsSync(prices)) console.log(`price catalogues are not compared: ${prices} is not there`);

describe.runIf(existsSync(prices))('against the price catalogues', () => {
  const rows = (name: string) =>
    readFileSync(join(prices, name), 'utf8')
      .trim()
      .split('\n')
      .map((line) => line.split(','));
  const priceFiles = {
    aws: { rows: () => rows('aws_ondemand_us-east-1_2026-07-20.csv'), region: 1, price: 2 },
    gcp: { rows: () => rows('gcp_ondemand_spot_cud_2026-07-30.csv'), region: 3, price: 4 },
    azure: { rows: () => rows('azure_ondemand_2026-06-18.csv'), region: 1, price: 2 },
  };
  const sizeFiles = {
    aws: () => rows('aws_ondemand_spot_by_az_2024-02-21.csv'),
    gcp: () => rows('gcp_ondemand_spot_cud_2026-07-30.csv'),
    azure: () => rows('azure_ondemand_spot_2024-02.csv'),
  };

  it.each(instanceTypes.map((type) => [type.name, type] as const))('%s has the listed price and size', (name, type) => {
    const bare = name.slice(type.cloud.length + 1);
    const listed = priceFiles[type.cloud];
    const row = listed.rows().find((fields) => fields[0] === bare && fields[listed.region] === type.region);
    expect(Number(row?.[listed.price])).toBe(type.pricePerHour);
    const size = sizeFiles[type.cloud]().find((fields) => fields[0] === bare);
    expect([Number(size?.[1]), Number(size?.[2])]).toEqual([type.vcpu, type.memoryGiB]);
  });
});

describe('allocatable', () => {
  it('is the published formula, by hand', () => {
    // 4 cores: 60 + 10 + 10 reserved; 11 * 58 + 255 + 100 MiB reserved.
    expect(allocatable(named('aws/m5.xlarge'))).toEqual({ cpuMillis: 3920, memoryMiB: 16384 - 893 - 100, maxPods: 58 });
    expect(allocatable(named('aws/m5.large'))).toEqual({ cpuMillis: 1930, memoryMiB: 8192 - 574 - 100, maxPods: 29 });
    // 16 cores: 60 + 10 + 10 + 30.
    expect(allocatable(named('aws/c5.4xlarge'))).toMatchObject({ cpuMillis: 15_890, memoryMiB: 32_768 - 2829 - 100 });
    // 16 GiB: 1024 + 819.2 + 819.2.
    expect(allocatable(named('gcp/e2-standard-4'))).toEqual({ cpuMillis: 3920, memoryMiB: 13_621, maxPods: 110 });
    // 4 cores keep 140; a quarter of the memory is less than 20 MB * 250 + 50 MB.
    expect(allocatable(named('azure/Standard_D4s_v5'))).toEqual({ cpuMillis: 3860, memoryMiB: 12_188, maxPods: 250 });
    expect(allocatable(named('azure/Standard_D4s_v5'), { maxPods: 30 })).toMatchObject({ memoryMiB: 15_664 });
  });

  it('takes the share that the hypervisor keeps from the advertised memory first', () => {
    const memoryMiB = Math.floor(16384 * 0.925 - 893 - 100);
    expect(allocatable(named('aws/m5.xlarge'), { memoryOverhead: 0.075 })).toMatchObject({ memoryMiB });
  });

  it('is positive, less than the machine, and grows with it', () => {
    fc.assert(
      fc.property(fc.constantFrom(...instanceTypes), fc.integer({ min: 1, max: 64 }), (type, times) => {
        const small = allocatable(type);
        expect(small.cpuMillis).toBeGreaterThan(0);
        expect(small.cpuMillis).toBeLessThan(type.vcpu * 1000);
        expect(small.memoryMiB).toBeGreaterThan(0);
        expect(small.memoryMiB).toBeLessThan(type.memoryGiB * 1024);
        const large = allocatable({ ...type, vcpu: type.vcpu * times, memoryGiB: type.memoryGiB * times });
        expect(large.cpuMillis).toBeGreaterThanOrEqual(small.cpuMillis * times);
        expect(large.memoryMiB).toBeGreaterThanOrEqual(small.memoryMiB * times - times);
      }),
      { seed: 4, numRuns: 200 },
    );
  });
});

describe('catalogue hash', () => {
  it('is content: the order of types and fields does not count, any value does', () => {
    const shuffled = [...instanceTypes]
      .reverse()
      .map((type) => ({ ...type, ...Object.fromEntries(Object.entries(type).reverse()) }));
    expect(catalogueHash(shuffled)).toBe(catalogueHash());
    expect(catalogueHash()).toMatch(/^[0-9a-f]{64}$/);
    const [first, ...rest] = instanceTypes;
    expect(catalogueHash([{ ...first, pricePerHour: first.pricePerHour + 0.0001 }, ...rest])).not.toBe(catalogueHash());
    expect(catalogueHash(rest)).not.toBe(catalogueHash());
  });
});

describe('did you mean', () => {
  it('forgives a slip, and not more', () => {
    expect(closest('replcias', ['replicas', 'requests'])).toBe('replicas');
    expect(closest('Replicas', ['replicas'])).toBe('replicas');
    expect(closest('min', ['max', 'mix'])).toBe('mix');
    expect(closest('seed', ['duration', 'traffic'])).toBeNull();
    expect(closest('x', [])).toBeNull();
  });

  it('finds the word under any single edit', () => {
    const word = fc.string({
      unit: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'),
      minLength: 4,
      maxLength: 10,
    });
    fc.assert(
      fc.property(word, fc.nat(9), fc.constantFrom('drop', 'double', 'change'), (text, where, edit) => {
        const at = where % text.length;
        const middle = { drop: '', double: text[at] + text[at], change: 'z' }[edit];
        expect(closest(text.slice(0, at) + middle + text.slice(at + 1), ['zzzzzzzz', text])).toBe(text);
      }),
      { seed: 8, numRuns: 300 },
    );
  });
});
