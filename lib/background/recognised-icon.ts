import { notConsoles } from '../consoles/jamf-pro/tenant.ts';
import { browser } from '../platform/browser.ts';
import type { OwnHost } from '../storage/hosts.ts';

/** Chromium's declarative rules; Firefox has none. The polyfill's types do not know them. */
interface DeclarativeContent {
  onPageChanged: { removeRules(ids: undefined, done: () => void): void; addRules(rules: object[]): void };
  PageStateMatcher: new (options: object) => object;
  SetIcon: new (options: object) => object;
}

const sizes = [16, 32] as const;

/**
 * The toolbar icon shows a recognised console without waking the background: the browser itself compares addresses. Rules outlive
 * the background; they are set per installation or update, and when the allowed hosts change.
 */
export async function showRecognisedConsoles(hosts: readonly OwnHost[]): Promise<void> {
  const { declarativeContent } = (globalThis as { chrome?: { declarativeContent?: DeclarativeContent } }).chrome ?? {};
  if (!declarativeContent) return;
  const { PageStateMatcher, SetIcon, onPageChanged } = declarativeContent;
  const [recognised, idle] = await Promise.all([readIcons('recognised-'), readIcons('')]);
  const own = hosts.map(({ base }) => {
    const { hostname, port, pathname } = new URL(base);
    return new PageStateMatcher({ pageUrl: { schemes: ['https'], hostEquals: hostname, ports: [Number(port) || 443], pathPrefix: pathname } });
  });
  onPageChanged.removeRules(undefined, () => {
    onPageChanged.addRules([
      {
        id: 'recognised',
        conditions: [
          new PageStateMatcher({ pageUrl: { urlMatches: '^https://[a-z0-9-]+\\.jamfcloud\\.com(:[0-9]+)?/' } }),
          new PageStateMatcher({ pageUrl: { urlMatches: '^https://[a-z0-9-]+\\.(awmdm|airwatchportals|awfed)\\.com(:[0-9]+)?/(?i:airwatch)(/|$)' } }),
          ...own,
        ],
        actions: [new SetIcon({ imageData: recognised })],
      },
      {
        id: 'not-a-console',
        priority: 200,
        conditions: [
          ...[...notConsoles].map((label) => new PageStateMatcher({ pageUrl: { hostEquals: `${label}.jamfcloud.com` } })),
          // API servers, device services and Assist.
          new PageStateMatcher({ pageUrl: { urlMatches: '^https://(as[0-9]+|ds[0-9]+|rm[0-9].*|rmsession.*)\\.(awmdm|airwatchportals|awfed)\\.com' } }),
        ],
        actions: [new SetIcon({ imageData: idle })],
      },
    ]);
  });
}

async function readIcons(look: string): Promise<Record<string, ImageData>> {
  return Object.fromEntries(await Promise.all(sizes.map(async (size) => [String(size), await readIcon(`${look}${String(size)}`, size)] as const)));
}

async function readIcon(name: string, size: number): Promise<ImageData> {
  const picture = await createImageBitmap(await (await fetch(browser.runtime.getURL(`icon/${name}.png`))).blob());
  const canvas = new OffscreenCanvas(size, size).getContext('2d');
  if (!canvas) throw new Error('no canvas');
  canvas.drawImage(picture, 0, 0, size, size);
  return canvas.getImageData(0, 0, size, size);
}
