/** One tag, trigger, variable, ...: what it does, when, with which parameters, and what else uses it. */
import { FIXED_TRIGGERS, KIND_FACTS, KINDS, type Kind } from '../gtm/kinds.ts'
import { triggersUsed, variablesUsed } from '../gtm/references.ts'
import { isObject, type Entity } from '../shape.ts'
import type { Content } from '../state.ts'
import { fieldChanges, kindWords } from './changes-view.ts'
import { pieces, variableLinks, type Piece, type VariableLinks } from './text-view.ts'
import { conditionWords, spaced, timeWords, typeWords } from './words.ts'

interface Link {
  readonly name: string
  readonly href: string | undefined
  readonly kind?: string
}

interface Context {
  readonly content: Content
  /** Path of the workspace's or version's page. */
  readonly base: string
  readonly links: VariableLinks
}

export function entityView(
  content: Content,
  base: string,
  kind: Kind,
  id: string,
  before: Entity | undefined | null,
) {
  const entity = content[kind].get(id)
  if (!entity) return undefined
  const context: Context = { content, base, links: variableLinks(content, base) }
  const status = before === null ? undefined : !before ? 'added' : undefined
  const fields = before ? fieldChanges(before, entity) : []
  const folder = content.folder.get(String(entity['parentFolderId'] ?? ''))
  return {
    name: String(entity['name'] ?? id),
    kind: kindWords(kind),
    type: typeWords(kind, entity['type']),
    rawType: entity['type'],
    id,
    edited: timeWords(entity['fingerprint']),
    paused: entity['paused'] === true,
    status: status ?? (fields.length > 0 ? 'updated' : undefined),
    fields,
    folder: folder && String(folder['name']),
    notes: entity['notes'],
    facts: factsOf(entity),
    firing: triggerCards(context, entity['firingTriggerId']),
    blocking: triggerCards(context, entity['blockingTriggerId']),
    conditions: kind === 'trigger' ? triggerConditions(context, entity) : [],
    parameters: parameterRows(context, entity['parameter']),
    template: kind === 'customTemplate' ? entity['templateData'] : undefined,
    usedBy: usersOf(context, kind, id, entity),
    json: JSON.stringify(entity, null, 2),
  }
}

/** Small things that need no layout of their own. */
function factsOf(entity: Entity): { label: string; value: string }[] {
  const consent = isObject(entity['consentSettings']) ? entity['consentSettings'] : undefined
  const needed = consent?.['consentType'] as Entity | undefined
  const types = ((needed?.['list'] as Entity[] | undefined) ?? [])
    .map((item) => String(item['value']))
    .join(', ')
  const priority = entity['priority']
  const facts: [string, unknown][] = [
    ['Fires', entity['tagFiringOption'] && spaced(String(entity['tagFiringOption']))],
    ['Priority', isObject(priority) ? priority['value'] : priority],
    [
      'Consent',
      consent?.['consentStatus'] === 'needed' ? types : consent && spaced(String(consent['consentStatus'])),
    ],
    ['Before it', sequence(entity['setupTag'])],
    ['After it', sequence(entity['teardownTag'])],
    ...TRIGGER_FIELDS.map((field): [string, unknown] => [
      spaced(field),
      (entity[field] as Entity | undefined)?.['value'],
    ]),
    ...Object.entries(isObject(entity['formatValue']) ? entity['formatValue'] : {}).map(
      ([field, value]): [string, unknown] => [spaced(field), isObject(value) ? value['value'] : value],
    ),
  ]
  return facts.flatMap(([label, value]) =>
    value === undefined || value === '' ? [] : [{ label, value: String(value) }],
  )
}

const TRIGGER_FIELDS = [
  'waitForTags',
  'checkValidation',
  'waitForTagsTimeout',
  'interval',
  'limit',
  'selector',
]

function sequence(tags: unknown): string | undefined {
  return (tags as Entity[] | undefined)?.map((tag) => String(tag['tagName'])).join(', ')
}

