/** A browser for which every host is one loopback port, and what answers there. */
import type { Browser } from 'playwright-core'
import { launch } from './find-browser.ts'
import { openWorld, type Answer, type Asked } from './local-world.ts'
import { within } from './within.ts'

export interface Stage {
  readonly browser: Browser
  /** Another browser on the same port, where the first has crashed. */
  readonly again: () => Promise<Browser>
  /** Ends its browsers too. */
  readonly close: () => Promise<void>
}

/** @param path of the browser @param answer what every request gets @param now the day of the port's certificate */
export type OpenStage = (
  path: string,
  answer: (asked: Asked) => Answer | Promise<Answer>,
  now: Date,
) => Promise<Stage>

export const openStage: OpenStage = async (path, answer, now) => {
  const world = await openWorld(answer, now)
  const opened: Browser[] = []
  const again = async (): Promise<Browser> => {
    const browser = await launch(path, world.port)
    opened.push(browser)
    return browser
  }
  const close = async (): Promise<void> => {
    // One that does not answer is left to the end of the process.
    await Promise.all(opened.map((browser) => within(5_000, browser.close()).catch(() => undefined)))
    await world.close()
  }
  try {
    return { browser: await again(), again, close }
  } catch (error) {
    await world.close()
    throw error
  }
}
