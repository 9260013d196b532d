import { pointerOf } from '../plan/diagnostic.ts'
import type { Property } from '../plan/plan-types.ts'
import { fitDescription, parseDescription } from '../resources/marker.ts'
import type { ChannelRuleSpec, Json } from '../resources/resource.ts'
import { ga4Key, textOf, type Ga4Module } from './kind.ts'
import { textWords } from './said.ts'

type Group = NonNullable<Property['channels']>[string]
type Rule = Group['rules'][string]
type Test = NonNullable<Rule['source']>

/**
 * Channels of the team's own, told from where visits come: the first rule that fits, in the order of the plan.
 * https://github.com/googleapis/googleapis/blob/f8291d2b89f0017ab078a4c7378069bae5686f6f/google/analytics/admin/v1alpha/channel_group.proto
 */
export const channelGroup: Ga4Module<'ga4/channel-group'> = {
  title: 'channel group',
  titles: 'channel groups',
  // Its name is free text and may be changed by anybody.
  mark: 'description with id',
  removal: 'delete',
  compile: (plan) =>
    Object.entries(plan.property.channels ?? {}).map(([id, group]) => ({
      kind: 'ga4/channel-group',
      key: ga4Key(plan, id, 'channel-group'),
      name: group.title,
      spec: {
        displayName: group.title,
        description: fitDescription(group.description ?? '', `${plan.id}/${id}`),
        groupingRule: Object.entries(group.rules).map(([displayName, rule]) => ({
          displayName,
          expression: expressionOf(rule),
        })),
      },
      notes: '',
      origin: pointerOf('property', 'channels', id),
    })),
  at: 'property',
  collection: 'channelGroups',
  singleton: false,
  isAsked: ({ property }) => property.channels !== undefined,
  facet: 'channel-group',
  subject: 'property',
  sentByTags: false,
  fixed: [],
  effects: { groupingRule: 'other channels sort the visits of the past as well' },
  identity: ({ key }) => key,
  nameOf: ({ displayName }) => displayName,
  idOf: ({ displayName }) => displayName,
  fromWire: (sent) => ({
    displayName: textOf(sent.displayName),
    description: parseDescription(textOf(sent.description)).text,
    groupingRule: Array.isArray(sent.groupingRule) ? (sent.groupingRule as ChannelRuleSpec[]) : [],
  }),
  toWire: (spec) => ({ ...spec }),
  wireFields: {},
  words: ({ spec }) => [
    ['Channel group', spec.displayName],
    ...spec.groupingRule.map(
      ({ displayName, expression }) => [`Channel ${displayName}`, ruleWords(expression)] as const,
    ),
    ...textWords('Description', spec.description),
  ],
}

/** Google leaves the names of these fields out of its pages; others who write them use these. */
const FIELDS = {
  source: 'eachScopeSource',
  medium: 'eachScopeMedium',
  campaign: 'eachScopeCampaignName',
  channel: 'eachScopeDefaultChannelGroup',
} as const
const SUBJECTS: ReadonlyMap<string, string> = new Map(
  Object.entries(FIELDS).map(([word, field]) => [field, word]),
)

const MATCHES = {
  equals: 'EXACT',
  startsWith: 'BEGINS_WITH',
  endsWith: 'ENDS_WITH',
  contains: 'CONTAINS',
  matches: 'PARTIAL_REGEXP',
} as const
const TESTS: ReadonlyMap<string, string> = new Map([
  ['EXACT', 'is'],
  ['BEGINS_WITH', 'starts with'],
  ['ENDS_WITH', 'ends with'],
  ['CONTAINS', 'contains'],
  ['FULL_REGEXP', 'is all of'],
  ['PARTIAL_REGEXP', 'matches'],
])

type Expression = { readonly [field: string]: Json }

/** All of its conditions; of the values of one, any. The top is an andGroup whose members are orGroups, as in audiences. */
function expressionOf(rule: Rule): Expression {
  const groups = (Object.keys(FIELDS) as (keyof typeof FIELDS)[]).flatMap((subject) => {
    const test = rule[subject]
    return test === undefined ? [] : [{ orGroup: { filterExpressions: leavesOf(FIELDS[subject], test) } }]
  })
  return { andGroup: { filterExpressions: groups } }
}

function leavesOf(fieldName: string, test: Test): readonly Expression[] {
  return (Object.keys(MATCHES) as (keyof typeof MATCHES)[]).flatMap((verb) => {
    const wanted = test[verb]
    const values = wanted === undefined ? [] : typeof wanted === 'string' ? [wanted] : wanted
    return values.map((value) => ({
      filter: { fieldName, stringFilter: { matchType: MATCHES[verb], value } },
    }))
  })
}

/** `source contains wa or whatsapp`; what the plan has no words for is Google's own. */
function ruleWords(expression: Json): string {
  const groups = expressionsIn(expression, 'andGroup').map((group) =>
    expressionsIn(group, 'orGroup').map(leafWords),
  )
  const isSaid = groups.length > 0 && groups.flat().every((words) => words !== undefined)
  return isSaid ? groups.map((leaves) => leaves.join(' or ')).join(', and ') : JSON.stringify(expression)
}

function expressionsIn(expression: Json, group: 'andGroup' | 'orGroup'): readonly Json[] {
  const inner = (expression as { readonly [name: string]: { filterExpressions?: readonly Json[] } })[group]
  return inner?.filterExpressions ?? []
}

function leafWords(leaf: Json): string | undefined {
  const { filter } = leaf as { filter?: { fieldName?: string; stringFilter?: Leaf } }
  const subject = SUBJECTS.get(filter?.fieldName ?? '')
  const test = TESTS.get(filter?.stringFilter?.matchType ?? '')
  return subject === undefined || test === undefined
    ? undefined
    : `${subject} ${test} ${filter?.stringFilter?.value ?? ''}`
}

interface Leaf {
  readonly matchType?: string
  readonly value?: string
}
