/**
 * Whole commands in any weather, two plans and other people in the same containers: what must never happen is looked
 * for at every publication, and what must be true in the end when all is quiet again. One number makes one storm.
 */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import type { Clock } from '../../../src/google/clock.ts'
import type { Outcome } from '../run-plan.ts'
import { LinkedClock } from '../../apply/linked-clock.ts'
import { FastClock } from '../../google/connect-to.ts'
import type { Weather } from './line.ts'
import { htmlTag, type Desk, type Entity, type People, type Snapshot } from './people.ts'
import { PROPERTY, shop, type Extras, type Shop, type Step, type Town } from './town.ts'

export interface Tally {
  commands: number
  requests: number
  faults: number
  kills: number
  byOthers: number
  publications: number
}

export function noTally(): Tally {
  return { commands: 0, requests: 0, faults: 0, kills: 0, byOthers: 0, publications: 0 }
}

/** A number makes the same choices on every machine (mulberry32). */
class Dice {
  #state: number
  constructor(seed: number) {
    this.#state = seed >>> 0
  }
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let t = this.#state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
  upTo(count: number): number {
    return Math.floor(this.next() * count)
  }
  chance(share: number): boolean {
    return this.next() < share
  }
  of<T>(choices: readonly T[]): T {
    return choices[this.upTo(choices.length)] as T
  }
}

const ROOT = join(import.meta.dirname, '../../..')
const CONTAINERS = ['GTM-SHOP01', 'GTM-OTHER1'] as const

/** What the sandbox leaves open, each with the answers that are tried. */
const SWITCHES: { readonly [name: string]: readonly unknown[] } = {
  bulkUpdate: ['supported', 'supported', 'supported', 'unsupported', 'unimplemented'],
  bulkNewIdsInFiringTriggers: [true, true, false],
  bulkAtomic: [true, false],
  bulkBuiltIns: [true, false],
  bulkChecksFingerprints: [false, true],
  bulkMaxChanges: [null, null, 1, 3, 10],
  renameRewritesReferences: [false, true],
  fingerprintMismatchStatus: [409, 400, 412],
  deleteTriggerInUse: ['refuse', 'dangle', 'unlink'],
  deleteVariableInUse: ['dangle', 'refuse'],
  unknownFields: ['refuse', 'ignore'],
  fillDefaults: [false, true],
  emptyAnswer: ['204', '200', '200 {}'],
  archivedNameReusable: [true, true, false],
  archivedKeepsSlot: [false, true],
  immutableInUpdateMask: ['refuse', 'ignore'],
  pageSize: [20, 2],
  checksFingerprints: [true, false],
  upperSnakeEnums: [false, true],
  unknownTypes: ['refuse', 'accept'],
  compilerErrorMakesVersion: [false, true],
  autoEventFilterAlone: ['keep', 'drop'],
  maxWorkspaces: [3, 3, 4],
}

/** What passes by: while it lasts nothing can come to an end. */
const PASSING: readonly { readonly [name: string]: unknown }[] = [
  { containerPermission: 'read' },
  { containerPermission: 'edit' },
  { containerPermission: 'approve' },
  { updatesChangeNothing: true },
  { maxKeyEvents: 3 },
  { maxWorkspaces: 1 },
  { bulkMaxChanges: 1, bulkUpdate: 'supported' },
]

const QUOTA_403 = {
  error: {
    code: 403,
    message: 'Quota exceeded',
    errors: [{ message: 'Quota exceeded', domain: 'usageLimits', reason: 'rateLimitExceeded' }],
    status: 'PERMISSION_DENIED',
  },
}
const FORBIDDEN = {
  error: { code: 403, message: 'The caller does not have permission', status: 'PERMISSION_DENIED' },
}

const FAULTS: readonly Weather['does'][] = [
  { kind: 'answer', status: 429 },
  { kind: 'answer', status: 403, body: QUOTA_403 },
  { kind: 'answer', status: 403, body: FORBIDDEN },
  { kind: 'answer', status: 500 },
  { kind: 'answer', status: 503 },
  { kind: 'answer', status: 200 },
  { kind: 'cut' },
  { kind: 'cut' },
]

/** As it is when nothing passes by. */
const PASSED = {
  containerPermission: 'publish',
  updatesChangeNothing: false,
  maxKeyEvents: 30,
  maxWorkspaces: 3,
  bulkMaxChanges: null,
}

/** A plan under edit. */
interface Living {
  readonly id: string
  readonly container: string
  value: number
  steps: Map<string, Step>
  registered: Map<string, string>
  more: Extras
  born: number
}

const ADS = { '1234567890': { personalization: true } }
const BIGQUERY = { '123456789012': { location: 'EU', daily: true } }

/** The settings that each plan may state, each with the values it may have; of one that both state, one has its way. */
const SETTINGS: { readonly [plan: string]: readonly (readonly [string, readonly unknown[]])[] } = {
  alpha: [
    ['currency', ['AED', 'EUR', 'USD']],
    [
      'retention',
      [
        { events: '2 months', users: '2 months' },
        { events: '14 months', users: '14 months' },
      ],
    ],
    ['signals', [false]],
    ['redact', [{ email: true }, { email: false }, { email: true, query: ['email'] }]],
    ['googleAds', [ADS, { ...ADS, '9876543210': {} }, { '1234567890': { personalization: false } }]],
    ['secrets', [['Order service'], ['Order service', 'Till']]],
  ],
  beta: [
    ['currency', ['EUR', 'CHF']],
    ['redact', [{ email: true }, { query: ['phone'] }]],
    ['googleAds', [ADS]],
    ['secrets', [['Order service']]],
    ['bigquery', [BIGQUERY, { '123456789012': { ...BIGQUERY['123456789012'], exclude: ['scroll'] } }]],
    ['industry', ['shopping', 'finance']],
    ['identity', ['blended', 'observed', 'device']],
  ],
}

