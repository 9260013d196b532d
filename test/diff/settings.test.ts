/** Settings that are always there: what is nobody's, and what stands in a stream that is missing. */
import { describe, expect, test } from 'vitest'
import { diff, type Diff, type DiffOptions } from '../../src/diff/diff.ts'
import { NOTHING_LISTED, listedOf, settingIdentity, type Listed } from '../../src/live/listed.ts'
import { ga4ListOf } from '../../src/live/property.ts'
import type { Live, LiveState } from '../../src/live/live.ts'
import { fieldOf } from '../../src/resources/change-set.ts'
import type { Ga4Kind, Resource, SettingsSpec } from '../../src/resources/resource.ts'
import { diffOptions } from '../apply/harness.ts'
import { constantOf } from '../resources/make-resource.ts'
import { liveStateOf } from './live-state.ts'

const state = (ga4: readonly Live<Ga4Kind>[], stream?: string, more: Partial<LiveState> = {}): LiveState =>
  liveStateOf({ ...(stream === undefined ? {} : { stream }), ga4, ...more })
const scrolls: Resource<'ga4/enhanced-measurement'> = {
  kind: 'ga4/enhanced-measurement',
  key: 'shop/property#enhanced-measurement',
  name: 'settings',
  notes: '',
  origin: '/enhancedMeasurement',
  spec: { scrollsEnabled: false },
}

test('a measurement id that the property does not have is refused at its place', () => {
  const { diagnostics, changeSet } = diff([scrolls], state([]), diffOptions())
  expect(diagnostics).toMatchObject([
    { code: 'stream-is-not-there', severity: 'error', at: '/enhancedMeasurement' },
  ])
  expect(changeSet.changes).toEqual([])
})

test('only what the plan states differs, and what else is set is nobody’s', () => {
  const sent = { name: 'properties/1/dataStreams/2/x', scrollsEnabled: true, streamEnabled: true }
  const live = ga4ListOf('ga4/enhanced-measurement', [sent], { plan: 'shop', listed: new Map() })
  const { changeSet } = diff([scrolls], state(live, 'properties/1/dataStreams/2'), diffOptions())
  expect(changeSet.changes).toMatchObject([
    { action: 'update', cause: 'plan', fields: [{ path: 'scrollsEnabled', before: true, after: false }] },
  ])
  // Two lists are read whether or not anything differs; one request writes, one reads back.
  expect(changeSet.requests.ga4).toBe(1 + 1 + 1)
  const { changeSet: none } = diff([], state(live, 'properties/1/dataStreams/2'), diffOptions())
  expect(none.changes).toEqual([])
})

