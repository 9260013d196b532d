/** A page of a list. Page tokens are opaque; ours hold the offset. An empty list is left out of the answer (recorded for GTM). */
import { badRequest } from './errors.ts'

export function page<T>(
  items: readonly T[],
  key: string,
  query: URLSearchParams,
  size: number | null,
): Readonly<Record<string, unknown>> {
  const start = readToken(query.get('pageToken'))
  const end = size === null ? items.length : start + size
  const shown = items.slice(start, end)
  return {
    ...(shown.length > 0 && { [key]: shown }),
    ...(end < items.length && { nextPageToken: writeToken(end) }),
  }
}

function writeToken(offset: number): string {
  return Buffer.from(`offset:${offset}`).toString('base64url')
}

function readToken(token: string | null): number {
  if (token === null || token === '') return 0
  const offset = /^offset:(\d{1,9})$/.exec(Buffer.from(token, 'base64url').toString())?.[1]
  if (offset === undefined) throw badRequest('Invalid page token.') // wording assumed
  return Number(offset)
}
