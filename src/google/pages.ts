import { GoogleError } from './errors.ts'
import * as answers from './answers.ts'

export interface Page<T> {
  readonly items: readonly T[]
  readonly next: string | undefined
}

/** Reads one page of a list from the key under which Google sends it. */
export function pageOf<T>(name: string, each: (item: unknown) => T): (body: unknown) => Page<T> {
  return (body) => ({ items: answers.listOf(body, name, each), next: answers.nextPage(body) })
}

/** No list that is read comes near this; the longest is that of a container's versions. */
const MOST_PAGES = 1000

/**
 * All items of all pages, in Google's order: one request a page. Throws GoogleError `bad-answer` when there is no end. A page that
 * was announced and comes without anything may be lost, and the rest of the list with it, so it is asked for once more; twice so,
 * it is the end, for Google may announce a page that has nothing on it (AIP-158, https://google.aip.dev/158).
 */
export async function everyPage<T>(
  read: (pageToken: { readonly pageToken?: string }) => Promise<Page<T>>,
): Promise<readonly T[]> {
  const items: T[] = []
  let page = await read({})
  for (let pages = 1; ; pages++) {
    for (const item of page.items) items.push(item)
    if (page.next === undefined) return items
    if (pages === MOST_PAGES) throw withoutEnd()
    const pageToken = page.next
    page = await read({ pageToken })
    if (page.items.length === 0 && page.next === undefined) page = await read({ pageToken })
  }
}

function withoutEnd(): GoogleError {
  return new GoogleError({
    code: 'bad-answer',
    message: `The server still announces another page of a list after ${MOST_PAGES}; the rest was not read.`,
    fix: 'Google sends no such list: check the address and what proxy stands in between, then run it again.',
    requestMethod: 'GET',
    requestPath: '',
    maybeApplied: false,
  })
}
