/** What may hurt a live site or bend its numbers, in a sentence each: a review says it before everything else. */
import { measurementIdText } from '../plan/measurement-ids.ts'
import { conversionsOf, type Plan } from '../plan/plan.ts'
import { consentGoes, hitsGoThrough, hitsGoTo, noLongerCollected } from '../words/dangers.ts'
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

function consentMode(before: Plan, after: Plan): Consequence[] {
  const [was, is] = [before.consent.mode, after.consent.mode]
  return was === is ? [] : [danger(consentGoes(was, is))]
}

function measurementId(before: Plan, after: Plan): Consequence[] {
  const [from, to] = [measurementIdText(before.environment.ga4), measurementIdText(after.environment.ga4)]
  return from === to ? [] : [danger(hitsGoTo(from, to))]
}

function transport(before: Plan, after: Plan): Consequence[] {
  const [from, to] = [before.environment.transportUrl, after.environment.transportUrl]
  return from === to ? [] : [danger(hitsGoThrough(from, to))]
}

function deleted(before: Plan, after: Plan): Consequence[] {
  return paired(conversionsOf(before), conversionsOf(after), ({ was }) => was).flatMap((pair) => {
    if (pair.before === undefined || pair.after !== undefined) return []
    const { id, tier, title, event } = pair.before
    const what = `The ${tierWords(tier)} "${title}" (${id}) is deleted`
    return [
      danger(event === undefined ? `${what}: it is no longer planned.` : noLongerCollected(what, event)),
    ]
  })
}

export function danger(text: string): Consequence {
  return { irreversible: false, dangerous: true, text }
}