/** What somebody sets by hand: the path, the field as a mask and in the body, values that no plan states. */
const HAND_SETTINGS = [
  { path: '', field: 'currencyCode', mask: 'currency_code', values: ['JPY', 'GBP'] },
  { path: '', field: 'industryCategory', mask: 'industry_category', values: ['TRAVEL', 'GAMES'] },
] as const

export async function rideOut(
  town: Town,
  seed: number,
  tally: Tally = noTally(),
  log: string[] = [],
): Promise<void> {
  const storm = new Storm(town, seed, tally, log)
  await storm.ride()
}

class Storm {
  readonly #town: Town
  readonly #dice: Dice
  readonly #tally: Tally
  readonly #log: string[]
  readonly #plans: Living[]
  /** Key events that somebody set by hand, with the plan's value at that time. */
  readonly #byHand = new Map<string, { readonly set: number; readonly planned: number | undefined }>()
  readonly #theirEvents: string[] = []
  readonly #theirAudiences: string[] = []
  /** Fields of the property that somebody set by hand, as they were set last. */
  readonly #setByHand = new Map<string, string>()
  /** Which plan a dimension was registered by last. */
  readonly #registrar = new Map<string, string>()
  /** What people are at; a command may end before they do. */
  readonly #acting: Promise<void>[] = []
  /** What somebody put into a draft of ours. */
  readonly #inOurDraft = new Set<string>()
  /** Whether GA4 gives the name of an archived dimension again. */
  #isReusable = true
  #switches: { readonly [name: string]: unknown } = {}
  /** Key events that stood there when somebody made an older version the latest, whose list does not know them. */
  readonly #forgotten = new Set<string>()
  #hasGoneBack = false
  #clock: () => Promise<Clock> = () => Promise.resolve(new FastClock())
  #things = 0
  /** Of each container, what is not a plan's, as JSON by kind and id; and what was live when last looked at. */
  #theirs = new Map<string, readonly string[]>()
  #live = new Map<string, Snapshot>()

  constructor(town: Town, seed: number, tally: Tally, log: string[]) {
    this.#town = town
    this.#dice = new Dice(seed)
    this.#tally = tally
    this.#log = log
    const dice = this.#dice
    const second = dice.of(CONTAINERS)
    this.#plans = [newPlan('alpha', CONTAINERS[0], 100), newPlan('beta', second, 50)]
    for (const plan of this.#plans) {
      for (let step = 0; step < 3; step++) plan.steps.set(this.#newId(plan), this.#anyStep(plan))
      if (dice.chance(0.5)) this.#register(plan)
      for (let extra = dice.upTo(5); extra > 0; extra--) this.#sayMore(plan)
    }
  }

  async ride(): Promise<void> {
    const dice = this.#dice
    const switches = Object.fromEntries(
      Object.entries(SWITCHES).map(([name, choices]) => [name, dice.of(choices)]),
    )
    this.#say('switches', switches)
    await this.#town.reset(switches)
    this.#isReusable = switches['archivedNameReusable'] === true
    this.#switches = switches
    if (dice.chance(0.1)) await this.#withQuota()
    for (const plan of this.#plans) {
      this.#write(plan)
      await this.#command(['diff', this.#town.file(plan.id)])
      this.#say('plan', plan.id, plan.container)
    }
    if (dice.chance(0.6)) await this.#someoneActs(CONTAINERS[0])
    const acts = 2 + dice.upTo(4)
    for (let act = 0; act < acts; act++) {
      const plan = dice.of(this.#plans)
      if (dice.chance(0.7)) this.#edit(plan)
      if (dice.chance(0.35)) await this.#someoneActs(plan.container)
      const passing = dice.chance(0.15) ? dice.of(PASSING) : {}
      if (Object.keys(passing).length > 0) this.#say('for now', passing)
      await this.#behave({ ...switches, ...passing })
      await this.#apply(plan)
      await this.#behave(switches)
      await this.#lookAround()
    }
    await this.#calm()
  }

  async #behave(ways: object): Promise<void> {
    await this.#town.people(CONTAINERS[0]).control('POST', 'behaviour', { ...PASSED, ...ways })
  }

  async #withQuota(): Promise<void> {
    const people = this.#town.people(CONTAINERS[0])
    await people.control('POST', 'quota', { mode: this.#dice.of(['published', 'observed']) })
    this.#clock = () => LinkedClock.linkedTo(this.#town.sandbox.url)
    this.#say('quota')
  }

  // --- plans

  #newId(plan: Living): string {
    return `s${plan.born++}`
  }

  #anyStep(plan: Living): Step {
    const dice = this.#dice
    // Two plans may send one event, and so share a key event.
    const event = dice.chance(0.15) ? dice.of(['shared_one', 'shared_two']) : undefined
    const name =
      event === undefined || [...plan.steps.values()].some((step) => step.event === event) ? undefined : event
    return {
      ...(name === undefined ? {} : { event: name }),
      ...(dice.chance(0.5) ? { weight: dice.of([0.1, 0.2, 0.5]) } : {}),
      sends: ['x', 'y', 'z'].filter(() => dice.chance(0.4)),
      both: dice.chance(0.3),
      protected: dice.chance(0.2),
      after: dice.chance(0.2),
    }
  }

