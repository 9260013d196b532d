/** Links and forms may hold the visitor back, and may leave out what the page has cancelled. */
import type { TriggerSpec } from '../resources/resource.ts'
import type { TemplateValues } from '../sources/gtm.ts'

export interface Waiting {
  /** Waiting delays the visitor and GA4 sends by beacon: off unless asked for. */
  readonly waitForTags: boolean
  readonly checkValidation: boolean
}

/** The page on which the listener is armed must be named when GTM holds the visitor back, else it is every page. */
export function waitingValues(waiting: Waiting): TemplateValues {
  const { waitForTags, checkValidation } = waiting
  return { waitForTags, checkValidation, armed: waitingArms(waiting) }
}

/** GTM asks for the pages to listen on only where it may hold the visitor back, or looks whether the page did. */
export function waitingArms({ waitForTags = false, checkValidation = false }: Partial<Waiting>): boolean {
  return waitForTags || checkValidation
}

/** The way back; what is off is not said. */
export function waitingFrom({ settings }: TriggerSpec): Partial<Waiting> {
  return {
    ...(settings.waitForTags === true ? { waitForTags: true } : {}),
    ...(settings.checkValidation === true ? { checkValidation: true } : {}),
  }
}

export function waitingWords({ waitForTags, checkValidation }: Waiting): string {
  const words = [
    ...(checkValidation ? ['only when the page does not cancel it'] : []),
    ...(waitForTags ? ['held back until the tags have fired'] : []),
  ]
  return words.length === 0 ? '' : ` (${words.join(', ')})`
}

export function plainWaiting({ checkValidation }: Waiting): string {
  return checkValidation ? ' and the page does not stop it' : ''
}
