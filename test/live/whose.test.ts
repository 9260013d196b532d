/** Whose a thing is where several carry one mark, and how its references are read: no request is needed to know. */
import { expect, test } from 'vitest'
import { matchLive } from '../../src/diff/match.ts'
import { madeFor } from '../../src/live/read-live.ts'
import { containerOf } from '../../src/live/container.ts'
import { ga4UsesIn } from '../../src/live/ga4-uses.ts'
import { ga4ListOf } from '../../src/live/property.ts'
import { renderNotes } from '../../src/resources/marker.ts'
import type { Resource } from '../../src/resources/resource.ts'

const HASH = '0123456789ab'

function tag(tagId: string, markedFor?: string): object {
  const marker = { key: 'shop/signup#tag', hash: HASH, ...(markedFor === undefined ? {} : { id: markedFor }) }
  return { tagId, name: `Tag ${tagId}`, type: 'html', notes: renderNotes('', '', marker) }
}

function ours(...tags: readonly object[]): readonly string[] {
  const { entities } = containerOf({ tag: tags }, { plan: 'shop' })
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
    { plan: 'shop' },
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
    return containerOf({ tag: [sent] }, { plan: 'shop' }).entities[0]?.spec
  }
  expect(types('ad_storage', 'analytics_storage')).toEqual(types('analytics_storage', 'ad_storage'))
})

test('a name that would read as something else is referred to by its number', () => {
  const firing = (name: string): unknown => {
    const sent = {
      trigger: [{ triggerId: '5', name, type: 'pageview' }],
      tag: [{ tagId: '1', name: 'Tag', type: 'html', firingTriggerId: ['5', '2147479553'] }],
    }
    const found = containerOf(sent, { plan: 'shop' }).entities.find((each) => each.kind === 'gtm/tag')
    return found?.kind === 'gtm/tag' ? found.spec.firingTriggers : undefined
  }
  expect(firing('Home')).toEqual(['All Pages', 'Home'])
  // GTM's own All Pages and somebody's trigger of that name are two.
  expect(firing('All Pages')).toEqual(['#5', 'All Pages'])
  expect(firing('@shop/home#trigger')).toEqual(['#5', 'All Pages'])
  expect(firing('#17')).toEqual(['#5', 'All Pages'])
})

test('what another plan uses on a property: its key events there, and the parameters that its tags send', () => {
  const made = (list: string, key: string, more: object, notes = ''): object => ({
    [`${list}Id`]: '1',
    name: key,
    notes: renderNotes('', notes, { key, hash: HASH, id: '1' }),
    ...more,
  })
  const rows = (parameter: string): object => ({
    type: 'gaawe',
    parameter: [
      {
        type: 'list',
        key: 'eventSettingsTable',
        list: [{ type: 'map', map: [{ type: 'template', key: 'parameter', value: parameter }] }],
      },
    ],
  })
  const uses = (lines: string): readonly string[] => {
    const sent = {
      variable: [made('variable', 'other/version#variable', { type: 'c' }, lines)],
      tag: [made('tag', 'other/lead#tag', rows('place'))],
    }
    return ga4UsesIn(containerOf(sent, { plan: 'shop' }), '3', { plan: 'shop' }).map(
      ({ plan, identity }) => `${plan} ${identity}`,
    )
  }
  const found = uses(`Key event 3 lead ${HASH}\nKey event 3 old ${HASH} leaving 7\nKey event 9 far ${HASH}`)
  expect(found.filter((each) => each.includes('key-event'))).toEqual(['other ga4/key-event lead'])
  expect(found).toContain('other ga4/custom-dimension EVENT place')
  // Who has no key event on the property sends nothing there.
  expect(uses(`Key event 9 far ${HASH}`)).toEqual([])
})

test('a key event that somebody makes anew is not the one that was to be deleted', () => {
  const entry = { property: '3', event: 'lead', hash: HASH, found: false, leaving: '7' }
  const isOurs = (id: string): unknown =>
    ga4ListOf('ga4/key-event', [{ name: `properties/3/keyEvents/${id}`, eventName: 'lead' }], {
      plan: 'shop',
      listed: new Map([['lead', entry]]),
    })[0]?.ours
  expect(isOurs('7')).toBe(true)
  expect(isOurs('8')).toBe(false)
})

test('of two of one mark the plan’s is the one that was there first, in whatever order they are listed', () => {
  const audience = (id: string): object => ({
    name: `properties/3/audiences/${id}`,
    displayName: 'Buyers',
    description: `[measurement-plan shop/buyers ${HASH}]`,
  })
  for (const sent of [
    [audience('9'), audience('10')],
    [audience('10'), audience('9')],
  ]) {
    const all = ga4ListOf('ga4/audience', sent, { plan: 'shop', listed: new Map() })
    expect(all.filter(({ ours }) => ours).map(({ remote }) => remote.id)).toEqual([
      'properties/3/audiences/9',
    ])
  }
})

test('a lost list is looked for in the versions that the plan made, the newest first', () => {
  const versions = [
    { containerVersionId: '9', name: 'shop 1a2b3c4' },
    { containerVersionId: '10', name: 'shop' },
    { containerVersionId: '11', name: 'shopping' },
    { containerVersionId: '12' },
    { containerVersionId: '8', name: 'store 5d6e7f8' },
  ]
  const ids = (owner: { plan: string; formerly?: string }): readonly string[] =>
    madeFor(owner, versions).map(({ containerVersionId }) => containerVersionId)
  expect(ids({ plan: 'shop' })).toEqual(['10', '9'])
  expect(ids({ plan: 'store', formerly: 'shop' })).toEqual(['10', '9', '8'])
})
