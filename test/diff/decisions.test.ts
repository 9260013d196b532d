/** What diff decides, one decision a test, from states made by hand: no server is asked. */
import { describe, expect, test } from 'vitest'
import { mark } from '../../src/destinations/vendor-script.ts'
import { diff } from '../../src/diff/diff.ts'
import { fieldChanges } from '../../src/diff/field-changes.ts'
import { matchLive, type Matches } from '../../src/diff/match.ts'
import { orderChanges } from '../../src/diff/order.ts'
import { publicationOf } from '../../src/diff/publication.ts'
import { movedSince } from '../../src/diff/saved-change-set.ts'
import { withWaiting } from '../../src/diff/words-only.ts'
import { containerOf } from '../../src/live/container.ts'
import type { Container, LiveState } from '../../src/live/live.ts'
import { listedIn, withListed } from '../../src/live/listed.ts'
import { ga4ListOf } from '../../src/live/property.ts'
import { otherWorkIn } from '../../src/apply/other-work.ts'
import { renderChangeSetMarkdown } from '../../src/render/change-set-markdown.ts'
import type { Change, ChangeSet } from '../../src/resources/change-set.ts'
import { hashOf, renderDescription, renderNotes } from '../../src/resources/marker.ts'
import type { Resource, TagSpec } from '../../src/resources/resource.ts'
import { resourceWords } from '../../src/words/resource-words.ts'
import { constantOf, tagOf } from '../resources/make-resource.ts'
import { liveStateOf } from './live-state.ts'

const PLAN = 'shop'
const OWNER = { plan: PLAN }
const HASH = '0123456789ab'

function tagResource(id: string, name: string, spec: Partial<TagSpec> = {}): Resource<'gtm/tag'> {
  return tagOf(`${PLAN}/${id}#tag`, name, { parameters: { html: '', supportDocumentWrite: false }, ...spec })
}

function constant(id: string, value: string): Resource<'gtm/variable'> {
  return constantOf(`${PLAN}/${id}#variable`, id, value)
}

/** A tag in GTM that carries the mark of a key, if one is given. */
function sentTag(tagId: string, name: string, more: object = {}, key?: string, markedFor = tagId): object {
  const notes = key === undefined ? {} : { notes: renderNotes('', '', { key, hash: HASH, id: markedFor }) }
  return { tagId, name, type: 'html', parameter: [{ type: 'template', key: 'html' }], ...notes, ...more }
}

function stateOf(content: Container, more: Partial<LiveState> = {}): LiveState {
  return liveStateOf({ plan: PLAN, property: 'properties/3', content, ...more })
}

function matched(desired: readonly Resource[], ...tags: readonly object[]): Matches {
  return matchLive(desired, { plan: PLAN, content: containerOf({ tag: tags }, OWNER) }, () => false)
}

const change = (more: Partial<Change>): Change => ({
  action: 'update',
  kind: 'gtm/tag',
  key: `${PLAN}/a#tag`,
  name: 'A',
  cause: 'plan',
  fields: [],
  words: [],
  subject: { what: 'conversion', id: 'a' },
  ...more,
})

describe('order', () => {
  test('what a deleted group refers to goes after it, whatever the keys', () => {
    const group = change({
      action: 'delete',
      kind: 'gtm/trigger',
      key: `${PLAN}/a#group`,
      fields: [{ path: 'parameters', before: { triggerIds: [{ $trigger: `@${PLAN}/z#trigger` }] } }],
    })
    const member = change({ action: 'delete', kind: 'gtm/trigger', key: `${PLAN}/z#trigger` })
    expect(orderChanges([member, group]).map(({ key }) => key)).toEqual([group.key, member.key])
  })

  test('a variable comes after the one that it reads, whatever the keys', () => {
    const [reads, read] = [constant('a', `{{@${PLAN}/z#variable}}`), constant('z', '1')]
    const creates = [reads, read].map((desired) =>
      change({ action: 'create', kind: desired.kind, key: desired.key, desired }),
    )
    expect(orderChanges(creates).map(({ key }) => key)).toEqual([read.key, reads.key])
  })
})

