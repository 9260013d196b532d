/** Chromium through playwright-core, which the user's project brings; found where Debian, Chrome and macOS put it. */
import { existsSync } from 'node:fs'
import { userInfo } from 'node:os'
import type { Browser } from 'playwright-core'

/** There is no browser to run in; the message says what to do. */
export class NoBrowser extends Error {}

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/opt/google/chrome/chrome',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:/Program Files/Google/Chrome/Application/chrome.exe',
  'C:/Program Files (x86)/Google/Chrome/Application/chrome.exe',
]

export function findBrowser(named: string | undefined): string {
  if (named !== undefined) {
    if (existsSync(named)) return named
    throw new NoBrowser(`There is no browser at ${named}.`)
  }
  const found = PLACES.find((place) => existsSync(place))
  if (found !== undefined) return found
  throw new NoBrowser(
    'No Chromium or Chrome was found. Name one with --browser PATH, or run plan test --level logic, which needs none.',
  )
}

/** Starts a browser for which every host is the loopback port, and which asks for nothing by itself. */
export async function launch(path: string, port: number): Promise<Browser> {
  const { chromium } = await import('playwright-core').catch(() => {
    throw new NoBrowser(
      'A browser is driven through playwright-core, which is not installed: npm install --save-dev playwright-core. Level logic needs none: plan test --level logic.',
    )
  })
  const starting = chromium.launch({
    executablePath: path,
    timeout: 60_000,
    // Ctrl-C is ours: what was seen so far is still reported, and the browser ends with the run.
    handleSIGINT: false,
    handleSIGTERM: false,
    args: [
      `--host-resolver-rules=MAP * 127.0.0.1:${port}`,
      // Chromium refuses to sandbox for root, which is who runs in most containers.
      ...(userInfo().uid === 0 ? ['--no-sandbox'] : []),
      // For the whole browser, not a page: a hit that leaves with its page has nobody left who would take the certificate.
      '--ignore-certificate-errors',
      '--disable-quic',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--force-webrtc-ip-handling-policy=disable_non_proxied_udp',
    ],
  })
  return starting.catch(() => {
    throw new NoBrowser(
      `${path} did not start as Chromium or Chrome does. Name another with --browser PATH, or run plan test --level logic, which needs none.`,
    )
  })
}