  #register(plan: Living): void {
    const name = this.#dice.of(['x', 'y'])
    // Two plans that label one dimension otherwise would take turns; that is a warning and not looked into here.
    plan.registered.set(name, `Label ${name}`)
    this.#registrar.set(name, plan.id)
  }

  /** Something beside its conversions is said, said otherwise, or said no more. */
  #sayMore(plan: Living): void {
    const dice = this.#dice
    const given = <T>(value: T): T | undefined => (dice.chance(0.75) ? value : undefined)
    const { settings = {} } = plan.more
    const [field, values] = dice.of(SETTINGS[plan.id] ?? [])
    const title = `${plan.id} ${this.#things++}`
    const said: readonly { readonly [field in keyof Extras]: Extras[field] | undefined }[] = [
      { settings: { ...settings, [field]: given(dice.of(values)) } },
      { audience: given({ title: `Paid ${title}`, keep: dice.of([10, 30]) }) },
      { rate: given(`Rate ${title}`) },
      { channel: given(dice.of(['wa', 'mail'])) },
      { derived: given({ name: dice.of(['seen', 'looked']), place: dice.of(['shop', 'front']) }) },
      // What is called alike in both plans, a vendor's base, the consent tag and the dimension of markets, is one plan's.
      plan.id === 'alpha' ? { meta: given(dice.of(['1234567890', '9876543210'])) } : {},
      plan.id === 'alpha' ? { consent: given(dice.of(['denied', 'granted'])) } : {},
      plan.id === 'alpha' ? { markets: dice.of([[], ['ae', 'sa'], ['ae', 'sa', 'kw']]) } : {},
    ]
    plan.more = JSON.parse(JSON.stringify({ ...plan.more, ...dice.of(said) })) as Extras
  }

  #edit(plan: Living): void {
    const dice = this.#dice
    const ids = [...plan.steps.keys()]
    const id = dice.of(ids)
    const step = plan.steps.get(id) ?? {}
    const kept = Object.fromEntries(Object.entries(step).filter(([field]) => field !== 'was'))
    const title = `T${dice.upTo(1000)}`
    const what = dice.of([
      'value',
      'title',
      'step',
      'add',
      'remove',
      'rename',
      'register',
      'unregister',
      'weight',
      'swap',
      'more',
      'more',
      'more',
    ])
    switch (what) {
      case 'more':
        this.#sayMore(plan)
        break
      case 'value':
        plan.value = 10 * (1 + dice.upTo(30))
        break
      case 'title':
        plan.steps.set(id, { ...step, title })
        break
      case 'step':
        plan.steps.set(id, this.#anyStep(plan))
        break
      case 'add':
        if (ids.length < 5) plan.steps.set(this.#newId(plan), this.#anyStep(plan))
        break
      case 'remove':
        plan.steps.delete(id)
        break
      case 'rename':
        plan.steps.delete(id)
        plan.steps.set(this.#newId(plan), { ...kept, was: id, event: step.event ?? `${plan.id}_${id}` })
        break
      case 'register':
        this.#register(plan)
        break
      case 'unregister':
        plan.registered.delete(dice.of([...plan.registered.keys(), 'x']))
        break
      case 'weight':
        plan.steps.set(id, { ...step, weight: dice.of([0.1, 0.2, 0.5]) })
        break
      case 'swap': {
        const other = dice.of(ids)
        const [a, b] = [plan.steps.get(id) ?? {}, plan.steps.get(other) ?? {}]
        if (id !== other) {
          plan.steps.set(id, { ...a, title: `Swapped ${other}` })
          plan.steps.set(other, { ...b, title: `Swapped ${id}` })
        }
        break
      }
    }
    this.#say('edit', plan.id, what, id)
    this.#write(plan)
  }

  #write(plan: Living): void {
    this.#town.write(plan.id, shop(shopOf(plan)))
  }

  // --- other people

  async #someoneActs(container: string, mayPublish = true): Promise<void> {
    const dice = this.#dice
    const people = this.#town.people(container)
    const what = dice.of([
      'adds a tag',
      'adds a tag',
      'publishes the latest',
      'copies ours',
      'copies ours and deletes the original',
      'pastes a marker',
      'edits ours',
      'deletes ours',
      'deletes the version variable',
      'sets a value',
      'makes a key event',
      'works in our workspace',
      'edits in our workspace',
      'deletes our workspace',
      'makes a version of our workspace',
      'goes back',
      'renames our tag',
      'renames our variable',
      'deletes our trigger',
      'deletes our key event',
      'archives our dimension',
      'writes into our notes',
      'sets a setting',
      'renames our audience',
      'archives our audience',
      'makes an audience',
      'changes our metric',
      'deletes our metric',
      'changes our rule',
      'deletes our rule',
      'changes our link',
      'deletes our link',
      'changes what is cut out',
      'deletes our secret',
    ])
    const publish = dice.chance(0.4) && mayPublish
    this.#tally.byOthers++
    this.#say('somebody', container, what, publish ? 'and publishes' : '')
    const ours = (await people.snapshot().catch(() => undefined))?.latest['tag']?.filter(isMarked) ?? []
    const chosen = ours.length === 0 ? undefined : dice.of(ours)
    const one = chosen && String(chosen['name'])
    // A version that somebody made of a half-written draft: nothing tells its marks from their copies yet.
    const original = chosen && WITH_ID.test(String(chosen['notes'])) ? one : undefined
    const thing = (): string => `By hand ${this.#things++}`
    const edit = async (work: (desk: Desk) => Promise<unknown>): Promise<void> => {
      try {
        await people.edit(async (desk) => void (await work(desk)), { publish })
      } catch (error) {
        // Their own draft may be in conflict, or break the container: then they begin anew.
        const desk = await people.desk()
        await people.call('DELETE', desk?.path ?? '')
        this.#say('  in vain:', error instanceof Error ? error.message.slice(0, 100) : '')
      }
    }
    switch (what) {
      case 'adds a tag':
        await edit((desk) => desk.create('tags', htmlTag(thing())))
        break
      case 'publishes the latest': {
        const { latestId } = await people.snapshot()
        if (mayPublish) await people.publish(latestId)
        break
      }
      case 'copies ours':
        if (original !== undefined) await edit((desk) => desk.copy('tags', original, thing()))
        break
      case 'copies ours and deletes the original':
        if (original !== undefined)
          await edit(async (desk) => {
            await desk.copy('tags', original, thing())
            await desk.delete('tags', original)
          })
        break
      case 'pastes a marker': {
        const theirs = ((await people.snapshot()).latest['tag'] ?? []).find((tag) => !isMarked(tag))
        const notes = ours.find(({ name }) => name === original)?.['notes']
        if (theirs && notes !== undefined)
          await edit((desk) => desk.change('tags', String(theirs['name']), (tag) => ({ ...tag, notes })))
        break
      }
      case 'edits ours':
        if (one !== undefined)
          await edit((desk) =>
            desk.change('tags', one, (tag) => ({ ...tag, paused: tag['paused'] !== true })),
          )
        break
      case 'deletes ours':
        if (one !== undefined) await edit((desk) => desk.delete('tags', one))
        break
      case 'deletes the version variable': {
        const own = ((await people.snapshot()).latest['variable'] ?? []).find(({ notes }) =>
          String(notes).includes('/version#variable'),
        )
        if (own) await edit((desk) => desk.delete('variables', String(own['name'])))
        break
      }
      case 'edits in our workspace': {
        const desk = await this.#ourDesk(people)
        const mine = (await desk?.list('tags'))?.find(isMarked)
        if (desk && mine)
          await desk.change('tags', String(mine['name']), (tag) => ({
            ...tag,
            paused: tag['paused'] !== true,
          }))
        break
      }
      case 'deletes our workspace': {
        const desk = await this.#ourDesk(people)
        if (desk) await people.call('DELETE', desk.path)
        break
      }
      case 'makes a version of our workspace': {
        // It may be half-written, so they know better than to publish it.
        const desk = await this.#ourDesk(people)
        if (desk)
          await people.call('POST', `${desk.path}:create_version`, { name: 'By hand' }).catch(() => undefined)
        break
      }
      case 'goes back': {
        const { latestId } = await people.snapshot()
        const id = String(1 + dice.upTo(Number(latestId)))
        const path = `${await people.path()}/versions/${id}`
        for (const { eventName } of await people.keyEvents(PROPERTY)) this.#forgotten.add(String(eventName))
        await people.call('POST', `${path}:set_latest`)
        this.#hasGoneBack = true
        if (publish) await people.publish(id)
        break
      }
      case 'renames our tag':
        if (one !== undefined && !one.startsWith('By hand'))
          await edit((desk) =>
            desk.change('tags', one, (tag) => ({ ...tag, name: `Renamed ${this.#things++}` })),
          )
        break
      case 'renames our variable': {
        const own = ((await people.snapshot()).latest['variable'] ?? []).find(isMarked)
        if (!own) break
        // Google's own page brings the new name to whatever refers to it.
        await people.control('POST', 'behaviour', { renameRewritesReferences: true })
        await edit((desk) =>
          desk.change('variables', String(own['name']), (variable) => ({
            ...variable,
            name: `${String(own['name'])} renamed`,
          })),
        )
        await people.control('POST', 'behaviour', {
          renameRewritesReferences: this.#switches['renameRewritesReferences'],
        })
        break
      }
      case 'deletes our trigger': {
        const all = (await people.snapshot()).latest['trigger'] ?? []
        // A member of a group would leave the group without it, and the container broken.
        const members = JSON.stringify(all.filter(({ type }) => type === 'triggerGroup'))
        const own = all.filter(
          (each) => isMarked(each) && !members.includes(`"${String(each['triggerId'])}"`),
        )
        if (own.length === 0) break
        // Nobody leaves a container behind that does not compile: what fires on the trigger loses it.
        const way = this.#switches['deleteTriggerInUse']
        await people.control('POST', 'behaviour', { deleteTriggerInUse: way === 'dangle' ? 'unlink' : way })
        await edit((desk) => desk.delete('triggers', String(dice.of(own)['name'])))
        await people.control('POST', 'behaviour', { deleteTriggerInUse: way })
        break
      }
      case 'deletes our key event': {
        const own = (await people.keyEvents(PROPERTY)).filter(({ eventName }) =>
          /^(alpha|beta|paid)_/.test(String(eventName)),
        )
        const gone = own.length === 0 ? undefined : dice.of(own)
        if (gone) await people.call('DELETE', `v1beta/${String(gone['name'])}`)
        break
      }
      case 'archives our dimension': {
        const [own] = await people.dimensions(PROPERTY)
        if (own) await people.call('POST', `v1beta/${String(own['name'])}:archive`)
        break
      }
      case 'sets a setting': {
        const { field, mask, values } = dice.of(HAND_SETTINGS)
        const value = dice.of(values)
        await people.call('PATCH', `v1beta/properties/${PROPERTY}?updateMask=${mask}`, { [field]: value })
        this.#setByHand.set(field, value)
        break
      }
      case 'renames our audience': {
        const own = (await people.listed(PROPERTY, 'audiences')).find(isDescribed)
        if (own)
          await people.call('PATCH', `v1alpha/${String(own['name'])}?updateMask=display_name`, {
            displayName: `Renamed ${this.#things++}`,
          })
        break
      }
      case 'archives our audience': {
        const own = (await people.listed(PROPERTY, 'audiences')).find(isDescribed)
        if (own) await people.call('POST', `v1alpha/${String(own['name'])}:archive`)
        break
      }
      case 'makes an audience': {
        const displayName = thing()
        await people.call('POST', `v1alpha/properties/${PROPERTY}/audiences`, theirAudience(displayName))
        this.#theirAudiences.push(displayName)
        break
      }
      case 'changes our metric':
      case 'deletes our metric': {
        const own = (await people.listed(PROPERTY, 'calculatedMetrics')).find(isDescribed)
        if (own === undefined) break
        if (what === 'deletes our metric') await people.call('DELETE', `v1alpha/${String(own['name'])}`)
        else
          await people.call('PATCH', `v1alpha/${String(own['name'])}?updateMask=formula`, {
            formula: 'keyEvents / totalUsers',
          })
        break
      }
      case 'changes our rule':
      case 'deletes our rule': {
        const [own] = await people.rules(PROPERTY)
        if (own === undefined) break
        if (what === 'deletes our rule') await people.call('DELETE', `v1alpha/${String(own['name'])}`)
        else
          await people.call('PATCH', `v1alpha/${String(own['name'])}?updateMask=source_copy_parameters`, {
            sourceCopyParameters: own['sourceCopyParameters'] !== true,
          })
        break
      }
      case 'changes our link':
      case 'deletes our link': {
        const [own] = await people.listed(PROPERTY, 'googleAdsLinks')
        if (own === undefined) break
        if (what === 'deletes our link') await people.call('DELETE', `v1beta/${String(own['name'])}`)
        else
          await people.call('PATCH', `v1beta/${String(own['name'])}?updateMask=ads_personalization_enabled`, {
            adsPersonalizationEnabled: own['adsPersonalizationEnabled'] !== true,
          })
        break
      }
      case 'changes what is cut out': {
        const { path, emailRedactionEnabled } = await redactionOf(people)
        await people.call('PATCH', `${path}?updateMask=email_redaction_enabled`, {
          emailRedactionEnabled: !emailRedactionEnabled,
        })
        this.#setByHand.set('emailRedactionEnabled', String(!emailRedactionEnabled))
        break
      }
      case 'deletes our secret': {
        const [own] = await people.secrets(PROPERTY)
        if (own) await people.call('DELETE', `v1beta/${String(own['name'])}`)
        break
      }
      case 'writes into our notes':
        if (one !== undefined)
          await edit((desk) =>
            desk.change('tags', one, (tag) => ({
              ...tag,
              notes: `[measurement-plan]\nSeen. ${String(tag['notes'])}\nAsk me.`,
            })),
          )
        break
      case 'sets a value': {
        const events = this.#plans.flatMap((plan) => [...valuesOf(plan)])
        if (events.length === 0) break
        const [event, planned] = dice.of(events)
        const there = (await people.keyEvents(PROPERTY)).find(({ eventName }) => eventName === event)
        if (!there || this.#plans.filter((plan) => valuesOf(plan).has(event)).length > 1) break
        const set = 7000 + this.#things++
        await people.setValue(PROPERTY, event, set)
        this.#byHand.set(event, { set, planned })
        break
      }
      case 'makes a key event': {
        const eventName = `theirs_${this.#things++}`
        await people.call('POST', `v1beta/properties/${PROPERTY}/keyEvents`, {
          eventName,
          countingMethod: 'ONCE_PER_EVENT',
        })
        this.#theirEvents.push(eventName)
        break
      }
      case 'works in our workspace': {
        const desk = await this.#ourDesk(people)
        if (desk === undefined) break
        const name = thing()
        await desk.create('tags', htmlTag(name))
        this.#inOurDraft.add(name)
        break
      }
    }
    await this.#note(container)
  }

  async #ourDesk(people: People): Promise<Desk | undefined> {
    return (await people.desk('measurement-plan alpha')) ?? (await people.desk('measurement-plan beta'))
  }

  /** From here on this is what nobody but people may change. */
  async #note(container: string): Promise<void> {
    const snapshot = await this.#town.people(container).snapshot()
    this.#theirs.set(container, foreignIn(snapshot.latest))
    this.#live.set(container, snapshot)
  }

  // --- commands

  async #command(argv: readonly string[]): Promise<Outcome> {
    const outcome = await this.#town.plan(argv, await this.#clock())
    this.#tally.commands++
    this.#tally.requests += this.#town.line.passed.length
    const words = outcome.out + outcome.err
    for (const { secretValue } of await this.#town.people(CONTAINERS[0]).secrets(PROPERTY))
      if (words.includes(String(secretValue))) throw new Error(`a secret is told:\n${words}`)
    if (words.includes('bug in plan')) throw new Error(`a bug:\n${words}`)
    if (outcome.exitCode === 64) throw new Error(`wrong usage:\n${words}`)
    return outcome
  }

  async #apply(plan: Living): Promise<void> {
    const dice = this.#dice
    const flags = [
      '--auto-approve',
      '--allow-delete',
      '--force',
      ...(dice.chance(0.6) ? ['--publish'] : []),
      ...(dice.chance(0.5) ? ['--include-others'] : []),
      ...(dice.chance(0.8) ? allowed(plan) : []),
    ]
    const weather: Weather[] = []
    for (let fault = dice.upTo(4); fault > 0; fault--) {
      const does = dice.of(FAULTS)
      const when = does.kind === 'cut' || dice.chance(0.3) ? dice.of(['before', 'after'] as const) : 'before'
      weather.push({ at: dice.upTo(24), when, does })
      this.#tally.faults++
    }
    for (let people = dice.upTo(3); people > 0; people--) {
      // Between the last look at what is live and the publication is a gap that no method of the API closes.
      const act = (request: string): Promise<void> => {
        const acting = this.#someoneActs(plan.container, !request.endsWith(':publish'))
        this.#acting.push(acting.catch(() => undefined))
        return acting
      }
      weather.push({ at: dice.upTo(22), when: 'before', does: { kind: 'people', act } })
    }
    const isKilled = dice.chance(0.25)
    const at = dice.upTo(22)
    const when = dice.of(['before', 'after'] as const)
    this.#say(
      'apply',
      plan.id,
      flags.slice(3),
      weather.map((each) => [each.at, each.when, each.does.kind]),
      isKilled ? `killed ${when} ${at}` : '',
    )
    if (isKilled && dice.chance(0.12)) {
      await this.#applyAndKill(plan, flags, [...weather], at, when)
      return
    }
    this.#town.line.set([...weather, ...(isKilled ? [{ at, when, does: { kind: 'end' } } as const] : [])])
    const outcome = await this.#command(['apply', this.#town.file(plan.id), ...flags])
    this.#say('  exit', outcome.exitCode, /error ([a-z-]+)/.exec(outcome.out + outcome.err)?.[1] ?? '')
    this.#town.line.set([])
    await Promise.all(this.#acting.splice(0))
  }

  /** A real process and a real SIGKILL. */
  async #applyAndKill(
    plan: Living,
    flags: readonly string[],
    weather: Weather[],
    at: number,
    when: Weather['when'],
  ): Promise<void> {
    const cli = ['--import', 'tsx', join(ROOT, 'src/cli.ts'), 'apply', this.#town.file(plan.id), ...flags]
    // Faults would be waited out in real time; people and the kill are storm enough.
    const people = weather.filter(({ does }) => does.kind === 'people')
    const child = spawn(process.execPath, [...cli, '--sandbox', this.#town.line.url], {
      cwd: ROOT,
      stdio: 'ignore',
    })
    const ended = new Promise((resolve) => child.on('close', resolve))
    const kill = (): void => void child.kill('SIGKILL')
    this.#town.line.set([...people, { at, when, does: { kind: 'end', then: kill } }])
    await ended
    this.#tally.kills++
    this.#town.line.set([])
    await Promise.all(this.#acting.splice(0))
  }

  // --- what must never happen

  async #lookAround(): Promise<void> {
    for (const container of new Set(this.#plans.map((plan) => plan.container))) {
      const snapshot = await this.#town.people(container).snapshot()
      const before = this.#live.get(container)
      const noted = this.#theirs.get(container)
      // Between the last look at a draft and its version nobody can keep others out: it is said, and not published.
      const isSwept = (line: string): boolean => this.#inOurDraft.has(nameIn(line)) && !noted?.includes(line)
      const swept = foreignIn(snapshot.latest).filter(isSwept)
      if (noted) {
        const rest = foreignIn(snapshot.latest).filter((line) => !swept.includes(line))
        same(rest, noted, `what is not a plan’s in ${container}`)
        this.#theirs.set(container, foreignIn(snapshot.latest))
      }
      const isLive = swept.filter((line) => foreignIn(snapshot.live).includes(line))
      same(isLive, [], `what somebody put into our draft and nobody published in ${container}`)
      if (before && before.liveId !== snapshot.liveId) {
        this.#tally.publications++
        notTakenOff(before, snapshot)
        whole(snapshot)
      }
      // GTM brings what somebody went back to into a version that is made at that moment; the next run takes one away.
      if (!this.#hasGoneBack) nothingTwice(snapshot)
      this.#live.set(container, snapshot)
      if (!noted) this.#theirs.set(container, foreignIn(snapshot.latest))
    }
  }

  // --- when all is quiet again

  async #calm(): Promise<void> {
    this.#say('calm')
    this.#town.line.set([])
    for (const container of new Set(this.#plans.map((plan) => plan.container))) await this.#cleanUp(container)
    // Each plan in turn, twice: what one of them gives up only leaves when the other has let go of it.
    for (let round = 0; round < 2; round++) {
      for (const plan of this.#plans) {
        let last: Outcome | undefined
        for (let run = 0; run < 5; run++) {
          const flags = ['--auto-approve', '--allow-delete', '--force', '--publish', '--include-others']
          flags.push(...allowed(plan))
          // What people took out of the plan's own things may keep the container from compiling: the report names the way.
          if (last?.out.includes('goes back with --restore-drift') === true) flags.push('--restore-drift')
          last = await this.#command(['apply', this.#town.file(plan.id), ...flags])
          this.#say('  quiet', plan.id, last.exitCode)
          await this.#lookAround()
          if (last.exitCode === 0) break
        }
        // What people took from the other plan is put back by that one, whose turn comes: until then GTM makes no version.
        const isOthersTurn = round === 0 && last?.err.includes('container-does-not-compile') === true
        if (last?.exitCode !== 0 && !isOthersTurn && !(last !== undefined && this.#isTaken(last)))
          throw new Error(`${plan.id} does not come to an end:\n${last?.out}\n${last?.err}`)
      }
    }
    for (const plan of this.#plans) await this.#settled(plan)
    await this.#asPlanned()
  }

  /** A dimension that was archived once, where GA4 never gives a name again: all else is done, and it is said. */
  #isTaken({ out, err }: Outcome): boolean {
    return !this.#isReusable && (out + err).includes('name-was-archived')
  }

  /** People take their copies and half-done drafts away: these stand in the plan's way, and it says so. */
  async #cleanUp(container: string): Promise<void> {
    const people = this.#town.people(container)
    for (const plan of this.#plans) {
      const desk = await people.desk(`measurement-plan ${plan.id}`)
      const strays =
        desk === undefined
          ? []
          : (await desk.list('tags')).filter(({ name }) => String(name).startsWith('By hand'))
      if (desk && strays.some(({ name }) => this.#isInDraftOnly(container, String(name))))
        await people.call('DELETE', desk.path)
      else if (desk) {
        // An edit of theirs in our draft is told from our own writing by the run itself, which then names it.
        const outcome = await this.#command([
          'apply',
          this.#town.file(plan.id),
          '--auto-approve',
          '--allow-delete',
          '--force',
          ...allowed(plan),
        ])
        if (outcome.out.includes('workspace-has-other-work')) await people.call('DELETE', desk.path)
      }
    }
    const copies = ((await people.snapshot()).latest['tag'] ?? []).filter(
      (tag) => isMarked(tag) && String(tag['name']).startsWith('By hand'),
    )
    if (copies.length === 0) return
    await people.edit(async (desk) => {
      for (const { name } of copies) await desk.delete('tags', String(name))
    })
    await this.#note(container)
  }

  #isInDraftOnly(container: string, name: string): boolean {
    return !(this.#theirs.get(container) ?? []).some((line) =>
      line.includes(`"name":${JSON.stringify(name)}`),
    )
  }

  async #settled(plan: Living): Promise<void> {
    const { out, err } = await this.#command(['diff', this.#town.file(plan.id), '--format', 'json'])
    const { changes } = JSON.parse(out) as {
      changes: {
        held?: boolean
        waits?: boolean
        action: string
        kind: string
        name: string
        cause: string
      }[]
    }
    const left = changes.filter(
      ({ held, waits, kind, action }) =>
        held !== true &&
        waits !== true &&
        !(!this.#isReusable && kind === 'ga4/custom-dimension' && action === 'create'),
    )
    if (left.length > 0) throw new Error(`${plan.id} is not settled: ${JSON.stringify(left)}\n${err}`)
    this.#say('held', plan.id, changes.length)
  }

  async #asPlanned(): Promise<void> {
    const people = this.#town.people(CONTAINERS[0])
    const events = await people.keyEvents(PROPERTY)
    const names = events.map(({ eventName }) => String(eventName))
    for (const theirs of this.#theirEvents) {
      if (!names.includes(theirs)) throw new Error(`the key event ${theirs} of somebody else is gone`)
    }
    const wanted = new Set(this.#plans.flatMap((plan) => [...valuesOf(plan).keys()]))
    for (const plan of this.#plans) {
      for (const [event, value] of valuesOf(plan)) {
        const there = events.find(({ eventName }) => eventName === event)
        if (!there) throw new Error(`the key event ${event} is not there`)
        const isShared = this.#plans.filter((each) => valuesOf(each).has(event)).length > 1
        if (isShared) continue
        const { numericValue } = (there['defaultValue'] ?? {}) as { numericValue?: number }
        const hand = this.#byHand.get(event)
        const allowed = hand === undefined ? [value] : [value, ...(hand.planned === value ? [hand.set] : [])]
        if (!allowed.some((each) => each === numericValue))
          throw new Error(`the key event ${event} is worth ${numericValue}, not ${allowed.join(' or ')}`)
      }
    }
    const extra = names.filter(
      (name) => /^(alpha|beta|paid)_|^shared_/.test(name) && !wanted.has(name) && !this.#forgotten.has(name),
    )
    if (extra.length > 0) throw new Error(`key events that nobody wants: ${extra.join(', ')}`)
    const dimensions = (await people.dimensions(PROPERTY))
      .map(({ parameterName }) => String(parameterName))
      .sort()
    const registered = new Set(
      this.#plans.flatMap((plan) => [
        ...plan.registered.keys(),
        ...((plan.more.markets ?? []).length > 0 ? ['market'] : []),
      ]),
    )
    // What one plan gives up while another sends it stays.
    const kept = dimensions.filter(
      (name) =>
        !registered.has(name) &&
        this.#plans.some(
          (plan) =>
            plan.id !== this.#registrar.get(name) &&
            [...plan.steps.values()].some(({ sends = [] }) => sends.includes(name)),
        ),
    )
    const lost = this.#isReusable ? [] : [...registered].filter((name) => !dimensions.includes(name))
    same([...dimensions, ...lost].sort(), [...registered, ...kept].sort(), 'the custom dimensions')
    await this.#propertyAsPlanned(people)
    for (const container of new Set(this.#plans.map((plan) => plan.container))) {
      const snapshot = await this.#town.people(container).snapshot()
      same(snapshot.workspaces, ['Default Workspace'], 'the workspaces')
      // A version in which only others did something is theirs to publish.
      same(plansIn(snapshot.live), plansIn(snapshot.latest), 'what is live of the plans')
      nothingTwice(snapshot)
    }
  }

  /** Settings as stated or as somebody set them since; of lists all that is wanted, once, and nothing of others' gone. */
  async #propertyAsPlanned(people: People): Promise<void> {
    const property = await people.call('GET', `v1beta/properties/${PROPERTY}`)
    const stated = (field: string): readonly string[] =>
      this.#plans.flatMap(({ more }) => {
        const value = more.settings?.[field]
        return typeof value === 'string' ? [value] : []
      })
    const wanted = {
      currencyCode: stated('currency'),
      industryCategory: stated('industry').map((value) => value.toUpperCase()),
    }
    for (const [field, values] of Object.entries(wanted)) {
      const is = String(property[field])
      if (values.length > 0 && !values.includes(is) && is !== this.#setByHand.get(field))
        throw new Error(`${field} of the property is ${is}, not ${values.join(' or ')}`)
    }
    const { emailRedactionEnabled } = await redactionOf(people)
    const redacts = this.#plans.flatMap(({ more }) => {
      const { email } = (more.settings?.['redact'] ?? {}) as { email?: boolean }
      return email === undefined ? [] : [email]
    })
    const redactedByHand = this.#setByHand.get('emailRedactionEnabled') === String(emailRedactionEnabled)
    if (redacts.length > 0 && !redacts.includes(emailRedactionEnabled) && !redactedByHand)
      throw new Error(`addresses are cut out: ${emailRedactionEnabled}, and nobody said so`)
    const rules = (await people.rules(PROPERTY)).map(({ destinationEvent }) => String(destinationEvent))
    const links = (await people.listed(PROPERTY, 'googleAdsLinks')).map(({ customerId }) =>
      String(customerId),
    )
    const exports = (await people.listed(PROPERTY, 'bigQueryLinks', 'bigqueryLinks')).map(({ project }) =>
      String(project),
    )
    const secrets = (await people.secrets(PROPERTY)).map(({ displayName }) => String(displayName))
    const named = (field: string): readonly string[] =>
      this.#plans.flatMap(({ more }) => namesIn(more.settings?.[field]))
    // What carries no mark stays when the plan drops it.
    const events = this.#plans.flatMap(({ id, more: { derived } }) =>
      derived === undefined ? [] : [`${id}_${derived.name}`],
    )
    const unowned = [
      ['rules that make events', rules, events],
      ['links to Google Ads', links, named('googleAds')],
      ['links to BigQuery', exports, named('bigquery').map((number) => `projects/${number}`)],
      ['secrets', secrets, named('secrets')],
    ] as const
    for (const [what, there, wanted] of unowned) {
      const missing = wanted.filter((each) => !there.includes(each))
      same(missing, [], `the plans’ ${what} that are not there`)
      same(there, [...new Set(there)], `the ${what}, each once`)
    }
    const audiences = await people.listed(PROPERTY, 'audiences')
    const theirs = audiences.map(({ displayName }) => String(displayName))
    const lost = this.#theirAudiences.filter((name) => !theirs.includes(name))
    same(lost, [], 'the audiences of somebody else that are gone')
    const has = (name: 'audience' | 'rate' | 'channel'): number =>
      this.#plans.filter(({ more }) => more[name] !== undefined).length
    const ours = async (list: string): Promise<number> =>
      (await people.listed(PROPERTY, list)).filter(isDescribed).length
    same(audiences.filter(isDescribed).length, has('audience'), 'the plans’ audiences')
    same(await ours('calculatedMetrics'), has('rate'), 'the plans’ calculated metrics')
    same(await ours('channelGroups'), has('channel'), 'the plans’ channel groups')
  }

  #say(...words: unknown[]): void {
    this.#log.push(words.map((word) => (typeof word === 'string' ? word : JSON.stringify(word))).join(' '))
  }
}

