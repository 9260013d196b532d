/**
 * The page views of the Google tag, where it waits for consent: what consent holds back at Initialization does not come
 * again by itself (GTM-RUNTIME 12), so that late consent is tried, too.
 */
import { conversionsOf, type Plan } from '../plan/plan.ts'
import { GOOGLE_TAG } from '../resources/key.ts'
import { consentPushes, consentUpdate } from './consent.ts'
import type { Scenario, Step } from './scenario.ts'
import { startOf, urlOf } from './situation.ts'

/** The check that says beforehand that page views are lost. */
const LINT = 'late-consent-brings-the-google-tag-back'

/** Whether the plan makes a Google tag that waits for consent, and leaves page views to it. */
export function hasGoogleTag(plan: Plan): boolean {
  if (plan.consent.mode !== 'basic' || plan.googleTag !== 'managed') return false
  return !conversionsOf(plan).some(({ trigger, event }) => trigger !== undefined && event === 'page_view')
}

export function ofGoogleTag(plan: Plan): readonly Scenario[] {
  if (!hasGoogleTag(plan)) return []
  const { requires, updateEvent } = plan.consent
  const scenario = (id: string, title: string, choice: 'granted' | 'denied', fires: boolean): Scenario => ({
    id: `${GOOGLE_TAG}/${id}`,
    title,
    conversions: [GOOGLE_TAG],
    origin: 'derived',
    page: {
      url: urlOf(startOf(plan)),
      cookies: {},
      elements: [],
      before: consentPushes(plan, requires, choice),
    },
    steps: [],
    expect: fires ? [{ conversion: GOOGLE_TAG, event: 'page_view', parameters: {} }] : [],
    expectNone: fires ? [] : [GOOGLE_TAG],
    expectNoOther: false,
  })
  const agrees: readonly Step[] = [
    { do: 'push', pushed: consentUpdate(plan, requires) },
    ...(updateEvent === undefined
      ? []
      : [{ do: 'push', pushed: { message: { event: updateEvent } } } as const]),
  ]
  // A tool that loads the page anew after the choice needs no event: the plan says so by accepting the finding.
  const isReloaded = updateEvent === undefined && plan.ignore.some(({ code }) => code === LINT)
  return [
    {
      ...scenario('fires', 'counts a page view, once, when consent was given before', 'granted', true),
      // Many tools say so on every page.
      steps: updateEvent === undefined ? [] : agrees,
    },
    scenario('silent-without-consent', 'counts nothing when consent is denied', 'denied', false),
    ...(isReloaded
      ? []
      : [
          {
            ...scenario(
              'fires-after-late-consent',
              'counts the page on which a visitor agrees, once',
              'denied',
              true,
            ),
            // The tool may say it more than once.
            steps: [...agrees, ...agrees],
            lint: LINT,
          },
        ]),
  ]
}
