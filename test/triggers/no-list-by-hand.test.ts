import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { sourceKinds } from '../../src/sources/kinds.ts'
import { triggerKinds } from '../../src/triggers/kinds.ts'

/**
 * Kinds are listed in the tables alone. Four quoted kinds close together are a list that somebody keeps by hand; a
 * kind of a new file would be missing from it.
 */
const HOME = /^(triggers|sources)\//
/** Generated, the server's own, or about something else of the same name. */
const OTHER = /^(plan\/plan-types\.ts|sandbox\/|runtime\/)/
const CLOSE = 160

const src = join(import.meta.dirname, '../../src')

test.each([
  ['trigger', triggerKinds()],
  ['source', sourceKinds()],
])('no list of %s kinds is kept by hand', (_, kinds) => {
  const files = (readdirSync(src, { recursive: true }) as string[])
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => file.endsWith('.ts') && !HOME.test(file) && !OTHER.test(file))
  const lists = files.filter((file) => holdsList(readFileSync(join(src, file), 'utf8'), kinds))
  expect(lists).toEqual([])
})

test('the search finds a list', () => {
  expect(holdsList("const KINDS = ['link',\n  'form', 'visible', 'page']", triggerKinds())).toBe(true)
  expect(holdsList("kind === 'link' || kind === 'form'", triggerKinds())).toBe(false)
})

function holdsList(text: string, kinds: readonly string[]): boolean {
  const places = kinds.flatMap((kind) =>
    [...text.matchAll(new RegExp(`'${kind}'`, 'g'))].map(({ index }) => ({ kind, index })),
  )
  return places.some(
    ({ index }) =>
      new Set(
        places.filter((each) => each.index >= index && each.index < index + CLOSE).map(({ kind }) => kind),
      ).size > 3,
  )
}