function shopOf(plan: Living): Shop {
  return {
    id: plan.id,
    container: plan.container,
    value: plan.value,
    steps: Object.fromEntries(plan.steps),
    registered: Object.fromEntries(plan.registered),
    more: plan.more,
  }
}

/** Leave for whatever the plan protects, or did. */
function allowed(plan: Living): readonly string[] {
  return Array.from({ length: plan.born }, (_, step) => ['--allow', `s${step}`]).flat()
}

function newPlan(id: string, container: string, value: number): Living {
  return { id, container, value, steps: new Map(), registered: new Map(), more: {}, born: 0 }
}

/** Whether a plan's mark stands at the end of its description. */
function isDescribed({ description }: Entity): boolean {
  return / ?\[measurement-plan \S+ [0-9a-f]{12}\]$/.test(String(description ?? ''))
}

/** The ids of a map, or the names of a list. */
function namesIn(said: unknown): readonly string[] {
  if (Array.isArray(said)) return said.map(String)
  return typeof said === 'object' && said !== null ? Object.keys(said) : []
}

async function redactionOf(
  people: People,
): Promise<{ readonly path: string; readonly emailRedactionEnabled: boolean }> {
  const path = `v1alpha/${await people.stream(PROPERTY)}/dataRedactionSettings`
  return { path, emailRedactionEnabled: (await people.call('GET', path))['emailRedactionEnabled'] === true }
}

