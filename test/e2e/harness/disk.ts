import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * Files under a folder that hold one of the texts, as UTF-8 or UTF-16. Both browsers compress some of their storage with
 * Snappy, which leaves a text without repetitions, such as a random secret, as it is.
 */
export async function findOnDisk(dir: string, texts: string[]): Promise<{ file: string; text: string }[]> {
  const needles = texts.flatMap((text) => [Buffer.from(text, 'utf8'), Buffer.from(text, 'utf16le')].map((bytes) => ({ text, bytes })));
  const found: { file: string; text: string }[] = [];
  for (const entry of await readdir(dir, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = path.join(entry.parentPath, entry.name);
    const content = await readFile(file);
    for (const { text, bytes } of needles) if (content.includes(bytes)) found.push({ file, text });
  }
  return found;
}
