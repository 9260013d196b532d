/** A browser for which every host is one loopback port, and what answers there. */
import type { Browser } from 'playwright-core'
import { launch } from './find-browser.ts'
import { openWorld, type Answer, type Asked } from './local-world.ts'

export interface Stage {
  readonly browser: Browser
  /** Another browser on the same port, where the first has crashed. */
  readonly again: () => Promise<Browser>
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
  const again = (): Promise<Browser> => launch(path, world.port)
  try {
    return { browser: await again(), again, close: world.close }
  } catch (error) {
    await world.close()
    throw error
  }
}