describe('who is who', () => {
  test('an earlier key counts only while nothing else in the plan has it', () => {
    const renamed = { ...tagResource('new', 'New'), was: [`${PLAN}/old#tag`] }
    const sent = sentTag('1', 'Old', {}, `${PLAN}/old#tag`)
    expect(matched([renamed], sent).owned.size).toBe(1)
    const both = matched([renamed, tagResource('old', 'Old')], sent)
    expect([...both.owned.keys()]).toEqual([`gtm/tag ${PLAN}/old#tag`])
  })

  test('a new name that somebody else’s thing has is a conflict', () => {
    const mine = sentTag('1', 'Old name', {}, `${PLAN}/a#tag`)
    const { conflicts } = matched([tagResource('a', 'New name')], mine, sentTag('2', 'New name'))
    expect([...conflicts.values()].map(({ remote }) => remote.id)).toEqual(['2'])
  })

  test('a Google tag of the same name is used for the same id only', () => {
    const sent = (value: string): object =>
      sentTag('1', 'Google tag', { type: 'googtag', parameter: [{ type: 'template', key: 'tagId', value }] })
    const desired = tagResource('google-tag', 'Google tag', {
      type: 'googtag',
      parameters: { tagId: 'G-A' },
    })
    expect(matched([desired], sent('G-A')).used.size).toBe(1)
    expect(matched([desired], sent('G-B')).conflicts.size).toBe(1)
  })

  test('what another plan made is no copy of ours', () => {
    expect(matched([], sentTag('1', 'Theirs', {}, 'other/a#tag')).copies).toEqual([])
    expect(matched([], sentTag('1', 'Copy', {}, `${PLAN}/a#tag`, '9')).copies).toHaveLength(1)
  })

  test('a tag that others name as their setup tag keeps its name', () => {
    const content = containerOf(
      {
        tag: [
          sentTag('1', 'Base', {}, `${PLAN}/a#tag`),
          sentTag('2', 'Theirs', { setupTag: [{ tagName: 'Base' }] }),
        ],
      },
      OWNER,
    )
    const { diagnostics } = diff([tagResource('a', 'Renamed')], stateOf(content), { environment: 'staging' })
    expect(diagnostics.map(({ code }) => code)).toContain('in-use-by-others')
  })
})

describe('what goes live', () => {
  test('a copy of a tag of ours is nobody’s, and built-in variables put nothing on the site', () => {
    const copied = containerOf(
      {
        tag: [sentTag('1', 'Copy', {}, `${PLAN}/a#tag`, '9'), sentTag('2', 'Ours', {}, `${PLAN}/b#tag`)],
        builtInVariable: [{ type: 'pageUrl', name: 'Page URL' }],
      },
      OWNER,
    )
    const { ours, others } = publicationOf(undefined, copied, OWNER)
    expect(ours.map(({ name }) => name)).toEqual(['Ours'])
    expect(others).toEqual([{ status: 'added', kind: 'gtm/tag', name: 'Copy', isHtml: true }])
  })

  test('what was made anew under another id is the same thing, told by the plan’s key', () => {
    const sent = (ids: readonly [string, string, string], html = ''): Container =>
      containerOf(
        {
          tag: [
            sentTag(ids[0], 'Ours', { firingTriggerId: [ids[1]] }, `${PLAN}/a#tag`),
            sentTag(
              ids[2],
              'Edited',
              { parameter: [{ type: 'template', key: 'html', value: html }] },
              `${PLAN}/b#tag`,
            ),
          ],
          trigger: [
            {
              triggerId: ids[1],
              name: 'CE',
              type: 'pageview',
              notes: renderNotes('', '', { key: `${PLAN}/a#trigger`, hash: HASH, id: ids[1] }),
            },
          ],
        },
        OWNER,
      )
    const live = { id: '4', content: sent(['1', '2', '3']) }
    expect(publicationOf(live, sent(['7', '8', '9']), OWNER)).toMatchObject({ ours: [], others: [] })
    expect(publicationOf(live, sent(['7', '8', '9'], 'x'), OWNER).ours).toMatchObject([
      { name: 'Edited', action: 'update' },
    ])
  })

  test('what GA4 archives for good waits exactly while something of ours is not live', () => {
    const sent = {
      name: 'properties/3/customDimensions/1',
      parameterName: 'place',
      displayName: 'Place',
      scope: 'EVENT',
      description: renderDescription('', { plan: PLAN, hash: HASH }),
    }
    const ga4 = ga4ListOf('ga4/custom-dimension', [sent], { plan: PLAN, listed: new Map() })
    const content = containerOf({ tag: [sentTag('1', 'Ours', {}, `${PLAN}/a#tag`)] }, OWNER)
    const facts = { id: '4', path: '', name: '', description: '' }
    const waits = (published: Container | undefined, publish = false): unknown => {
      const live = stateOf(content, {
        ga4,
        ...(published && { published: { ...facts, content: published } }),
      })
      const desired = [{ ...tagResource('a', 'Ours'), notes: '' }]
      const { changes } = diff(desired, live, { environment: 'staging', publish }).changeSet
      expect(changes.map(({ kind }) => kind)).toEqual(['ga4/custom-dimension'])
      return changes[0]?.untilLive
    }
    expect(waits(content)).toBeUndefined()
    expect(waits(undefined)).toBe(true)
    expect(waits(undefined, true)).toBeUndefined()
  })
})

