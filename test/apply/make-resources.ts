/** Small plans as the resources they compile to, written by hand so that one line of a test is one change. */
import type { Resource } from '../../src/resources/resource.ts'

export interface Conversion {
  readonly id: string
  readonly event?: string
  /** Shown in the names of its tag and trigger. */
  readonly title?: string
  readonly target?: string
  readonly stage?: string
  /** Ids of variables that its event carries. */
  readonly sends?: readonly string[]
  readonly keyEvent?: { readonly value?: number; readonly session?: boolean }
  /** A trigger group beside the trigger. */
  readonly group?: boolean
  readonly was?: string
}

export interface SmallPlan {
  readonly conversions: readonly Conversion[]
  /** Data layer variables by id, and the name each has in GTM (its id when empty). */
  readonly variables?: Readonly<Record<string, string>>
  /** Registered parameters and their display names. */
  readonly dimensions?: Readonly<Record<string, string>>
  readonly builtIns?: readonly (readonly [type: string, name: string])[]
}

const PLAN = 'outfitters'
const key = (id: string, facet: string): string => `${PLAN}/${id}#${facet}`

export function resourcesOf(plan: SmallPlan): readonly Resource[] {
  const stages = [...new Set(plan.conversions.map(({ stage = 'awareness' }) => stage))]
  return [
    ...(plan.builtIns ?? []).map(([type, name]): Resource => ({
      kind: 'gtm/built-in-variable',
      key: key(type, 'built-in-variable'),
      name,
      spec: { type },
      notes: '',
    })),
    ...stages.map((id): Resource => ({
      kind: 'gtm/folder',
      key: key(id, 'folder'),
      name: `Stage ${id}`,
      spec: { other: {} },
      notes: 'Plan: plan.yaml',
      origin: `/stages/${id}`,
    })),
    constant('version', 'CONST - measurement plan', PLAN),
    ...Object.entries(plan.variables ?? {}).map(([id, name]) =>
      dataLayer(id, name === '' ? `DLV - ${id}` : name),
    ),
    ...plan.conversions.flatMap(conversionResources),
    ...Object.entries(plan.dimensions ?? {}).map(([name, displayName]): Resource => ({
      kind: 'ga4/custom-dimension',
      key: key(name, 'custom-dimension'),
      name: displayName,
      spec: { parameterName: name, displayName, scope: 'EVENT', description: `About ${name}` },
      notes: '',
      origin: `/parameters/${name}`,
    })),
  ]
}

function constant(id: string, name: string, value: string): Resource {
  return {
    kind: 'gtm/variable',
    key: key(id, 'variable'),
    name,
    spec: { type: 'c', parameters: { value }, formatValue: {}, other: {} },
    notes: 'Plan: plan.yaml',
    origin: '/plan',
  }
}

function dataLayer(id: string, name: string): Resource {
  return {
    kind: 'gtm/variable',
    key: key(id, 'variable'),
    name,
    spec: {
      type: 'v',
      parameters: { name: id, dataLayerVersion: 2, setDefaultValue: false },
      formatValue: {},
      other: {},
    },
    notes: 'Plan: plan.yaml',
    origin: '/parameters',
  }
}

function conversionResources(conversion: Conversion): readonly Resource[] {
  const { id, event = id, title = event, stage = 'awareness', sends = [], target, was } = conversion
  const origin = `/stages/${stage}/micro/${id}`
  const folder = `@${key(stage, 'folder')}`
  const notes = [title, ...(target === undefined ? [] : [`Target: ${target}`]), 'Plan: plan.yaml'].join('\n')
  const before = (facet: string): { was?: readonly string[] } =>
    was === undefined ? {} : { was: [key(was, facet)] }
  const trigger: Resource = {
    kind: 'gtm/trigger',
    key: key(id, 'trigger'),
    ...before('trigger'),
    name: `CE - ${title}`,
    spec: {
      type: 'customEvent',
      customEventFilter: [
        { type: 'equals', arg0: '{{_event}}', arg1: event, negate: false, ignoreCase: false },
      ],
      filter: [],
      autoEventFilter: [],
      parameters: {},
      settings: {},
      folder,
      other: {},
    },
    notes,
    origin,
  }
  const group: Resource = {
    ...trigger,
    key: key(`${id}.all`, 'trigger'),
    was: was === undefined ? [] : [key(`${was}.all`, 'trigger')],
    name: `Group - ${title}`,
    spec: {
      ...trigger.spec,
      type: 'triggerGroup',
      customEventFilter: [],
      parameters: { triggerIds: [{ $trigger: `@${trigger.key}` }] },
    },
  }
  const fires = conversion.group === true ? group : trigger
  const tag: Resource = {
    kind: 'gtm/tag',
    key: key(id, 'tag'),
    ...before('tag'),
    name: `GA4 Event - ${title}`,
    spec: {
      type: 'gaawe',
      parameters: {
        sendEcommerceData: false,
        enhancedUserId: false,
        eventName: event,
        measurementIdOverride: 'G-STAGE00001',
        eventSettingsTable: sends.map((name) => ({
          parameter: name,
          parameterValue: `{{@${key(name, 'variable')}}}`,
        })),
      },
      firingTriggers: [`@${fires.key}`],
      blockingTriggers: [],
      firingOption: 'oncePerEvent',
      paused: false,
      consent: { status: 'notSet', types: [] },
      folder,
      other: {},
    },
    notes,
    origin,
  }
  const { keyEvent } = conversion
  return [
    trigger,
    ...(conversion.group === true ? [group] : []),
    tag,
    ...(keyEvent === undefined
      ? []
      : [
          {
            kind: 'ga4/key-event',
            key: key(id, 'key-event'),
            name: event,
            spec: {
              eventName: event,
              countingMethod: keyEvent.session === true ? 'ONCE_PER_SESSION' : 'ONCE_PER_EVENT',
              ...(keyEvent.value === undefined
                ? {}
                : { defaultValue: { numericValue: keyEvent.value, currencyCode: 'AED' } }),
            },
            notes: '',
            origin,
          } as const,
        ]),
  ]
}

/** A plan with a bit of everything. */
export const SHOP: SmallPlan = {
  conversions: [
    { id: 'signup', sends: ['method', 'place'], target: '8% of sessions', keyEvent: { value: 5 } },
    { id: 'search', sends: ['place'], stage: 'consideration' },
    { id: 'lead', group: true, keyEvent: { session: true } },
  ],
  variables: { method: '', place: '' },
  dimensions: { place: 'Place' },
  builtIns: [['clickUrl', 'Click URL']],
}
