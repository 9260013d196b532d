/** Where the numbers come from, as the plan and the command line say it. */
import type { AnalyticsSource } from '../plan/plan-types.ts'
import { AnalyticsError } from './failure.ts'

/** Files of what GA4 cannot see. Those that a plan names for an environment need not be where it is only tried. */
export interface Outside {
  readonly names: readonly string[]
  readonly mayLack: boolean
}

export type Source =
  | { readonly kind: 'files'; readonly files: readonly string[]; readonly outside: Outside }
  | {
      readonly kind: 'bigquery'
      readonly project: string
      readonly dataset: string
      readonly maxBytes?: number
      readonly outside: Outside
    }
  | { readonly kind: 'api'; readonly property: string; readonly outside: Outside }

/** @param from what the command line names instead: files, `bigquery:project.dataset`, or `api` */
export function sourceOf(
  planned: AnalyticsSource | undefined,
  property: string,
  from: readonly string[],
  outside: readonly string[],
): Source {
  const also =
    outside.length > 0 ? { names: outside, mayLack: false } : { names: planned?.outside ?? [], mayLack: true }
  const [first, ...rest] = from
  if (first !== undefined) {
    if (first === 'api' && rest.length === 0) return { kind: 'api', property, outside: also }
    const dataset = /^bigquery:(.+)$/.exec(first)?.[1]
    return dataset === undefined || rest.length > 0
      ? { kind: 'files', files: from, outside: also }
      : bigquery(dataset, planned?.maxGigabytes, also)
  }
  if (planned?.from === 'files' && planned.files !== undefined)
    return { kind: 'files', files: planned.files, outside: also }
  if (planned?.from === 'bigquery' && planned.dataset !== undefined)
    return bigquery(planned.dataset, planned.maxGigabytes, also)
  if (planned?.from === 'api') return { kind: 'api', property, outside: also }
  throw new AnalyticsError(
    'no-analytics-source',
    planned === undefined
      ? 'The environment says nothing about where its numbers are.'
      : `\`analytics.from: ${planned.from}\` goes with ${planned.from === 'files' ? '`files`' : '`dataset`'}, which is missing.`,
    'add `analytics: { from: files, files: ["data/events_*.parquet"] }` to the environment, or name the data: --from "data/events_*.parquet", --from bigquery:project.dataset, --from api.',
  )
}

/** `project.dataset`, taken apart. Throws AnalyticsError for anything else. */
export function datasetNamed(dataset: string): { readonly project: string; readonly dataset: string } {
  const [, project = '', name = ''] = /^(.+)\.([^.]+)$/.exec(dataset) ?? []
  if (project === '' || !/^[A-Za-z0-9_]+$/.test(name) || !/^[a-z][a-z0-9.:-]*$/.test(project))
    throw new AnalyticsError(
      'no-analytics-source',
      `"${dataset}" is no dataset of BigQuery.`,
      'name it as project.dataset, for example my-shop.analytics_123456789.',
    )
  return { project, dataset: name }
}

function bigquery(dataset: string, gigabytes: number | undefined, outside: Outside): Source {
  return {
    kind: 'bigquery',
    ...datasetNamed(dataset),
    outside,
    ...(gigabytes === undefined ? {} : { maxBytes: gigabytes * 1e9 }),
  }
}
