/** What the site's consent tool says: denied by default, then the visitor's choice. */
import type { Plan } from '../plan/plan.ts'
import type { Pushed } from './scenario.ts'

/** Those of consent mode. */
export const CONSENT_TYPES = ['ad_storage', 'ad_user_data', 'ad_personalization', 'analytics_storage']

/** Before the snippet. @param types consent types that matter beside those of consent mode and the plan's defaults */
export function consentPushes(
  plan: Plan,
  types: readonly string[],
  choice: 'granted' | 'denied',
): readonly Pushed[] {
  if (plan.consent.mode === 'none') return []
  const denied = { gtag: ['consent', 'default', everyType(plan, types, 'denied')] }
  return choice === 'granted' ? [denied, consentUpdate(plan, types)] : [denied]
}

/** The visitor agrees. */
export function consentUpdate(plan: Plan, types: readonly string[]): Pushed {
  return { gtag: ['consent', 'update', everyType(plan, types, 'granted')] }
}

function everyType(plan: Plan, types: readonly string[], state: 'granted' | 'denied'): object {
  const said: { [type: string]: string } = {}
  for (const type of CONSENT_TYPES) said[type] = state
  for (const type of Object.keys(plan.consent.defaults)) said[type] = state
  for (const type of types) said[type] = state
  return said
}
