/** Whose a thing is where several carry one mark, and how its references are read: no request is needed to know. */
import { expect, test } from 'vitest'
import { matchLive } from '../../src/diff/match.ts'
import { containerOf } from '../../src/live/container.ts'
import { renderNotes } from '../../src/resources/marker.ts'
import type { Resource } from '../../src/resources/resource.ts'

const HASH = '0123456789ab'

function tag(tagId: string, markedFor?: string): object {
  const marker = { key: 'shop/signup#tag', hash: HASH, ...(markedFor === undefined ? {} : { id: markedFor }) }
  return { tagId, name: `Tag ${tagId}`, type: 'html', notes: renderNotes('', '', marker) }
}

function ours(...tags: readonly object[]): readonly string[] {
  const { entities } = containerOf({ tag: tags }, 'shop')
  return entities.filter((entity) => entity.ours).map(({ remote }) => remote.id)
}

test('of two with one mark without an id the older one counts, by number and not by text', () => {
  expect(ours(tag('10'), tag('9'))).toEqual(['9'])
  expect(ours(tag('9'), tag('10'))).toEqual(['9'])
  expect(ours(tag('21'), tag('12'))).toEqual(['12'])
})

test('a mark with the id of its own entity counts before any without, and one for another entity never', () => {
  expect(ours(tag('3'), tag('7', '7'))).toEqual(['7'])
  expect(ours(tag('7', '7'), tag('3'))).toEqual(['7'])
  expect(ours(tag('8', '7'))).toEqual([])
})

test('a variable that means the same is used, whichever folder it lies in', () => {
  const { entities } = containerOf(
    {
      folder: [{ folderId: '1', name: 'Theirs' }],
      variable: [
        {
          variableId: '2',
          name: 'Currency',
          type: 'c',
          parameter: [{ type: 'template', key: 'value', value: 'AED' }],
          parentFolderId: '1',
        },
      ],
    },
    'shop',
  )
  const desired: Resource = {
    kind: 'gtm/variable',
    key: 'shop/currency#variable',
    name: 'Currency',
    spec: {
      type: 'c',
      parameters: { value: 'AED' },
      formatValue: {},
      folder: '@shop/shared#folder',
      other: {},
    },
    notes: '',
  }
  const { used, conflicts } = matchLive(
    [desired],
    { plan: 'shop', content: { entities, builtIns: [], others: [] } },
    () => false,
  )
  expect([...used.keys()]).toEqual(['gtm/variable shop/currency#variable'])
  expect([...conflicts]).toEqual([])
})

test('a tag’s consent types are a set: their order at Google says nothing', () => {
  const types = (...values: readonly string[]): unknown => {
    const list = values.map((value) => ({ type: 'template', value }))
    const sent = {
      tagId: '1',
      name: 'Tag',
      type: 'html',
      consentSettings: { consentStatus: 'needed', consentType: { type: 'list', list } },
    }
    return containerOf({ tag: [sent] }, 'shop').entities[0]?.spec
  }
  expect(types('ad_storage', 'analytics_storage')).toEqual(types('analytics_storage', 'ad_storage'))
})
