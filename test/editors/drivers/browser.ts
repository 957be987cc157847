// One Chromium for all tests of a file: what it has loaded and compiled of VS Code serves the next test, too. Nothing else goes from one to the other.

import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { install } from './install.ts';
import { maxWaitMs } from './pulse.ts';
import type { Sandbox } from './sandbox.ts';

const flags = ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'];

let context: Promise<BrowserContext> | undefined;
let port: Promise<number> | undefined;

/** A port that is free, the same for all tests of a file: pages of another origin would be loaded anew. */
export function pagePort(): Promise<number> {
  port ??= freePort();
  return port;
}

/** Opens an empty page; it closes with the sandbox, and takes along what was stored for it. Chromium ends with the process. */
export async function newPage(sandbox: Sandbox): Promise<Page> {
  context ??= launch();
  const page = await (await context).newPage();
  sandbox.onEnd(async () => {
    const session = await page.context().newCDPSession(page);
    const origin = new URL(page.url()).origin;
    const storageTypes = 'cookies,indexeddb,local_storage,service_workers';
    await page.goto('about:blank'); // or VS Code would write again
    await session.send('Storage.clearDataForOrigin', { origin, storageTypes });
    await page.close();
  });
  return page;
}

async function launch(): Promise<BrowserContext> {
  const browser = await chromium.launch({
    executablePath: await install('chromium'),
    chromiumSandbox: false,
    args: [...flags, '--disable-component-update', '--disable-sync'],
  });
  const created = await browser.newContext({ viewport: { width: 1200, height: 760 } });
  created.setDefaultTimeout(maxWaitMs);
  return created;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port: free } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return free;
}
