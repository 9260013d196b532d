import { expect, test } from 'vitest'
import { withKeptNames } from '../../src/diff/kept-names.ts'
import { resourceId } from '../../src/resources/key.ts'
import type { Resource } from '../../src/resources/resource.ts'
import { constantOf } from '../resources/make-resource.ts'

const variable = (id: string, name: string): Resource<'gtm/variable'> =>
  constantOf(`shop/${id}#variable`, name, id)

test('a former key that something else has by now lends nobody its name', () => {
  const live = { ...variable('plain', 'Their name'), ours: true, mark: { keepsName: true } }
  const other = { ...variable('or-empty', 'Plan or empty'), was: ['shop/plain#variable'] }
  const named = (desired: readonly Resource[]): readonly string[] =>
    withKeptNames(desired, { entities: [live as never] }, new Map(), new Map()).map(({ name }) => name)
  expect(named([variable('plain', 'Plan'), other])).toEqual(['Their name', 'Plan or empty'])
  // Where nothing else has it, the thing is known by it.
  expect(named([other])).toEqual(['Their name'])
})

test('a name that somebody’s choosing takes is given with a number that nothing else of the plan has', () => {
  const kept = variable('kept', 'Plan type')
  const desired = [kept, variable('a', 'Coupon'), variable('b', 'Coupon (2)'), variable('c', 'coupon')]
  const named = withKeptNames(desired, { entities: [] }, new Map(), new Map([[resourceId(kept), 'Coupon']]))
  expect(named.map(({ name }) => name)).toEqual(['Coupon', 'Coupon (3)', 'Coupon (2)', 'coupon (4)'])
})