describe('who moved a setting', () => {
  const stated = (spec: SettingsSpec): Resource<'ga4/property'> => ({
    kind: 'ga4/property',
    key: 'shop/property#property',
    name: 'settings',
    notes: '',
    origin: '/property',
    spec,
  })
  const link: Resource<'ga4/google-ads-link'> = {
    kind: 'ga4/google-ads-link',
    key: 'shop/1234567890#google-ads-link',
    name: '1234567890',
    notes: '',
    origin: '/property/googleAds/1234567890',
    spec: { customerId: '1234567890', adsPersonalizationEnabled: false },
  }
  const version = constantOf('shop/version#variable', 'Plan version', 'shop')
  const compare = (
    desired: readonly Resource[],
    sent: SettingsSpec,
    listed: Listed = NOTHING_LISTED,
    more: Partial<LiveState> = {},
    options: Partial<DiffOptions> = {},
  ): Diff => {
    const live = ga4ListOf('ga4/property', [{ name: 'properties/1', ...sent }], {
      plan: 'shop',
      listed: new Map(),
    })
    return diff([...desired, version], state(live, undefined, { listed, ...more }), diffOptions(options))
  }
  /** What the next version says once that was applied. */
  const listedAfter = (desired: readonly Resource[], sent: SettingsSpec, before?: Listed): Listed => {
    const { changeSet } = compare(desired, sent, before)
    const made = changeSet.changes.find(({ key }) => key === version.key)
    return listedOf(made?.desired?.notes ?? '')
  }
  const aed = stated({ currencyCode: 'AED' })
  const applied = listedAfter([aed], { currencyCode: 'USD' })

  const settingsIn = ({ changeSet }: Diff): readonly string[] =>
    changeSet.changes
      .filter(({ kind }) => kind === 'ga4/property')
      .map(({ cause, held, fields }) =>
        [cause, ...(held === true ? ['held'] : []), ...fields.map(({ path }) => path)].join(' '),
      )

  test('is told from what was last written: the plan, a hand, or both', () => {
    const usd = stated({ currencyCode: 'USD' })
    expect(settingsIn(compare([aed], { currencyCode: 'EUR' }, applied))).toEqual(['drift held currencyCode'])
    expect(settingsIn(compare([usd], { currencyCode: 'AED' }, applied))).toEqual(['plan currencyCode'])
    expect(settingsIn(compare([usd], { currencyCode: 'EUR' }, applied))).toEqual(['both currencyCode'])
    expect(settingsIn(compare([aed], { currencyCode: 'EUR' }))).toEqual(['plan currencyCode'])
  })

  test('is the hand’s also where it set back what stood there before the plan', () => {
    expect(settingsIn(compare([aed], { currencyCode: 'USD' }, applied))).toEqual(['drift held currencyCode'])
  })

  test('is told field by field: one that is stated for the first time is the plan’s doing', () => {
    const more = stated({ currencyCode: 'AED', timeZone: 'Asia/Dubai' })
    const sent = { currencyCode: 'AED', timeZone: 'Etc/UTC' }
    expect(settingsIn(compare([more], sent, applied))).toEqual(['plan timeZone'])
  })

  test('a field changed by hand stays so while the plan changes another one of the same thing', () => {
    const more = stated({ currencyCode: 'AED', timeZone: 'Asia/Dubai' })
    const sent = { currencyCode: 'EUR', timeZone: 'Etc/UTC' }
    const found = compare([more], sent, applied)
    expect(settingsIn(found)).toEqual(['plan timeZone', 'drift held currencyCode'])
    const [written, kept] = found.changeSet.changes.filter(({ kind }) => kind === 'ga4/property')
    expect(written?.desired?.spec).toEqual({ timeZone: 'Asia/Dubai' })
    expect(kept?.desired?.spec).toEqual({ currencyCode: 'AED' })
    expect(kept?.words).toMatchObject([{ word: 'Currency of the reports', before: 'EUR', after: 'AED' }])
    // The version variable and the property: what is said twice of one thing is one thing.
    expect(found.changeSet.summary).toMatchObject({ update: 1, held: 1, unchanged: 0 })
    // Both go when drift is to be undone.
    expect(settingsIn(compare([more], sent, applied, {}, { restoreDrift: true }))).toEqual([
      'both currencyCode timeZone',
    ])
  })

  test('what GA4 takes only with what the plan changes is written with it', () => {
    const redaction = (spec: SettingsSpec): Resource<'ga4/data-redaction'> => ({
      kind: 'ga4/data-redaction',
      key: 'shop/property#data-redaction',
      name: 'settings',
      notes: '',
      spec,
    })
    const inStream = (sent: SettingsSpec): Partial<LiveState> => ({
      stream: 'properties/1/dataStreams/2',
      ga4: ga4ListOf('ga4/data-redaction', [{ name: 'x', ...sent }], { plan: 'shop', listed: new Map() }),
    })
    const on = { queryParameterRedactionEnabled: true, emailRedactionEnabled: true }
    const first = redaction({ ...on, queryParameterKeys: ['email'] })
    const next = redaction({ ...on, queryParameterKeys: ['email', 'phone'] })
    const sent = { ...on, queryParameterKeys: ['email'] }
    const written = compare([first], {}, NOTHING_LISTED, inStream({}))
    const made = written.changeSet.changes.find(({ key }) => key === version.key)
    const listed = listedOf(made?.desired?.notes ?? '')
    const changes = (off: SettingsSpec): readonly string[] =>
      compare([next], {}, listed, inStream({ ...sent, ...off }))
        .changeSet.changes.filter(({ kind }) => kind === 'ga4/data-redaction')
        .map(({ cause, held, fields }) => [cause, held ?? false, ...fields.map(fieldOf)].join(' '))
    expect(changes({ emailRedactionEnabled: false })).toEqual([
      'plan false queryParameterKeys',
      'drift true emailRedactionEnabled',
    ])
    expect(changes({ queryParameterRedactionEnabled: false })).toEqual([
      'both false queryParameterKeys queryParameterRedactionEnabled',
    ])
  })

  test('the list settles: what was written is no reason for another version', () => {
    const { changeSet } = compare([aed], { currencyCode: 'AED' }, applied)
    const notes = changeSet.changes.find(({ key }) => key === version.key)?.desired?.notes ?? ''
    expect(listedOf(notes)).toEqual(applied)
    // Changed by hand and held back, too.
    expect(listedAfter([aed], { currencyCode: 'EUR' }, applied)).toEqual(applied)
  })

  test('what the plan no longer states is said once, and left', () => {
    const both = listedAfter([aed, link], { currencyCode: 'AED' })
    const given = compare([], { currencyCode: 'AED' }, both)
    expect(given.diagnostics.map(({ code, message }) => `${code} ${message}`)).toEqual([
      'setting-is-left The plan no longer states the Google Ads link "1234567890": it stays in GA4 as it is, and is the plan\'s no more.',
      'setting-is-left The plan no longer states "Currency of the reports" of the property: it stays in GA4 as it is, and is the plan\'s no more.',
    ])
    expect(settingsIn(given)).toEqual([])
    const next = listedAfter([], { currencyCode: 'AED' }, both)
    expect(compare([], { currencyCode: 'AED' }, next).diagnostics).toEqual([])
  })

  test('two plans that state it otherwise take no turns: the field is left, the others are set', () => {
    const hash = (listedAfter([stated({ currencyCode: 'EUR' })], {}).settings[0] ?? { hash: '' }).hash
    const identity = settingIdentity('property', 'currencyCode')
    const ga4Uses = [{ plan: 'other', identity, hash }]
    const more = stated({ currencyCode: 'AED', timeZone: 'Asia/Dubai' })
    const sent = { currencyCode: 'EUR', timeZone: 'Etc/UTC' }
    const found = compare([more], sent, NOTHING_LISTED, { ga4Uses })
    expect(settingsIn(found)).toEqual(['plan timeZone'])
    expect(found.diagnostics).toMatchObject([{ code: 'setting-of-another-plan', at: '/property' }])
    const alone = compare([aed], { currencyCode: 'EUR' }, NOTHING_LISTED, { ga4Uses })
    expect(settingsIn(alone)).toEqual([])
    expect(alone.changeSet.uses).toMatchObject([{ kind: 'ga4/property' }])
    // What was not written is not written down, so the other plan is free to change it.
    const made = alone.changeSet.changes.find(({ key }) => key === version.key)
    expect(listedOf(made?.desired?.notes ?? '').settings).toEqual([])
    // Who says the same is no obstacle.
    const agreed = ga4Uses.map((use) => ({ ...use, hash: applied.settings[0]?.hash ?? '' }))
    expect(settingsIn(compare([aed], { currencyCode: 'EUR' }, NOTHING_LISTED, { ga4Uses: agreed }))).toEqual([
      'plan currencyCode',
    ])
  })
})

