/** What custom dimensions and metrics have in common: both register a parameter of the plan's dictionary. */
import type { Parameter, Plan } from '../plan/plan.ts'
import { fitDescription } from '../resources/marker.ts'
import type { Ga4Kind, Resource } from '../resources/resource.ts'
import { ga4Key } from './kind.ts'

interface Registered {
  readonly shared: Pick<Resource<Ga4Kind>, 'key' | 'name' | 'notes' | 'origin' | 'was'>
  readonly texts: {
    readonly parameterName: string
    readonly displayName: string
    readonly description: string
  }
}

/** What both say of a parameter. */
export function registered(plan: Plan, { name, at, definition }: Parameter, facet: string): Registered {
  const displayName = definition.displayName ?? displayNameOf(name)
  return {
    shared: {
      key: ga4Key(plan, name, facet),
      ...(definition.was === undefined ? {} : { was: [ga4Key(plan, definition.was, facet)] }),
      name: displayName,
      notes: '',
      origin: at,
    },
    texts: {
      parameterName: name,
      displayName,
      description: fitDescription(definition.description ?? '', plan.id),
    },
  }
}

/** `form_location` reads `Form location` in GA4's reports. */
function displayNameOf(parameter: string): string {
  const words = parameter.replaceAll('_', ' ').replace(/ +/g, ' ').trim()
  return words.charAt(0).toUpperCase() + words.slice(1)
}
