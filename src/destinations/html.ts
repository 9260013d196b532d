import { partsOfText } from '../resources/braces.ts'
import type { DestinationModule, DestinationOptions, Given } from './module.ts'
import type { Text } from '../sources/gtm.ts'

/**
 * A team's own HTML: on a trigger of its own, or, without one, on the conversions that are sent there. It goes to GTM as it
 * is; `{{name}}` in it is a value of the plan, else a variable of the container.
 */
export const html: DestinationModule<'html'> = {
  title: 'HTML',
  id: 'none',
  says: 'nothing',
  consent: [],
  adapts: false,
  names: {},
  options: ['html', 'trigger', 'with'],
  carries: [],
  userData: 'none',
  reads: () => [],
  base: ({ options, textOf }) => {
    const { id, html, trigger } = options
    if (html === undefined || trigger === undefined) return []
    const called = id === undefined ? {} : { called: id }
    const values = { html: withValues(html, options, textOf) }
    return [{ template: 'custom-html', on: 'own trigger', ...called, values }]
  },
  event: ({ options, textOf }) => ({
    template: 'custom-html',
    values: { html: withValues(options.html ?? '', options, textOf) },
  }),
  // Whose HTML it is nobody can tell from it.
  fromGtm: () => undefined,
  types: {},
  labels: {},
  rows: {},
  examples: [],
}

function withValues(text: string, options: DestinationOptions, textOf: Given['textOf']): Text {
  const parts = partsOfText(text)
  if (parts.length === 1) return text
  const values = new Map(options.with?.map(({ name, source }) => [name, source]))
  return {
    joined: parts.map((part): Text => {
      if ('literal' in part) return part.literal
      const value = values.get(part.variable.trim())
      return value === undefined ? part : textOf(value)
    }),
  }
}