function theirAudience(displayName: string): Entity {
  const leaf = { eventFilter: { eventName: 'page_view' } }
  const filterExpression = { andGroup: { filterExpressions: [{ orGroup: { filterExpressions: [leaf] } }] } }
  const scope = 'AUDIENCE_FILTER_SCOPE_ACROSS_ALL_SESSIONS'
  return {
    displayName,
    description: 'Theirs',
    membershipDurationDays: 30,
    filterClauses: [{ clauseType: 'INCLUDE', simpleFilter: { scope, filterExpression } }],
  }
}

/** What each key event of a plan is worth. Weights go by thousandths, as compile rounds. */
function valuesOf(plan: Living): ReadonlyMap<string, number> {
  const steps = [...plan.steps].flatMap(([id, step]): [string, number][] =>
    step.weight === undefined
      ? []
      : [[step.event ?? `${plan.id}_${id}`, Math.round(plan.value * step.weight * 100) / 100]],
  )
  return new Map([[`paid_${plan.id}`, plan.value] as const, ...steps])
}

const MARK = /\[\/measurement-plan (\S+) [0-9a-f]{12}/
const WITH_ID = /\[\/measurement-plan \S+ [0-9a-f]{12} \d+/

function isMarked(entity: Entity): boolean {
  return MARK.test(notesOf(entity))
}

/** A template has its notes at the end of its text. */
function notesOf({ notes, templateData }: Entity): string {
  return String(notes ?? templateData ?? '')
}

/** People's own things and their copies of ours, which they always call "By hand". */
function isForeign(entity: Entity): boolean {
  return !isMarked(entity) || /^By hand/.test(String(entity['name']))
}

function plansIn(content: Snapshot['latest']): readonly string[] {
  return Object.entries(content)
    .flatMap(([kind, entities]) =>
      entities.filter((entity) => !isForeign(entity)).map((entity) => `${kind} ${JSON.stringify(entity)}`),
    )
    .sort()
}

function foreignIn(content: Snapshot['latest']): readonly string[] {
  return Object.entries(content)
    .filter(([kind]) => kind !== 'builtInVariable')
    .flatMap(([kind, entities]) =>
      entities.filter(isForeign).map((entity) => `${kind} ${JSON.stringify(entity)}`),
    )
    .sort()
}

function nameIn(line: string): string {
  return /"name":"([^"]*)"/.exec(line)?.[1] ?? ''
}