describe('words alone', () => {
  const notes = (before: string, after: string, more: Partial<Change> = {}): Change =>
    change({ kind: 'gtm/variable', fields: [{ path: 'notes', before, after }], ...more })
  const waiting = (one: Change): unknown => withWaiting([one], false)[0]?.waits

  test('another owner waits; another list of key events does not, nor what is held anyway', () => {
    expect(waiting(notes('Owner: a', 'Owner: b'))).toBe(true)
    expect(waiting(notes('Plan: x', `Plan: x\nKey event 3 lead ${HASH}`))).toBeUndefined()
    expect(waiting(notes('Owner: a', 'Owner: b', { held: true }))).toBeUndefined()
  })
})

test('rows of one name are compared by their place', () => {
  const rows = (...values: readonly number[]): object[] => values.map((value) => ({ name: 'a', value }))
  expect(fieldChanges(rows(1, 2), rows(1, 3))).toEqual([{ path: '[1].value', before: 2, after: 3 }])
})

test('a saved change set is refused when the same two sides give other changes, as many as they are', () => {
  const live = stateOf(containerOf({}, OWNER))
  const { changeSet } = diff([tagResource('a', 'A')], live, { environment: 'staging' })
  expect(movedSince(changeSet, changeSet)).toEqual([])
  const [first] = changeSet.changes
  const other = { ...changeSet, changes: first === undefined ? [] : [{ ...first, cause: 'drift' as const }] }
  expect(movedSince(changeSet, other).map(({ code }) => code)).toEqual(['change-set-differs'])
})

test('a dimension that is taken over from another plan is the plan’s doing, whatever that one’s mark says', () => {
  const sent = {
    name: 'properties/3/customDimensions/1',
    parameterName: 'place',
    displayName: 'Old place',
    scope: 'EVENT',
    description: renderDescription('', { plan: 'other', hash: HASH }),
  }
  const ga4 = ga4ListOf('ga4/custom-dimension', [sent], { plan: PLAN, listed: new Map() })
  const desired: Resource = {
    kind: 'ga4/custom-dimension',
    key: `${PLAN}/place#custom-dimension`,
    name: 'Place',
    spec: { parameterName: 'place', displayName: 'Place', scope: 'EVENT', description: '' },
    notes: '',
  }
  const { changeSet } = diff([desired], stateOf(containerOf({}, OWNER), { ga4 }), {
    environment: 'staging',
    adopts: () => true,
  })
  expect(changeSet.changes.map(({ action, cause }) => `${action} ${cause}`)).toEqual(['adopt plan'])
})

