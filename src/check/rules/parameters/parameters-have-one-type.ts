import { METHOD, rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'
import { isOfGa4 } from '../../places.ts'

export const parametersHaveOneType = rule({
  code: 'parameters-have-one-type',
  severity: 'error',
  profile: 'minimal',
  title: 'A parameter has the same type in every event.',
  reason: 'BigQuery keeps each type in a column of its own, and a filter on one of them misses the other.',
  fix: 'send the same type everywhere.',
  source: METHOD,
  catalogue: ['L-D14'],
  *check(places) {
    const defined = new Map(places.parameters.map(({ name, definition }) => [name, definition]))
    const first = new Map<string, { type: string; id: string }>()
    for (const { at, name, source, conversion } of places.sources.filter(isOfGa4)) {
      if (typeof source === 'object') continue
      const type = typeof source
      const definition = defined.get(name)
      const wanted =
        definition?.type === undefined
          ? undefined
          : ['integer', 'number', 'money'].includes(definition.type)
            ? 'number'
            : definition.type
      if (wanted !== undefined) {
        if (wanted !== type)
          yield {
            at,
            message: `${quoted(name)} is of type ${definition?.type ?? ''} in the dictionary, but this is ${quoted(source)}, a ${type === 'string' ? 'text' : type}.`,
          }
        continue
      }
      const before = first.get(name)
      const id = conversion?.id ?? 'sharedParameters'
      if (before === undefined) first.set(name, { type, id })
      else if (before.type !== type)
        yield {
          at,
          message: `${quoted(name)} is a ${type === 'string' ? 'text' : type} here, but a ${before.type === 'string' ? 'text' : before.type} in ${quoted(before.id)}.`,
        }
    }
  },
})
