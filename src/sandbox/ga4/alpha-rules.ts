/**
 * Kinds that only v1alpha has. Sources: event_create_and_edit.proto, audience.proto, channel_group.proto and resources.proto
 * in https://github.com/googleapis/googleapis/tree/master/google/analytics/admin/v1alpha ; all wordings assumed.
 */
import { isObject, type Entity } from '../shape.ts'
import { checkLength, checkPattern, EVENT_NAME, requireField, type Rules } from './fields.ts'
import { collectionOf, exists, invalid, precondition, putResource, visible } from './resources.ts'

const listOf = (resource: Entity, field: string) => (resource[field] as Entity[] | undefined) ?? []

function checkEventRule(rule: Entity): void {
  const conditions = listOf(rule, 'eventConditions')
  if (conditions.length < 1 || conditions.length > 10) throw invalid('A rule has 1 to 10 event_conditions.')
  for (const condition of conditions)
    for (const field of ['field', 'comparisonType', 'value']) requireField(condition, field)
  const mutations = listOf(rule, 'parameterMutations')
  if (mutations.length > 20) throw invalid('A rule has at most 20 parameter_mutations.')
  for (const mutation of mutations) {
    requireField(mutation, 'parameter')
    checkLength(mutation, 'parameter', 39)
    checkLength(mutation, 'parameterValue', 99)
  }
}

function checkCreateRule(rule: Entity): void {
  requireField(rule, 'destinationEvent')
  checkLength(rule, 'destinationEvent', 39)
  checkPattern(
    rule,
    'destinationEvent',
    EVENT_NAME,
    'letters, digits and underscores, starting with a letter',
  )
  checkEventRule(rule)
}

function checkEditRule(rule: Entity): void {
  requireField(rule, 'displayName')
  checkLength(rule, 'displayName', 255)
  if (listOf(rule, 'parameterMutations').length === 0)
    throw invalid('The field "parameterMutations" is required.')
  checkEventRule(rule)
}

function checkAudience(audience: Entity): void {
  for (const field of ['displayName', 'description']) requireField(audience, field)
}

function checkAudienceFilters(audience: Entity): void {
  const clauses = listOf(audience, 'filterClauses')
  if (clauses.length === 0) throw invalid('The field "filterClauses" is required.')
  for (const clause of clauses) {
    requireField(clause, 'clauseType')
    const { simpleFilter, sequenceFilter } = clause
    if (isObject(simpleFilter) === isObject(sequenceFilter))
      throw invalid('A filter clause has either a simple_filter or a sequence_filter.')
    const parts = isObject(sequenceFilter)
      ? listOf(sequenceFilter, 'sequenceSteps')
      : [simpleFilter as Entity]
    // A sequence as a whole is of a session or of all of them (audience.proto).
    if (isObject(sequenceFilter) && String(sequenceFilter['scope']).endsWith('WITHIN_SAME_EVENT'))
      throw invalid('The scope of a sequence_filter cannot be a single event.')
    for (const part of parts) {
      checkNesting(part['filterExpression'])
      checkPeriods(part)
    }
  }
}

/** `in_any_n_day_period` is at most 60 and goes with the scope of all sessions (audience.proto). */
function checkPeriods(part: Entity): void {
  const periods = [...JSON.stringify(part).matchAll(/"inAnyNDayPeriod":(\d+)/g)]
  if (periods.some(([, days]) => Number(days) > 60))
    throw invalid('The field "in_any_n_day_period" must be 60 at most.')
  if (periods.length > 0 && !String(part['scope']).endsWith('ACROSS_ALL_SESSIONS'))
    throw invalid('The field "in_any_n_day_period" needs the scope of all sessions.')
}

function checkChannelGroup(group: Entity): void {
  requireField(group, 'displayName')
  checkLength(group, 'displayName', 80)
  checkLength(group, 'description', 256)
  const rules = listOf(group, 'groupingRule')
  if (rules.length < 1 || rules.length > 50) throw invalid('A channel group has 1 to 50 rules.')
  for (const rule of rules) {
    for (const field of ['displayName', 'expression']) requireField(rule, field)
    checkNesting(rule['expression'])
  }
}

