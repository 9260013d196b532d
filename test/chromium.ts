/** The browser of this machine, for tests that skip, saying so, where there is none. */
import { findBrowser, NoBrowser } from '../src/proof/browser/find-browser.ts'

/** Its path. */
export const chromium = (() => {
  try {
    return findBrowser(undefined)
  } catch (error) {
    if (error instanceof NoBrowser) return undefined
    throw error
  }
})()

/** What follows a title. */
export const note = chromium === undefined ? ' (skipped: there is no chromium)' : ''