function triggerCards(context: Context, ids: unknown) {
  return ((ids as string[] | undefined) ?? []).map((id) => {
    const trigger = context.content.trigger.get(id)
    if (!trigger)
      return {
        name: FIXED_TRIGGERS.get(id) ?? `Unknown trigger ${id}`,
        type: FIXED_TRIGGERS.has(id) ? 'Always there' : 'Missing',
        missing: !FIXED_TRIGGERS.has(id),
      }
    return {
      name: String(trigger['name']),
      href: `${context.base}/triggers/${encodeURIComponent(id)}`,
      type: typeWords('trigger', trigger['type']),
      conditions: triggerConditions(context, trigger),
    }
  })
}

export function triggerConditions(
  { links, content, base }: Pick<Context, 'links' | 'content' | 'base'>,
  trigger: Entity,
) {
  const lists = ['customEventFilter', 'filter', 'autoEventFilter'] as const
  const conditions = lists
    .flatMap((list) => (trigger[list] as Entity[] | undefined) ?? [])
    .map((condition) => {
      const argument = (key: string) =>
        ((condition['parameter'] as Entity[] | undefined) ?? []).find((one) => one['key'] === key)?.['value']
      return {
        left: pieces(argument('arg0'), links),
        words: conditionWords(condition['type'], argument('negate') === 'true'),
        right: pieces(argument('arg1'), links),
        ignoreCase: argument('ignore_case') === 'true',
      }
    })
  const members = trigger['type'] === 'triggerGroup' ? triggersUsed(trigger) : []
  const grouped = members.map((id) => ({
    left: [
      {
        text: String(content.trigger.get(id)?.['name'] ?? FIXED_TRIGGERS.get(id) ?? id),
        variable: { href: `${base}/triggers/${encodeURIComponent(id)}`, known: true },
      },
    ],
    words: 'has fired',
    right: [] as Piece[],
    ignoreCase: false,
  }))
  return [...conditions, ...grouped]
}

interface ParameterRow {
  readonly key: string
  readonly text?: readonly Piece[]
  /** Long text such as a script. */
  readonly code?: string
  readonly table?: {
    readonly columns: readonly string[]
    readonly rows: readonly (readonly (readonly Piece[])[])[]
  }
  readonly items?: readonly (readonly Piece[])[]
}

function parameterRows({ links }: Context, parameters: unknown): ParameterRow[] {
  return ((parameters as Entity[] | undefined) ?? []).map((parameter) => {
    const key = String(parameter['key'] ?? '')
    const list = parameter['list'] as Entity[] | undefined
    if (list && list.every((item) => Array.isArray(item['map']))) return { key, table: tableOf(list, links) }
    if (list) return { key, items: list.map((item) => pieces(item['value'], links)) }
    const value = String(parameter['value'] ?? '')
    return value.includes('\n') || value.length > 160
      ? { key, code: value }
      : { key, text: pieces(value, links) }
  })
}

function tableOf(list: readonly Entity[], links: VariableLinks): NonNullable<ParameterRow['table']> {
  const rows = list.map(
    (item) => new Map((item['map'] as Entity[]).map((cell) => [String(cell['key']), cell['value']])),
  )
  const columns = [...new Set(rows.flatMap((row) => [...row.keys()]))]
  return {
    columns: columns.map(spaced),
    rows: rows.map((row) => columns.map((column) => pieces(row.get(column), links))),
  }
}

function usersOf({ content, base }: Context, kind: Kind, id: string, entity: Entity): Link[] {
  const name = String(entity['name'])
  const uses = (other: Entity): boolean => {
    if (kind === 'trigger') return triggersUsed(other).includes(id)
    if (kind === 'variable') return variablesUsed(other).has(name)
    if (kind === 'folder') return other['parentFolderId'] === id
    if (kind === 'customTemplate') return String(other['type']).endsWith(`_${id}`)
    return false
  }
  return KINDS.filter((other) => other !== 'builtInVariable').flatMap((other) =>
    [...content[other]]
      .filter(([, candidate]) => candidate !== entity && uses(candidate))
      .map(([otherId, candidate]) => ({
        name: String(candidate['name']),
        kind: kindWords(other),
        href: `${base}/${KIND_FACTS[other].collection}/${encodeURIComponent(otherId)}`,
      })),
  )
}
