/** What may hurt a live site or bend its numbers, in a sentence each: a review says it before everything else. */
import { measurementIdText } from '../plan/measurement-ids.ts'
import { conversionsOf, type Plan } from '../plan/plan.ts'
import { tierWords } from '../words/plan-words.ts'
import { paired } from './conversions.ts'
import type { Consequence } from './review.ts'

/** Of the plan as a whole and, where both are for the same environment, of that. */
export function dangersOf(before: Plan, after: Plan): Consequence[] {
  return [
    ...consentMode(before, after),
    ...(before.environment.id === after.environment.id
      ? [...measurementId(before, after), ...transport(before, after)]
      : []),
    ...deleted(before, after),
  ]
}

type Mode = Plan['consent']['mode']

const MODES: { readonly [M in Mode]: string } = {
  none: 'tags fire whatever the visitor chose',
  basic: 'tags wait until the visitor agrees',
  advanced: 'tags fire before the visitor agrees, without cookies',
}

function consentMode(before: Plan, after: Plan): Consequence[] {
  const [was, is] = [before.consent.mode, after.consent.mode]
  if (was === is) return []
  return [danger(`The consent mode goes from ${was} (${MODES[was]}) to ${is} (${MODES[is]}).`)]
}

function measurementId(before: Plan, after: Plan): Consequence[] {
  const [from, to] = [before, after].map(({ environment }) => measurementIdText(environment.ga4))
  if (from === to) return []
  return [danger(`Hits go to ${to} instead of ${from}: reports of ${from} stop growing.`)]
}

function transport(before: Plan, after: Plan): Consequence[] {
  const [from, to] = [before.environment.transportUrl, after.environment.transportUrl]
  if (from === to) return []
  return [danger(`Hits go ${way(to)} instead of ${way(from)}.`)]
}

function way(url: string | undefined): string {
  return url === undefined ? 'straight to Google' : `through ${url}`
}

function deleted(before: Plan, after: Plan): Consequence[] {
  return paired(conversionsOf(before), conversionsOf(after), ({ was }) => was).flatMap((pair) => {
    if (pair.before === undefined || pair.after !== undefined) return []
    const { id, tier, title, event } = pair.before
    const stops =
      event === undefined ? 'it is no longer planned' : `its event ${event} is no longer collected by it`
    return [danger(`The ${tierWords(tier)} "${title}" (${id}) is deleted: ${stops}.`)]
  })
}

export function danger(text: string): Consequence {
  return { irreversible: false, dangerous: true, text }
}