test('the list of key events keeps what it says of another property', () => {
  const elsewhere = { property: '9', event: 'lead', hash: HASH, found: false }
  const version: Resource = { ...constant('version', PLAN), notes: 'Plan: x' }
  const live = stateOf(containerOf({}, OWNER), { listed: { keyEvents: [elsewhere], settings: [] } })
  const { changeSet } = diff([version], live, { environment: 'staging' })
  expect(changeSet.changes[0]?.desired?.notes.split('\n')).toContain(`Key event 9 lead ${HASH}`)
})

test('hashes tell who moved', () => {
  const [then, now] = [constant('a', '1'), constant('a', '2')]
  const sent = (value: string): object => ({
    variableId: '1',
    name: 'a',
    type: 'c',
    parameter: [{ type: 'template', key: 'value', value }],
    notes: renderNotes('', '', { key: then.key, hash: hashOf(then), id: '1' }),
  })
  const cause = (desired: Resource, value: string): unknown =>
    diff([desired], stateOf(containerOf({ variable: [sent(value)] }, OWNER)), { environment: 'staging' })
      .changeSet.changes[0]?.cause
  expect(cause(now, '1')).toBe('plan')
  expect(cause(then, '3')).toBe('drift')
  expect(cause(now, '3')).toBe('both')
})

test('a consent that is looked at otherwise is one word, whatever it was before', () => {
  const said = (status: string, types: readonly string[] = [], more: Partial<TagSpec> = {}) => {
    const resource = tagResource('a', 'A', { ...more, consent: { status, types } })
    return resourceWords(resource, new Map()).get('Consent')
  }
  expect(said('needed', ['ad_storage', 'analytics_storage'])).toBe('requires ad_storage, analytics_storage')
  expect(said('notSet')).toBe('not looked at')
  // Whoever's tag it is: Microsoft's looks by itself, too; a script looks at nothing.
  expect(said('notNeeded', [], { type: 'gaawe' })).toBe('as the tag looks at it by itself')
  expect(said('notNeeded', [], { type: 'baut' })).toBe('as the tag looks at it by itself')
  expect(said('notNeeded', [], { type: 'html' })).toBe('not waited for')
})

test('the script that marks that consent was there is said in words, not in code', () => {
  const words = resourceWords(
    tagResource('a', 'A', { type: 'html', parameters: { html: mark('ad_storage') as string } }),
    new Map(),
  )
  expect([words.get('Marks'), words.get('HTML')]).toEqual(['that consent was there with the page', undefined])
})

test('a constant reads as what it holds, and no inner name of anything else reaches a reader', () => {
  const tag = tagResource('a', 'A', {
    type: 'gaawe',
    parameters: {
      measurementIdOverride: `{{@${PLAN}/measurement-id#variable}}`,
      eventName: `{{@${PLAN}/theirs#variable}}`,
    },
  })
  const constant = { type: 'c', parameters: { value: 'G-SHOP000001' }, formatValue: {}, other: {} }
  const words = resourceWords(tag, new Map([[`@${PLAN}/measurement-id#variable`, constant]]))
  expect(words.get('Measurement id')).toBe('G-SHOP000001')
  expect(words.get('Event')).toBe('GTM variable theirs')
})