/** Whatever of others was live before and is still in the latest version is live after. */
function notTakenOff(before: Snapshot, after: Snapshot): void {
  const now = new Set(foreignIn(after.live).map(nameIn))
  const latest = new Set(foreignIn(after.latest).map(nameIn))
  const gone = foreignIn(before.live)
    .map(nameIn)
    .filter((name) => !now.has(name) && latest.has(name))
  if (gone.length > 0) throw new Error(`taken off the live site: ${gone.join(', ')}`)
}

/** A live site never refers to what is not there, and holds what belongs together. */
function whole({ live }: Snapshot): void {
  const triggers = new Set((live['trigger'] ?? []).map(({ triggerId }) => String(triggerId)))
  for (const tag of live['tag'] ?? []) {
    for (const id of (tag['firingTriggerId'] ?? []) as string[]) {
      if (!triggers.has(id) && !id.startsWith('21474795'))
        throw new Error(`"${String(tag['name'])}" is live without its trigger ${id}`)
    }
  }
  const variables = new Set(
    [...(live['variable'] ?? []), ...(live['builtInVariable'] ?? [])].map(({ name }) => String(name)),
  )
  for (const [, name = ''] of JSON.stringify(live['tag'] ?? []).matchAll(/\{\{([^{}]+)\}\}/g)) {
    if (!variables.has(name) && !name.startsWith('_')) throw new Error(`{{${name}}} is live and not there`)
  }
}

function nothingTwice({ latest }: Snapshot): void {
  const keys = Object.entries(latest).flatMap(([kind, entities]) =>
    entities
      .filter((entity) => !isForeign(entity))
      .map((entity) => `${kind} ${MARK.exec(notesOf(entity))?.[1] ?? ''}`),
  )
  const twice = keys.filter((key, index) => keys.indexOf(key) !== index)
  if (twice.length > 0) throw new Error(`made twice: ${twice.join(', ')}`)
}

function same(actual: unknown, expected: unknown, what: string): void {
  const [is, shall] = [JSON.stringify(actual), JSON.stringify(expected)]
  if (is !== shall) throw new Error(`${what}\n  is    ${is}\n  shall ${shall}`)
}
