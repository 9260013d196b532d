/** Pages as PDF, printed by the Chromium that is installed. */
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { findBrowser, launch, NoBrowser } from '../proof/browser/find-browser.ts'
import { Failure } from './failure.ts'

/** Nothing listens there: a page that is opened from disk needs no network, and has none. */
const NOBODY = 9

/** @returns the files written, beside the pages. */
export async function printPages(
  pages: readonly string[],
  named: string | undefined,
): Promise<readonly string[]> {
  const browser = await openBrowser(named)
  try {
    const written: string[] = []
    for (const page of pages) {
      const file = page.replace(/\.html$/, '.pdf')
      const tab = await browser.newPage()
      await tab.goto(pathToFileURL(resolve(page)).href)
      await tab.pdf({
        path: file,
        format: 'A4',
        printBackground: true,
        margin: { top: '15mm', bottom: '15mm', left: '14mm', right: '14mm' },
      })
      await tab.close()
      written.push(file)
    }
    return written
  } finally {
    await browser.close()
  }
}

async function openBrowser(named: string | undefined): ReturnType<typeof launch> {
  try {
    return await launch(findBrowser(named), NOBODY)
  } catch (error) {
    throw error instanceof NoBrowser ? nothingToPrintWith(error) : error
  }
}

function nothingToPrintWith({ message }: NoBrowser): Failure {
  const [what = ''] = message.split(/(?<=[.:]) /)
  return new Failure(
    'browser-is-there',
    `${what.replace(/:$/, '.')}\nfix: install Chromium or Chrome and playwright-core (npm install --save-dev playwright-core), name a browser with --browser PATH, or open the page in a browser of yours and print it there: it is written.`,
  )
}
