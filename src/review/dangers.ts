/** What may hurt a live site or bend its numbers, in a sentence each: a review says it before everything else. */
import type { Environment, PlanDocument } from '../plan/plan-types.ts'
import type { ConversionPlace, Pair } from './conversions.ts'
import type { Consequence } from './review.ts'

/** Of the plan as a whole and of one environment, which is absent when the plan no longer names it. */
export function dangersOf(
  before: PlanDocument,
  after: PlanDocument,
  environment: string,
  pairs: readonly Pair<ConversionPlace>[],
): Consequence[] {
  const [was, is] = [before.environments?.[environment], after.environments?.[environment]]
  return [
    ...consentMode(before, after),
    ...(was === undefined || is === undefined
      ? []
      : [...measurementId(was, is), ...transport(before, was, after, is)]),
    ...deleted(pairs),
  ]
}

type Mode = NonNullable<NonNullable<PlanDocument['consent']>['mode']>

const MODES: { readonly [M in Mode]: string } = {
  none: 'tags fire whatever the visitor chose',
  basic: 'tags wait until the visitor agrees',
  advanced: 'tags fire before the visitor agrees, without cookies',
}

function consentMode(before: PlanDocument, after: PlanDocument): Consequence[] {
  const [was, is] = [before.consent?.mode ?? 'none', after.consent?.mode ?? 'none']
  if (was === is) return []
  return [danger(`The consent mode goes from ${was} (${MODES[was]}) to ${is} (${MODES[is]}).`)]
}

function measurementId(was: Environment, is: Environment): Consequence[] {
  const [from, to] = [was.ga4?.measurementId, is.ga4?.measurementId]
  if (from === to) return []
  return [
    danger(
      `Hits go to ${to ?? 'no measurement id'} instead of ${from ?? 'none'}: reports of ${from ?? 'the old one'} stop growing.`,
    ),
  ]
}

function transport(
  before: PlanDocument,
  was: Environment,
  after: PlanDocument,
  is: Environment,
): Consequence[] {
  const [from, to] = [was.transportUrl ?? before.transportUrl, is.transportUrl ?? after.transportUrl]
  if (from === to) return []
  return [danger(`Hits go ${way(to)} instead of ${way(from)}.`)]
}

function way(url: string | undefined): string {
  return url === undefined ? 'straight to Google' : `through ${url}`
}

function deleted(pairs: readonly Pair<ConversionPlace>[]): Consequence[] {
  return pairs.flatMap(({ before, after }) => {
    if (before === undefined || after !== undefined) return []
    const { id, subject, data } = before
    const stops =
      data.event === undefined
        ? 'it is no longer planned'
        : `its event ${data.event} is no longer collected by it`
    return [danger(`The ${subject} "${data.title ?? id}" (${id}) is deleted: ${stops}.`)]
  })
}

export function danger(text: string): Consequence {
  return { irreversible: false, dangerous: true, text }
}
