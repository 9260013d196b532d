import { pointerOf } from '../plan/diagnostic.ts'
import type { Plan } from '../plan/plan.ts'
import type { Resource } from '../resources/resource.ts'
import { keyOf } from './draft.ts'

/** What the plan states of the property itself. */
export function compileProperty(plan: Plan): Resource<'ga4/data-retention'>[] {
  const { retention } = plan.property
  if (retention === undefined) return []
  const { events, users, resetOnActivity } = retention
  return [
    {
      kind: 'ga4/data-retention',
      key: keyOf(plan, 'property', 'data-retention'),
      name: 'data retention',
      spec: {
        eventDataRetention: DURATIONS[events],
        userDataRetention: DURATIONS[users],
        ...(resetOnActivity === undefined ? {} : { resetUserDataOnNewActivity: resetOnActivity }),
      },
      notes: '',
      origin: pointerOf('property', 'retention'),
    },
  ]
}

/** https://developers.google.com/analytics/devguides/config/admin/v1/rest/v1beta/DataRetentionSettings */
const DURATIONS = {
  '2 months': 'TWO_MONTHS',
  '14 months': 'FOURTEEN_MONTHS',
  '26 months': 'TWENTY_SIX_MONTHS',
  '38 months': 'THIRTY_EIGHT_MONTHS',
  '50 months': 'FIFTY_MONTHS',
} as const
