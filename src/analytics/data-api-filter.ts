/** What of a plan GA4's Data API can tell apart, and the filter that tells it. */
import { baseOf } from './asked.ts'
import type { Need } from './needs.ts'
import type { MeasuredConversion, MeasuredPlan } from './measured-plan.ts'

/** In Google's words. */
export interface Filter {
  readonly filter?: object
  readonly notExpression?: Filter
  readonly andGroup?: { expressions: Filter[] }
  readonly orGroup?: { expressions: Filter[] }
}

/** Parts of the page, by the names that needs give them. */
const PAGE: Readonly<Record<string, string>> = {
  'page_location:host': 'hostName',
  'page_location:path': 'pagePath',
  'page_location:full': 'pageLocation',
  'page_referrer:full': 'pageReferrer',
}

/** Parameters for which GA4 has a dimension of its own, registered or not. */
const OWN: Readonly<Record<string, string>> = {
  content_id: 'contentId',
  content_type: 'contentType',
  file_extension: 'fileExtension',
  file_name: 'fileName',
  link_domain: 'linkDomain',
  link_id: 'linkId',
  link_text: 'linkText',
  link_url: 'linkUrl',
  method: 'method',
  percent_scrolled: 'percentScrolled',
  search_term: 'searchTerm',
  video_title: 'videoTitle',
}

const MATCH = {
  equals: 'EXACT',
  contains: 'CONTAINS',
  startsWith: 'BEGINS_WITH',
  endsWith: 'ENDS_WITH',
  matches: 'PARTIAL_REGEXP',
} as const satisfies Record<Need['operator'], string>

/**
 * The plan as the Data API can see it: a parameter that a conversion needs must be registered, or there is no telling; and that a
 * session did one thing after having done another is in no sum.
 */
export function seenByApi(plan: MeasuredPlan): MeasuredPlan {
  const conversions = plan.conversions.map((conversion) => {
    const { event, ...rest } = conversion
    const hidden = conversion.needs.find((need) => dimensionOf(need, plan) === undefined)
    if (event !== undefined && hidden !== undefined)
      return {
        ...rest,
        unavailable: {
          event,
          why: `the Data API does not show ${hidden.key}, which tells its ${event} from others; register it as a custom dimension (register: event), or measure the export`,
        },
      }
    const base = baseOf(conversion)
    return base === '' ? conversion : { ...conversion, noRate: inNoSum(base) }
  })
  const stages = plan.stages.map((stage) => {
    const base = stage.target === undefined ? '' : baseOf(stage)
    return base === '' ? stage : { ...stage, noRate: inNoSum(base) }
  })
  return { ...plan, conversions, stages }
}

function inNoSum(base: string): string {
  return `a share of ${base}’s sessions is in no sum of the Data API`
}

function dimensionOf({ key }: Need, plan: MeasuredPlan): string | undefined {
  return PAGE[key] ?? parameterNamed(key, plan)
}

/** The dimension that shows a parameter; undefined where none does. */
export function parameterNamed(name: string, { registered }: MeasuredPlan): string | undefined {
  return OWN[name] ?? (registered.includes(name) ? `customEvent:${name}` : undefined)
}

/** The events of a conversion, with what they must carry. */
export function filterOf(
  conversion: MeasuredConversion & { readonly event: string },
  plan: MeasuredPlan,
): Filter {
  const expressions = [eventIs([conversion.event]), ...conversion.needs.map((need) => needIs(need, plan))]
  const [only] = expressions
  return expressions.length === 1 && only !== undefined ? only : { andGroup: { expressions } }
}

export function eventIs(values: readonly string[]): Filter {
  return { filter: { fieldName: 'eventName', inListFilter: { values: [...values], caseSensitive: true } } }
}

function needIs(need: Need, plan: MeasuredPlan): Filter {
  const fieldName = dimensionOf(need, plan) ?? ''
  const stringFilter = { matchType: MATCH[need.operator], value: need.wanted, caseSensitive: !need.fold }
  const filter = { filter: { fieldName, stringFilter } }
  return need.negate ? { notExpression: filter } : filter
}
