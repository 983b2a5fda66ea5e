import { cp, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { extensionDirs } from './harness.ts';

/**
 * Chromium's build with these host patterns allowed from the start: in a headless Chromium nobody can answer its prompt.
 * @returns `extensionDir`
 */
export async function copyWithHosts(extensionDir: string, hosts: string[]): Promise<string> {
  await cp(extensionDirs.chromium, extensionDir, { recursive: true });
  const file = path.join(extensionDir, 'manifest.json');
  const manifest = JSON.parse(await readFile(file, 'utf8')) as { host_permissions: string[] };
  await writeFile(file, JSON.stringify({ ...manifest, host_permissions: [...manifest.host_permissions, ...hosts] }));
  return extensionDir;
}
