/** What GTM refuses when an entity is written. Messages are recorded unless "assumed" stands beside them. */
import type { Behaviour } from '../behaviour.ts'
import { badRequest, invalidField } from '../errors.ts'
import type { Entity } from '../shape.ts'
import type { Content } from '../state.ts'
import { REQUIRED_PARAMETERS, TABLE_COLUMNS, TAG_TYPES, VARIABLE_TYPES } from './entity-types.ts'
import { KIND_FACTS, type Kind } from './kinds.ts'
import { isKnownTrigger, triggersUsed } from './references.ts'

interface CheckContext {
  readonly content: Content
  readonly behaviour: Behaviour
  readonly containerId: string
  /** The entity as it stood before an update; its type is not questioned again. */
  readonly previous: Entity | undefined
}

/** Checks what needs no other entity first, then names and references. */
export function checkEntity(kind: Kind, entity: Entity, context: CheckContext): void {
  checkName(kind, entity)
  checkType(kind, entity, context)
  checkParameters(kind, entity)
  if (kind === 'trigger') checkTrigger(entity)
  if (kind === 'customTemplate') checkTemplate(entity)
  checkUniqueName(kind, entity, context.content)
  checkReferences(kind, entity, context.content)
}

function checkName(kind: Kind, entity: Entity): void {
  if (kind === 'zone' && isEmptyZone(entity)) throw invalidField('zone', 'The value must be set.')
  if (kind === 'gtagConfig') return
  // Required by the annotations of discovery revision 20250218; wording after the recorded ones, assumed for the name.
  if (entity['name'] === undefined) throw invalidField('name', 'The value must not be empty.')
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
    return
  }
  if (kind !== 'tag' && kind !== 'variable' && kind !== 'client' && kind !== 'transformation') return
  const type = String(entity['type'] ?? '')
  if (type !== '' && (type === context.previous?.['type'] || isKnownType(kind, type, context))) return
  throw invalidField('vendorTemplate.key', `Unknown entity type (template public ID: ${type}).`)
}

function isKnownType(kind: Kind, type: string, { content, behaviour, containerId }: CheckContext): boolean {
  if (type.startsWith('cvt_')) return hasTemplate(content, type, containerId)
  if (kind === 'client' || kind === 'transformation' || behaviour.unknownTypes === 'accept') return true
  return (kind === 'tag' ? TAG_TYPES : VARIABLE_TYPES).has(type)
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
  for (const [index, parameter] of parameters.entries()) {
    checkParameterType(parameter, `parameter[${index}]`)
    if (kind === 'tag' || kind === 'variable') checkColumns(parameter)
  }
}

function checkParameterType(parameter: Entity, path: string): void {
  // Required by the annotations of discovery revision 20250218; wording assumed.
  if (parameter['type'] === undefined || parameter['type'] === 'typeUnspecified') {
    throw invalidField(`${path}.type`, 'The value must be set.')
  }
  const lists = [...((parameter['list'] as Entity[]) ?? []), ...((parameter['map'] as Entity[]) ?? [])]
  for (const child of lists) checkParameterType(child, path)
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