test('what goes stands under the conversion that alone used it', () => {
  const live = (second?: object): LiveState =>
    stateOf(
      containerOf(
        {
          tag: [
            sentTag(
              '1',
              'A',
              { parameter: [{ type: 'template', key: 'html', value: '{{Place}}' }] },
              `${PLAN}/a#tag`,
            ),
            ...(second === undefined ? [] : [second]),
          ],
          variable: [
            {
              variableId: '3',
              name: 'Place',
              type: 'v',
              notes: renderNotes('', '', { key: `${PLAN}/dataLayer.place#variable`, hash: HASH, id: '3' }),
            },
          ],
        },
        OWNER,
      ),
    )
  const subject = (state: LiveState): unknown =>
    diff([{ ...tagResource('a', 'A'), origin: '/goals/a' }], state, {
      environment: 'staging',
    }).changeSet.changes.find(({ name }) => name === 'Place')?.subject
  expect(subject(live())).toEqual({ what: 'goal', id: 'a' })
  const other = { parameter: [{ type: 'template', key: 'html', value: '{{Place}}' }] }
  expect(subject(live(sentTag('2', 'B', other, `${PLAN}/b#tag`)))).toMatchObject({ what: 'plan' })
})

test('a key event that goes stands under the conversion whose tag alone sends it', () => {
  const sending = (tagId: string, id: string, event: string): object => {
    const parameter = [{ type: 'template', key: 'eventName', value: event }]
    return sentTag(tagId, id, { type: 'gaawe', parameter }, `${PLAN}/${id}#tag`)
  }
  const entry = { property: '3', event: 'lead', hash: HASH, found: false }
  const ga4 = ga4ListOf('ga4/key-event', [{ name: 'properties/3/keyEvents/1', eventName: 'lead' }], {
    plan: PLAN,
    listed: new Map([['lead', entry]]),
  })
  const subject = (...tags: readonly object[]): unknown =>
    diff(
      ['a', 'b'].map((id) => ({ ...tagResource(id, id), origin: `/goals/${id}` })),
      stateOf(containerOf({ tag: tags }, OWNER), { ga4 }),
      { environment: 'staging' },
    ).changeSet.changes.find(({ kind }) => kind === 'ga4/key-event')?.subject
  expect(subject(sending('1', 'a', 'lead'), sending('2', 'b', 'call'))).toEqual({ what: 'goal', id: 'a' })
  expect(subject(sending('1', 'a', 'lead'), sending('2', 'b', 'lead'))).toEqual({ what: 'event', id: 'lead' })
})

test('what runs before a tag is said by its name, before and after', () => {
  const after = { other: { setupTag: [{ tag: { $tag: `@${PLAN}/base-b#tag` } }] } }
  const desired = [tagResource('base-b', 'Base B'), tagResource('a', 'A', after)]
  const content = containerOf(
    {
      tag: [
        sentTag('1', 'Base A', {}, `${PLAN}/base-a#tag`),
        sentTag('2', 'A', { setupTag: [{ tagName: 'Base A' }] }, `${PLAN}/a#tag`),
      ],
    },
    OWNER,
  )
  const { changeSet } = diff(desired, stateOf(content), { environment: 'staging' })
  const words = changeSet.changes.find(({ key }) => key === `${PLAN}/a#tag`)?.words
  expect(words?.filter(({ word }) => word === 'Runs after')).toEqual([
    { word: 'Runs after', before: 'Base A', after: 'Base B' },
  ])
})

