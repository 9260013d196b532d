import * as shape from './shape.ts'

export interface Page<T> {
  readonly items: readonly T[]
  readonly next: string | undefined
}

/** Reads one page of a list from the key under which Google sends it. */
export function pageOf<T>(name: string, each: (item: unknown) => T): (body: unknown) => Page<T> {
  return (body) => ({ items: shape.listOf(body, name, each), next: shape.nextPage(body) })
}

/** All items of all pages, in Google's order: one request a page. */
export async function everyPage<T>(
  read: (pageToken: { readonly pageToken?: string }) => Promise<Page<T>>,
): Promise<readonly T[]> {
  const items: T[] = []
  let page = await read({})
  for (;;) {
    items.push(...page.items)
    if (page.next === undefined) return items
    page = await read({ pageToken: page.next })
  }
}
