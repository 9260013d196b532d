/** Filters of a report: groups, negation, and one field held against a text, a list, a number or a range. */
import { invalid } from '../ga4/resources.ts'
import { isObject, type Entity } from '../shape.ts'

/** `value` gives what the row has under a name; it refuses a name that the report cannot filter by. */
export function holds(expression: unknown, value: (name: string) => string): boolean {
  if (!isObject(expression)) return true
  const { andGroup, orGroup, notExpression, filter } = expression
  if (isObject(andGroup)) return members(andGroup).every((one) => holds(one, value))
  if (isObject(orGroup)) return members(orGroup).some((one) => holds(one, value))
  if (isObject(notExpression)) return !holds(notExpression, value)
  if (!isObject(filter))
    throw invalid('A filter expression has an andGroup, an orGroup, a notExpression or a filter.')
  return matches(filter, value(String(filter['fieldName'])))
}

const members = (group: Entity) => (group['expressions'] as unknown[] | undefined) ?? []

function matches(filter: Entity, value: string): boolean {
  const { stringFilter, inListFilter, numericFilter, betweenFilter, emptyFilter } = filter
  if (isObject(stringFilter)) return matchesText(stringFilter, value)
  if (isObject(inListFilter)) {
    const fold = folding(inListFilter)
    return ((inListFilter['values'] as string[] | undefined) ?? []).some((one) => fold(one) === fold(value))
  }
  if (isObject(numericFilter))
    return compare(String(numericFilter['operation']), Number(value), numberOf(numericFilter['value']))
  if (isObject(betweenFilter)) {
    return (
      numberOf(betweenFilter['fromValue']) <= Number(value) &&
      Number(value) <= numberOf(betweenFilter['toValue'])
    )
  }
  if (emptyFilter !== undefined) return value === '' || value === '(not set)'
  throw invalid('A filter needs a stringFilter, inListFilter, numericFilter, betweenFilter or emptyFilter.')
}

const folding = (filter: Entity) => (text: string) =>
  filter['caseSensitive'] === true ? text : text.toLowerCase()

function matchesText(filter: Entity, value: string): boolean {
  const fold = folding(filter)
  const [wanted, found] = [fold(String(filter['value'] ?? '')), fold(value)]
  switch (filter['matchType'] ?? 'EXACT') {
    case 'BEGINS_WITH':
      return found.startsWith(wanted)
    case 'ENDS_WITH':
      return found.endsWith(wanted)
    case 'CONTAINS':
      return found.includes(wanted)
    case 'FULL_REGEXP':
      return pattern(`^(?:${String(filter['value'])})$`, filter).test(value)
    case 'PARTIAL_REGEXP':
      return pattern(String(filter['value']), filter).test(value)
    default:
      return found === wanted
  }
}

function pattern(source: string, filter: Entity): RegExp {
  try {
    return new RegExp(source, filter['caseSensitive'] === true ? 'u' : 'iu')
  } catch {
    throw invalid(`The regular expression "${source}" is not valid.`)
  }
}

function compare(operation: string, value: number, wanted: number): boolean {
  switch (operation) {
    case 'EQUAL':
      return value === wanted
    case 'LESS_THAN':
      return value < wanted
    case 'LESS_THAN_OR_EQUAL':
      return value <= wanted
    case 'GREATER_THAN':
      return value > wanted
    case 'GREATER_THAN_OR_EQUAL':
      return value >= wanted
    default:
      throw invalid('A numericFilter needs an operation.')
  }
}

/** A value of zero is left out of the request, as every zero is. */
const numberOf = (value: unknown) =>
  isObject(value) ? Number(value['int64Value'] ?? value['doubleValue'] ?? 0) : 0
