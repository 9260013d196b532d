/** Hits as they come in at a collect address: one event in the query, or several, one a line of the body (GTM-RUNTIME 7). */
import { readHit, type Hit, type Query } from '../../runtime/core/hit.ts'
import { OF_THE_PAGE, type SeenHit } from '../report.ts'
import type { Asked } from './local-world.ts'

/** GA4's own paths, at Google and on a server container. */
export function isCollect({ url }: Asked): boolean {
  return /\/(g|j)\/collect$/.test(url.pathname)
}

/** What a marker is: not a hit, and after everything that was sent before it. */
export const MARKER = 'plan_marker'

/** @param isOurs whether our runtime sent it, which says the tag and what is not known */
export function hitsIn({ url, body }: Asked, isOurs: boolean): readonly SeenHit[] {
  const shared: Query = [...url.searchParams]
  const lines = body
    .toString('utf8')
    .split(/\r?\n/)
    .filter((line) => line.includes('en='))
  const events = lines.length === 0 ? [[]] : lines.map((line): Query => [...new URLSearchParams(line)])
  return events
    .map((own): Query => [...shared, ...own])
    .filter((query) => query.some(([key]) => key === 'en'))
    .map((query) => {
      const keys = new Map(query)
      const tag = isOurs ? (keys.get('plan.tag') ?? OF_THE_PAGE) : undefined
      const open = isOurs ? keys.get('plan.open') : undefined
      return {
        ...readHit(query),
        to: `${url.origin}${url.pathname}`,
        ...(tag === undefined ? {} : { tag }),
        open: open === undefined ? {} : (JSON.parse(open) as Hit['open']),
      }
    })
}
