/** A sandbox, the line to it, people in its containers, and a folder with plans: where whole commands are tried in bad weather. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stringify } from 'yaml'
import type { Clock } from '../../../src/google/clock.ts'
import type { Io } from '../../../src/commands/io.ts'
import { run } from '../../../src/commands/run.ts'
import { startSandbox, type Sandbox } from '../../../src/sandbox/server.ts'
import { FastClock } from '../../google/connect-to.ts'
import { outcomeOf, type Outcome } from '../outcome.ts'
import { Line } from './line.ts'
import { People } from './people.ts'

export const ACCOUNT = '6001'
export const PROPERTY = '345000001'
const MEASUREMENT_ID = 'G-SHOP000001'

export class Town {
  readonly sandbox: Sandbox
  readonly line: Line
  readonly folder: string

  private constructor(sandbox: Sandbox, line: Line, folder: string) {
    this.sandbox = sandbox
    this.line = line
    this.folder = folder
  }

  static async found(): Promise<Town> {
    const sandbox = await startSandbox()
    const line = await Line.to(sandbox.url)
    const folder = mkdtempSync(join(tmpdir(), 'town-'))
    mkdirSync(join(folder, 'plans'))
    return new Town(sandbox, line, folder)
  }

  async close(): Promise<void> {
    await this.line.close()
    await this.sandbox.close()
    rmSync(this.folder, { recursive: true, force: true })
  }

  /** Everything as new: empty sandbox, good weather. */
  async reset(behaviour: object = {}): Promise<void> {
    this.line.set([])
    const people = this.people('GTM-SHOP01')
    await people.control('POST', 'reset')
    await people.control('DELETE', 'faults')
    await people.control('POST', 'behaviour', behaviour)
    await people.control('POST', 'ensure', { property: PROPERTY, measurementId: MEASUREMENT_ID })
    await people.acknowledge(PROPERTY)
  }

  people(container: string): People {
    return new People(this.sandbox.url, container)
  }

  /** Where a plan's file stands. */
  file(name: string): string {
    return join(this.folder, 'plans', `${name}.yaml`)
  }

  write(name: string, document: object): string {
    writeFileSync(this.file(name), stringify(document))
    return this.file(name)
  }

  /** `plan ...argv` over the line, on a clock on which waiting takes no time. Nobody is at the terminal. */
  plan(
    argv: readonly string[],
    clock: Clock = new FastClock(),
    env: Io['env'] = {},
    more: Partial<Io> = {},
  ): Promise<Outcome> {
    return outcomeOf((io) => run([...argv, '--sandbox', this.line.url], io), {
      env: { HOME: process.env['HOME'], ...env },
      clock,
      ...more,
    })
  }
}

export interface Step {
  readonly title?: string
  readonly event?: string
  readonly was?: string
  /** Share of the goal's value; the step is a key event with a value when given. */
  readonly weight?: number
  /** Data layer keys that become event parameters of that name. */
  readonly sends?: readonly string[]
  /** Changed and deleted by its name alone. */
  readonly protected?: boolean
  /** Its tag runs after that of the goal. */
  readonly after?: boolean
  /** Fires only after two things have happened: a trigger group. */
  readonly both?: boolean
}

export interface Shop {
  readonly id: string
  readonly container?: string
  readonly property?: string
  readonly value?: number
  readonly steps?: Readonly<Record<string, Step>>
  /** Parameters registered in GA4, and their labels. */
  readonly registered?: Readonly<Record<string, string>>
  readonly more?: Extras
}

/** What a plan may say beside its conversions. */
export interface Extras {
  /** Settings of the property. */
  readonly settings?: Readonly<Record<string, unknown>>
  /** An audience of those who have paid: its name, and for how many days they stay, which GA4 never changes. */
  readonly audience?: { readonly title: string; readonly keep: number }
  /** What a calculated metric is called. */
  readonly rate?: string
  /** The source that a channel of its own is told by. */
  readonly channel?: string
  /** An event that GA4 makes of another, and the value of a parameter of it; GA4 keeps the rule when the plan drops it. */
  readonly derived?: { readonly name: 'seen' | 'looked'; readonly place: string }
  /** What the plan's own tag sets for everybody, before any other has its turn: a template and a tag of it. */
  readonly consent?: string
  /** An account at Meta's, to which goals go. */
  readonly meta?: string
  /** Ids of markets, each of its own path. */
  readonly markets?: readonly string[]
}

