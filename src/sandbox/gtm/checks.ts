/** What GTM refuses when an entity is written. Messages are recorded unless "assumed" stands beside them. */
import type { Behaviour } from '../behaviour.ts'
import { badRequest, gtmNotFound, invalidField } from '../errors.ts'
import { APIS } from '../facts.ts'
import type { Entity } from '../shape.ts'
import type { Content } from '../state.ts'
import { contextOf, hasKind, hasTagType, hasTriggerType, hasVariableType } from './contexts.ts'
import { REQUIRED_PARAMETERS, TABLE_COLUMNS } from './entity-types.ts'
import { KIND_FACTS, type Kind } from './kinds.ts'
import { isKnownTrigger, triggersUsed } from './references.ts'

interface CheckContext {
  readonly content: Content
  readonly behaviour: Behaviour
  readonly container: Entity
  /** The entity as it stood before an update; its type is not questioned again. */
  readonly previous: Entity | undefined
}

/** Checks what needs no other entity first, then names and references. */
export function checkEntity(kind: Kind, entity: Entity, context: CheckContext): void {
  // Recorded for zones (see entities.ts); for clients and transformations outside server containers assumed.
  if (!hasKind(contextOf(context.container), kind)) throw gtmNotFound()
  checkName(kind, entity, context.previous)
  checkType(kind, entity, context)
  checkParameters(kind, entity)
  if (kind === 'trigger') checkTrigger(entity)
  if (kind === 'customTemplate') checkTemplate(entity)
  checkUniqueName(kind, entity, context.content)
  checkReferences(kind, entity, context.content)
}

