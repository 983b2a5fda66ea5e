import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from './output.ts';

interface Package {
  version?: string;
  resolved?: string;
  integrity?: string;
  link?: boolean;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
  overrides?: Record<string, string>;
}
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');
const manifest = JSON.parse(read('package.json')) as Package;
const lock = JSON.parse(read('package-lock.json')) as { lockfileVersion: number; packages: Record<string, Package> };
const kinds = ['dependencies', 'devDependencies', 'optionalDependencies'] as const;
const exact = /^\d+\.\d+\.\d+(?:-[\w.]+)?$/;

describe('package.json', () => {
  it.each([...kinds, 'overrides'] as const)('%s: every version is exact', (kind) => {
    const entries = Object.entries(manifest[kind] ?? {});
    expect(entries.length).toBeGreaterThan(0);
    expect(entries.filter(([, version]) => !exact.test(version))).toEqual([]);
  });

  it('ships four libraries and no more', () => {
    expect(Object.keys(manifest.dependencies ?? {}).sort()).toEqual(['react', 'react-dom', 'webextension-polyfill', 'zod']);
  });
});

describe('package-lock.json', () => {
  const packages = Object.entries(lock.packages).filter(([place]) => place !== '');

  it('agrees with package.json', () => {
    for (const kind of kinds) expect(lock.packages['']?.[kind]).toEqual(manifest[kind]);
    for (const kind of ['dependencies', 'devDependencies'] as const) {
      for (const [name, version] of Object.entries(manifest[kind] ?? {})) expect([name, lock.packages[`node_modules/${name}`]?.version]).toEqual([name, version]);
    }
  });

  it('names no registry, so that it works behind any', () => {
    expect(packages.length).toBeGreaterThan(200);
    expect(packages.filter(([, one]) => one.resolved !== undefined || one.link === true).map(([place]) => place)).toEqual([]);
    expect(read('package-lock.json')).not.toMatch(/"resolved"|https?:\/\/[^"]*(?:registry|npmjs|artifactory|nexus|proxy)[^"]*\.tgz/);
    expect(read('.npmrc')).toContain('omit-lockfile-registry-resolved=true');
    expect(read('.npmrc')).not.toMatch(/registry\s*=|_auth|token/i);
  });

  it('holds the hash of every package', () => {
    expect(packages.filter(([, one]) => !/^sha512-[A-Za-z0-9+/]{86}==$/.test(one.integrity ?? '')).map(([place]) => place)).toEqual([]);
  });
});