/** A plan with one goal (`paid_ID`) and as many steps as the language asks for. */
export function shop({ id, container = 'GTM-SHOP01', property = PROPERTY, ...rest }: Shop): object {
  const { value = 100, steps = {}, registered = {}, more = {} } = rest
  const goal = `paid_${id}`
  const given = Object.entries(steps).map(([name, step]) => [name, microOf(id, goal, name, step)] as const)
  const spare = ['one', 'two', 'three']
    .slice(0, Math.max(0, 3 - given.length))
    .map((name) => [`spare_${name}`, { title: `Spare ${id} ${name}`, source: 'crm', feeds: [goal] }] as const)
  return {
    version: 1,
    plan: id,
    title: `Plan ${id}`,
    owner: 'team@shop.example',
    currency: 'EUR',
    googleTag: 'existing',
    naming: {
      tag: `${id} - {id}`,
      trigger: `${id} {kind} - {id}`,
      variable: `${id} {kind} - {source}`,
      folder: `${id} {title}`,
    },
    environments: {
      live: { gtm: { account: ACCOUNT, container }, ga4: { property, measurementId: MEASUREMENT_ID } },
    },
    ...(Object.keys(registered).length === 0
      ? {}
      : {
          parameters: Object.fromEntries(
            Object.entries(registered).map(([name, label]) => [
              name,
              { type: 'string', register: 'event', displayName: label, description: `About ${name}` },
            ]),
          ),
        }),
    goals: {
      [goal]: {
        title: `Paid ${id}`,
        primary: true,
        event: `paid_${id}`,
        trigger: { dataLayer: `paid_${id}` },
        outcome: 'revenue',
        value,
      },
    },
    stages: {
      first: { title: 'First', micro: Object.fromEntries([...given, ...spare]) },
    },
    ...extrasOf(id, goal, more),
  }
}

/** Everything of which a plan has none is said to be none: what it made before is deleted. */
function extrasOf(id: string, goal: string, more: Extras): object {
  const { settings = {}, audience, rate, channel, derived, consent, meta, markets = [] } = more
  return {
    property: {
      ...settings,
      calculated:
        rate === undefined ? {} : { [`${id}_rate`]: { title: rate, formula: 'keyEvents / sessions' } },
      channels:
        channel === undefined
          ? {}
          : {
              [`${id}_group`]: { title: `Channels ${id}`, rules: { Own: { source: { contains: channel } } } },
            },
      ...(derived === undefined
        ? {}
        : {
            derived: {
              [`${id}_${derived.name}`]: {
                was: `${id}_${derived.name === 'seen' ? 'looked' : 'seen'}`,
                from: 'page_view',
                set: { place: derived.place },
              },
            },
          }),
    },
    audiences:
      audience === undefined
        ? {}
        : { [`${id}_paid`]: { title: audience.title, did: [goal], keep: `${audience.keep}d` } },
    ...(consent === undefined
      ? {}
      : { consent: { mode: 'advanced', defaultsTag: true, defaults: defaultsOf(consent) } }),
    ...(meta === undefined ? {} : { destinations: { meta: { kind: 'meta', id: meta, sends: 'goals' } } }),
    ...(markets.length === 0
      ? {}
      : {
          markets: Object.fromEntries(
            markets.map((market) => [
              market,
              { title: `Market ${market}`, when: [{ path: { startsWith: `/${market}/` } }], currency: 'EUR' },
            ]),
          ),
        }),
  }
}

function defaultsOf(ads: string): object {
  return {
    ad_storage: ads,
    ad_user_data: ads,
    ad_personalization: ads,
    analytics_storage: 'denied',
  }
}

function microOf(plan: string, goal: string, name: string, step: Step): object {
  const { title = `Step ${plan} ${name}`, event = `${plan}_${name}`, was, weight, sends = [], both } = step
  const { protected: isProtected, after } = step
  const pushed = { dataLayer: event }
  return {
    title,
    event,
    trigger: both === true ? { all: [pushed, { dataLayer: `${event}_again` }] } : pushed,
    ...(sends.length === 0
      ? {}
      : { parameters: Object.fromEntries(sends.map((key) => [key, { dataLayer: key }])) }),
    feeds: [goal],
    ...(weight === undefined ? {} : { weight, keyEvent: true }),
    ...(was === undefined ? {} : { was }),
    ...(isProtected === true ? { protected: true } : {}),
    ...(after === true ? { setUp: `${plan} - ${goal}` } : {}),
  }
}