// Recorded for the colon. The others stand in none of 3,694 names of exported entities, nor do control characters.
// eslint-disable-next-line no-control-regex
const REFUSED_IN_NAMES = /[:;"!?@#$%<\\^{}~\u0000-\u001f\u007f]/

function checkName(kind: Kind, entity: Entity, previous: Entity | undefined): void {
  if (kind === 'zone' && isEmptyZone(entity)) throw invalidField('zone', 'The value must be set.')
  if (kind === 'gtagConfig') return
  const { name } = entity
  // Required by the annotations of discovery revision 20250218; wording after the recorded ones, assumed for the name.
  if (name === undefined) throw invalidField('name', 'The value must not be empty.')
  // An old name that nobody changes is not questioned again (assumed).
  if (name === previous?.['name']) return
  const refused = REFUSED_IN_NAMES.exec(String(name))?.[0]
  if (refused !== undefined)
    throw invalidField('name', `The name contains invalid character: ${JSON.stringify(refused)}`)
  // No exported name has such spaces either; wording assumed.
  if (/^\s|\s$|\s\s/.test(String(name)))
    throw invalidField('name', 'The name must not begin or end with a space, nor hold two in a row.')
}

function isEmptyZone(zone: Entity): boolean {
  const own = ['accountId', 'containerId', 'workspaceId', 'zoneId', 'fingerprint', 'path', 'tagManagerUrl']
  return Object.keys(zone).every((field) => own.includes(field))
}

function checkType(kind: Kind, entity: Entity, context: CheckContext): void {
  if (kind === 'trigger') {
    if (entity['type'] === undefined || entity['type'] === 'eventTypeUnspecified') {
      throw invalidField('type', 'Trigger must have a type.')
    }
    const type = String(entity['type'])
    if (type !== context.previous?.['type'] && !hasTriggerType(contextOf(context.container), type))
      throw invalidField('type', `The container has no triggers of type ${type}.`) // assumed
    return
  }
  if (kind !== 'tag' && kind !== 'variable' && kind !== 'client' && kind !== 'transformation') return
  const type = String(entity['type'] ?? '')
  if (type !== '' && (type === context.previous?.['type'] || isKnownType(kind, type, context))) return
  throw invalidField('vendorTemplate.key', `Unknown entity type (template public ID: ${type}).`)
}

function isKnownType(kind: Kind, type: string, { content, behaviour, container }: CheckContext): boolean {
  if (type.startsWith('cvt_')) return hasTemplate(content, type, String(container['containerId']))
  if (kind === 'client' || kind === 'transformation' || behaviour.unknownTypes === 'accept') return true
  return (kind === 'tag' ? hasTagType : hasVariableType)(contextOf(container), type)
}

/** `cvt_<container>_<template>` for templates made in the container, `cvt_<code>` for those of the gallery (seen in exports). */
export function hasTemplate(content: Content, type: string, containerId: string): boolean {
  return [...content.customTemplate.values()].some((template) =>
    templateTypes(template, containerId).includes(type),
  )
}

export function templateTypes(template: Entity, containerId: string): string[] {
  const gallery = template['galleryReference'] as Entity | undefined
  const code = gallery?.['galleryTemplateId']
  return [
    `cvt_${containerId}_${String(template['templateId'])}`,
    `cvt_${String(template['containerId'])}_${String(template['templateId'])}`,
    ...(typeof code === 'string' ? [`cvt_${code}`] : []),
  ]
}

function checkParameters(kind: Kind, entity: Entity): void {
  const parameters = (entity['parameter'] as Entity[] | undefined) ?? []
  const byKey = new Map(parameters.map((parameter) => [parameter['key'], parameter]))
  for (const key of REQUIRED_PARAMETERS[`${kind}/${String(entity['type'])}`] ?? []) {
    // A GA4 event may name its target by tag reference instead.
    if (key === 'measurementIdOverride' && byKey.get('measurementId')?.['type'] === 'tagReference') continue
    const parameter = byKey.get(key)
    if (parameter?.['value'] === undefined) {
      throw invalidField(`vendorTemplate.parameter.${key}`, 'The value must not be empty.')
    }
  }
  checkFields(KIND_FACTS[kind].schema, entity, '')
  if (kind === 'tag' || kind === 'variable') for (const parameter of parameters) checkColumns(parameter)
}

const { schemas } = APIS['tagmanager.v2']

/** Every parameter in the entity, wherever its schema has one: conditions, priority, consent, and those of its type. */
function checkFields(schemaName: string, value: Entity, path: string): void {
  for (const [name, field] of schemas.get(schemaName) ?? []) {
    const child = value[name]
    if (child === undefined || field.type !== 'message') continue
    const at = path === '' ? name : `${path}.${name}`
    if (field.schema === 'Parameter') checkParameter(field.repeated, child, at)
    else if (!field.repeated) checkFields(field.schema ?? '', child as Entity, at)
    else
      for (const [index, item] of (child as Entity[]).entries())
        checkFields(field.schema ?? '', item, `${at}[${index}]`)
  }
}

function checkParameter(repeated: boolean, value: unknown, path: string): void {
  if (!repeated) return checkParameterValue(value as Entity, path)
  // What stands side by side in an entity is told apart by its key, as in a map.
  checkKeys(value as Entity[], path)
  for (const [index, item] of (value as Entity[]).entries()) checkParameterValue(item, `${path}[${index}]`)
}

/** Keys of a map are needed and unique; those in a list are ignored (parameter page). Wordings assumed. */
function checkKeys(parameters: readonly Entity[], path: string): void {
  const seen = new Set<unknown>()
  for (const [index, { key }] of parameters.entries()) {
    if (key === undefined) throw invalidField(`${path}[${index}].key`, 'The value must be set.')
    if (seen.has(key)) throw invalidField(`${path}[${index}].key`, `Duplicate key: ${JSON.stringify(key)}`)
    seen.add(key)
  }
}

// A variable may stand for either; an exported one without any value is `{ "type": "boolean" }` (seen for triggers).
const WRITTEN: Readonly<Record<string, RegExp>> = {
  boolean: /^(true|false|\{\{[^{}]+\}\})$/,
  integer: /^(-?\d+|\{\{[^{}]+\}\})$/,
}

function checkParameterValue(parameter: Entity, path: string): void {
  const { type, value } = parameter
  // Required by the annotations of discovery revision 20250218; wordings assumed.
  if (type === undefined || type === 'typeUnspecified')
    throw invalidField(`${path}.type`, 'The value must be set.')
  const written = WRITTEN[String(type)]
  if (value !== undefined && written?.test(String(value)) === false)
    throw invalidField(
      `${path}.value`,
      `The value is not ${type === 'boolean' ? 'a boolean' : 'an integer'}.`,
    )
  const [list, map] = [parameter['list'] as Entity[] | undefined, parameter['map'] as Entity[] | undefined]
  if (map) checkKeys(map, `${path}.map`)
  for (const [name, children] of Object.entries({ list, map }))
    for (const [index, child] of (children ?? []).entries())
      checkParameterValue(child, `${path}.${name}[${index}]`)
}

function checkColumns(table: Entity): void {
  const columns = TABLE_COLUMNS[String(table['key'])]
  if (columns === undefined || table['type'] !== 'list') return
  for (const [row, map] of ((table['list'] as Entity[] | undefined) ?? []).entries()) {
    for (const cell of (map['map'] as Entity[] | undefined) ?? []) {
      const column = String(cell['key'])
      if (columns.includes(column)) continue
      throw invalidField(
        `vendorTemplate.parameter.${String(table['key'])}[${row}].${column}`,
        'Unknown column name',
      )
    }
  }
}

function checkTrigger(trigger: Entity): void {
  const events = (trigger['customEventFilter'] as Entity[] | undefined) ?? []
  if (trigger['type'] === 'customEvent' && events.length !== 1) {
    throw invalidField('customEventFilter', 'Custom-event trigger must have exactly one custom-event filter')
  }
  for (const list of ['filter', 'autoEventFilter', 'customEventFilter'] as const) {
    for (const [index, condition] of ((trigger[list] as Entity[] | undefined) ?? []).entries()) {
      checkCondition(condition, `${list}[${index}]`)
    }
  }
}

/** arg0 must be a variable reference (discovery document); wording assumed. */
function checkCondition(condition: Entity, path: string): void {
  const { type, parameter } = condition
  if (type === undefined || type === 'conditionTypeUnspecified') {
    throw invalidField(`${path}.type`, 'The value must be set.')
  }
  const arg0 = ((parameter as Entity[] | undefined) ?? []).find((argument) => argument['key'] === 'arg0')
  if (!/^\{\{[^{}]+\}\}$/.test(String(arg0?.['value'] ?? ''))) {
    throw invalidField(`${path}.parameter.arg0`, 'The value must be a variable reference.')
  }
}

function checkTemplate(template: Entity): void {
  if (!String(template['templateData'] ?? '').includes('___INFO___')) {
    throw invalidField('template_data .', 'Missing section ___INFO___')
  }
}

const duplicateName = () => badRequest('Found entity with duplicate name.')

/** Unique per kind; a variable may not take the name of an enabled built-in one, and the other way round. */
export function checkUniqueName(kind: Kind, entity: Entity, content: Content): void {
  const { idField } = KIND_FACTS[kind]
  const name = entity['name']
  if (kind === 'gtagConfig') return
  for (const other of content[kind].values()) {
    if (other['name'] === name && other[idField] !== entity[idField]) throw duplicateName()
  }
  const twin = kind === 'variable' ? 'builtInVariable' : kind === 'builtInVariable' ? 'variable' : undefined
  if (twin === undefined) return
  for (const other of content[twin].values()) if (other['name'] === name) throw duplicateName()
}

export function checkReferences(kind: Kind, entity: Entity, content: Content): void {
  const unknown = triggersUsed(entity).find((id) => !isKnownTrigger(content, id))
  if (unknown !== undefined) {
    // Recorded for tags; for the other kinds the wording is assumed.
    const subject = kind === 'tag' ? 'Tag' : kind.charAt(0).toUpperCase() + kind.slice(1)
    throw badRequest(`${subject} references an unknown trigger`)
  }
  const folder = entity['parentFolderId']
  if (folder !== undefined && folder !== '0' && !content.folder.has(String(folder))) {
    throw invalidField('parentFolderId', 'The folder was not found.') // assumed
  }
}