/** The top of an expression is an and_group of or_groups (audience.proto; reported of channel groups too). */
function checkNesting(expression: unknown): void {
  const and = isObject(expression) ? expression['andGroup'] : undefined
  if (!isObject(and)) throw invalid('The top of a filter_expression must be an and_group.')
  const groups = listOf(and, 'filterExpressions')
  if (groups.some((group) => !isObject(group['orGroup']))) throw invalid('An and_group must hold or_groups.')
}

function checkAnnotation(annotation: Entity): void {
  for (const field of ['title', 'color']) requireField(annotation, field)
  const dates = ['annotationDate', 'annotationDateRange'].filter((field) => annotation[field] !== undefined)
  if (dates.length !== 1)
    throw invalid('Exactly one of annotation_date and annotation_date_range must be set.')
  // ORANGE is for those that Google makes itself (v1alpha/resources.proto).
  if (annotation['color'] === 'ORANGE') throw invalid('The color ORANGE cannot be chosen.')
  checkLength(annotation, 'title', 60) // assumed
  checkLength(annotation, 'description', 150) // assumed
}

function checkCalculatedMetric(metric: Entity): void {
  for (const field of ['displayName', 'formula', 'metricUnit']) requireField(metric, field)
  checkLength(metric, 'displayName', 82)
  checkLength(metric, 'description', 4096)
  const names = new Set([...String(metric['formula']).matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name))
  if (names.size > 5) throw invalid('A formula may use at most 5 custom metrics.')
}

export const alphaRules: Readonly<Record<string, Rules>> = {
  eventCreateRules: {
    create: (_call, _path, body) => {
      checkCreateRule(body)
      return {}
    },
    update: (_call, _path, rule) => checkCreateRule(rule),
  },

  eventEditRules: {
    create: (call, path, body) => {
      checkEditRule(body)
      return { processingOrder: String(collectionOf(call.store, path).size + 1) }
    },
    update: (_call, _path, rule) => checkEditRule(rule),
  },

  audiences: {
    create: (call, path, body) => {
      checkAudience(body)
      checkAudienceFilters(body)
      // https://support.google.com/analytics/answer/9267572
      if (visible(call.store, path).length >= 100)
        throw precondition('A property may have at most 100 audiences.')
      const days = Number(requireField(body, 'membershipDurationDays'))
      if (days < 1 || days > 540) throw invalid('The field "membershipDurationDays" must be 1 to 540.')
      return { adsPersonalizationEnabled: true, createTime: call.store.time() }
    },
    update: (_call, _path, audience) => checkAudience(audience),
  },

  channelGroups: {
    create: (_call, _path, body) => {
      checkChannelGroup(body)
      return {}
    },
    update: (call, path, group) => {
      checkChannelGroup(group)
      if (group['primary'] !== true) return
      // One is primary; another one stops being it (channel_group.proto).
      for (const other of visible(call.store, path)) {
        if (other['primary'] !== true || other['name'] === group['name']) continue
        const rest = Object.fromEntries(Object.entries(other).filter(([field]) => field !== 'primary'))
        putResource(call.store, path, String(other['name']).slice(path.length + 1), rest)
      }
    },
    remove: (_call, group) => {
      if (group['systemDefined'] === true)
        throw precondition('A system defined channel group cannot be deleted.')
    },
  },

  reportingDataAnnotations: {
    create: (_call, _path, body) => {
      checkAnnotation(body)
      return {}
    },
    update: (_call, _path, annotation) => checkAnnotation(annotation),
  },

  calculatedMetrics: {
    /** Chosen by the client: 1 to 80 letters, digits and underscores (v1alpha/analytics_admin.proto). */
    id: (call) => {
      const id = call.query.get('calculatedMetricId') ?? ''
      if (!/^\w{1,80}$/.test(id))
        throw invalid('The calculated_metric_id must be 1 to 80 letters, digits, underscores.')
      return id
    },
    create: (call, path, body, name) => {
      const id = name.slice(path.length + 1)
      if (collectionOf(call.store, path).has(id)) throw exists(`The calculated metric ${id} exists already.`)
      checkCalculatedMetric(body)
      // 5 in a standard property.
      if (visible(call.store, path).length >= 5)
        throw precondition('A property may have at most 5 calculated metrics.')
      return { calculatedMetricId: id }
    },
    update: (_call, _path, metric) => checkCalculatedMetric(metric),
  },
}