test('a script that differs inside alone is told by what tells it apart, and what somebody made of it is shown whole', () => {
  const script = (more: string): string => `${String(mark('shop'))}${more}`
  const parameter = [{ type: 'template', key: 'html', value: script('theirs') }]
  const wordsFor = (resource: Resource<'gtm/tag'>, hash: string): ChangeSet => {
    const notes = renderNotes('', '', { key: resource.key, hash, id: '1' })
    const content = containerOf({ tag: [{ ...sentTag('1', 'A'), parameter, notes }] }, OWNER)
    return diff([resource], stateOf(content), { environment: 'staging' }).changeSet
  }
  const parameters = { html: script(''), supportDocumentWrite: false }
  const planned = tagResource('a', 'A', { parameters })
  const { length } = script('')
  const byHand = wordsFor(planned, hashOf(planned))
  expect(byHand.changes[0]).toMatchObject({
    held: true,
    words: [
      {
        word: 'Code',
        before: expect.stringMatching(new RegExp(`^${length + 6} characters \\([0-9a-f]{12}\\)$`)),
        after: expect.stringMatching(new RegExp(`^${length} characters \\(`)),
      },
    ],
  })
  expect(renderChangeSetMarkdown(byHand)).toMatch(/Code that runs on the site: A<[^`]*```\n.*theirs\n/)
  // Where it says something else, too, that is the news.
  const paused = wordsFor(tagResource('a', 'A', { parameters, paused: true }), HASH)
  expect(paused.changes[0]?.words.map(({ word }) => word)).toEqual(['Paused'])
})

describe('a plan with another id', () => {
  const renamed = { plan: 'store', formerly: PLAN }
  const was = (resource: Resource): Resource => ({
    ...resource,
    key: resource.key.replace(PLAN, 'store'),
    was: [resource.key],
  })

  test('takes along what carries the former one, and says so in one word', () => {
    const content = containerOf({ tag: [sentTag('1', 'Ours', {}, `${PLAN}/a#tag`)] }, renamed)
    const live = { ...stateOf(content), ...renamed }
    const { changeSet } = diff([was(tagResource('a', 'Ours'))], live, { environment: 'staging' })
    expect(changeSet.summary).toMatchObject({ create: 0, update: 1, delete: 0 })
    expect(changeSet.changes[0]?.words).toEqual([{ word: 'Plan id', before: PLAN, after: 'store' }])
  })

  test('takes along its list of key events', () => {
    const listed = { keyEvents: [{ property: '3', event: 'lead', hash: HASH, found: false }], settings: [] }
    const key = `${PLAN}/version#variable`
    const notes = renderNotes('', withListed('', listed), { key, hash: HASH, id: '2' })
    const content = containerOf({ variable: [{ variableId: '2', name: 'V', type: 'c', notes }] }, renamed)
    expect(listedIn(content, renamed)).toEqual(listed)
    expect(listedIn(content, { plan: 'store' })).toBeUndefined()
  })

  test('has its dimensions marked anew, once', () => {
    const desired: Resource = {
      kind: 'ga4/custom-dimension',
      key: 'store/colour#dimension',
      name: 'Colour',
      spec: { parameterName: 'colour', displayName: 'Colour', description: 'Which', scope: 'EVENT' },
      notes: '',
    }
    const changesFor = (plan: string): readonly Change[] => {
      const description = renderDescription('Which', { plan, hash: hashOf(desired) })
      const sent = { name: 'properties/3/customDimensions/1', ...desired.spec, description }
      const ga4 = ga4ListOf('ga4/custom-dimension', [sent], { ...renamed, listed: new Map() })
      const live = { ...stateOf(containerOf({}, renamed), { ga4 }), ...renamed }
      return diff([desired], live, { environment: 'staging' }).changeSet.changes
    }
    expect(changesFor(PLAN)).toMatchObject([{ action: 'update', cause: 'plan', fields: [] }])
    expect(changesFor('store')).toEqual([])
    // A third plan's stays that plan's.
    expect(changesFor('another')).toEqual([])
  })
})

describe('what is in the plan’s workspace before an apply', () => {
  const set = (...changes: readonly Change[]): ChangeSet =>
    ({ plan: PLAN, changes, uses: [] }) as unknown as ChangeSet
  const strangers = containerOf({ tag: [sentTag('1', 'Theirs')] }, OWNER)
  const own = containerOf({ tag: [sentTag('1', 'Ours', {}, `${PLAN}/a#tag`)] }, OWNER)
  const none = containerOf({}, OWNER)

  test('a thing of others that was deleted there is somebody’s work; one of ours is what a run left', () => {
    expect(otherWorkIn(set(), strangers, none)).toMatchObject({ foreign: [{ status: 'deleted' }], stale: [] })
    expect(otherWorkIn(set(), own, none)).toMatchObject({ foreign: [], stale: [{ status: 'deleted' }] })
  })

  test('a thing without a mark that was added there is somebody’s work', () => {
    expect(otherWorkIn(set(), none, strangers)).toMatchObject({ foreign: [{ status: 'added' }], stale: [] })
  })
})
