/**
 * What follows from what a plan says and from what it leaves out: each decided here, once. The Plan is built with these; what speaks
 * of a plan that may not be built (a rule, the review of a broken plan) asks the same functions.
 */
import type { Consent, Environment, Goal, Micro, PlanDocument } from './plan-types.ts'

/** A conversion as the file says it, whole or not. */
export type Said = Partial<Omit<Goal, 'title'>> & Partial<Omit<Micro, 'title'>> & { readonly title?: string }

export type Tier = 'goal' | 'micro'

/** Who answers for a conversion: whom it names, else whom the plan names. */
export function ownerOf({ owner }: Said, plan: Pick<PlanDocument, 'owner'>): string | undefined {
  return owner ?? plan.owner
}

/** Whether GA4 knows it. */
export function isInGa4({ source = 'ga4' }: Pick<Said, 'source'>): boolean {
  return source === 'ga4'
}

/** Whether a tag of the plan collects it. */
export function isTagged(said: Pick<Said, 'source' | 'collectedBy'>): boolean {
  return isInGa4(said) && (said.collectedBy ?? 'tag') === 'tag'
}

/** Whether it is to be a key event in GA4. A goal always is, whoever sends the event. */
export function isKeyEvent(tier: Tier, said: Said): boolean {
  return isInGa4(said) && (tier === 'goal' || said.keyEvent === true)
}

/** A purchase is worth counting each time; a lead sent twice is one lead. */
export function countingOf(tier: Tier, said: Said): NonNullable<Said['counting']> {
  const isPurchase = said.event === 'purchase' || (said.ecommerce === true && said.outcome === 'revenue')
  return said.counting ?? (tier === 'goal' && isPurchase ? 'once_per_event' : 'once_per_session')
}

/** Whether it happens on the site: what another system than GA4 knows about mostly does not. */
export function isOnSite(said: Pick<Said, 'onsite' | 'source'>): boolean {
  return said.onsite ?? isInGa4(said)
}

interface Fed {
  readonly id: string
  readonly primary?: boolean
  readonly value?: number
}

/** What one is worth in the plan's currency: as the file says, else its weight's share of its goal. */
export function worthOf(
  said: Pick<Said, 'value' | 'feeds' | 'weight'>,
  goals: readonly Fed[],
): number | undefined {
  return said.value ?? shareOfGoal(said, goals)
}

/** The weight's share of the value of the primary goal it feeds, else of the first goal it feeds. */
export function shareOfGoal(
  { feeds = [], weight }: Pick<Said, 'feeds' | 'weight'>,
  goals: readonly Fed[],
): number | undefined {
  const fed = goals.filter((goal) => feeds.includes(goal.id))
  const goal = fed.find((each) => each.primary) ?? fed.find((each) => each.id === feeds[0])
  if (weight === undefined || goal?.value === undefined) return undefined
  // 0.03 x 180 is 5.4, not 5.3999999999999995.
  return Number((weight * goal.value).toFixed(4))
}

/** What the plan says of consent, for all its conversions. */
export function consentIn({ consent }: Pick<PlanDocument, 'consent'>): ConsentSaid {
  const {
    mode,
    requires = ['analytics_storage'],
    defaults = {},
    defaultsTag = false,
    ...rest
  } = consent ?? { mode: 'none' }
  return { mode, requires, defaults, defaultsTag, ...rest }
}

type ConsentSaid = Consent & Required<Pick<Consent, 'requires' | 'defaults' | 'defaultsTag'>>

/** Where an environment's hits go through; undefined where they go straight to Google. */
export function transportUrlOf(
  { transportUrl }: Pick<Environment, 'transportUrl'>,
  plan: Pick<PlanDocument, 'transportUrl'>,
): string | undefined {
  return transportUrl ?? plan.transportUrl
}