describe('an event that GA4 makes, renamed in the plan', () => {
  const rule = (event: string, was?: string): Resource<'ga4/event-create-rule'> => ({
    kind: 'ga4/event-create-rule',
    key: `shop/${event}#event-create-rule`,
    name: event,
    notes: '',
    origin: `/property/derived/${event}`,
    spec: {
      destinationEvent: event,
      eventConditions: [{ field: 'event_name', comparisonType: 'EQUALS', value: 'page_view' }],
      sourceCopyParameters: true,
      parameterMutations: [],
    },
    ...(was === undefined ? {} : { was: [`shop/${was}#event-create-rule`] }),
  })
  const there = {
    stream: 'properties/1/dataStreams/2',
    ga4: ga4ListOf(
      'ga4/event-create-rule',
      [{ name: 'properties/1/dataStreams/2/eventCreateRules/3', ...rule('shelf_viewed').spec }],
      { plan: 'shop', listed: new Map() },
    ),
  }
  const version = constantOf('shop/version#variable', 'Plan version', 'shop')
  const compare = (wanted: Resource, listed: Listed): Diff =>
    diff([wanted, version], liveStateOf({ ...there, listed }), diffOptions())
  const made = compare(rule('shelf_viewed'), NOTHING_LISTED).changeSet.changes.find(
    ({ key }) => key === version.key,
  )
  const listed = listedOf(made?.desired?.notes ?? '')

  test('is renamed in GA4 where the plan says what it was, and nothing is left behind', () => {
    const { changeSet, diagnostics } = compare(rule('shelf_seen', 'shelf_viewed'), listed)
    expect(changeSet.changes.filter(({ kind }) => kind === 'ga4/event-create-rule')).toMatchObject([
      {
        action: 'rename',
        cause: 'plan',
        previousName: 'shelf_viewed',
        fields: [{ path: 'destinationEvent', before: 'shelf_viewed', after: 'shelf_seen' }],
      },
    ])
    expect(diagnostics).toEqual([])
  })

  test('is made anew beside the old one where the plan does not, and that is said', () => {
    const { changeSet, diagnostics } = compare(rule('shelf_seen'), listed)
    expect(changeSet.changes.filter(({ kind }) => kind === 'ga4/event-create-rule')).toMatchObject([
      { action: 'create', name: 'shelf_seen' },
    ])
    expect(diagnostics.map(({ code }) => code)).toEqual(['setting-is-left'])
  })
})
