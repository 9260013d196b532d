/** Resources made by hand, of which a test says only what it is about. */
import type { Key, Resource, TagSpec } from '../../src/resources/resource.ts'

/** A tag of custom HTML that nothing fires. */
export function tagOf(key: Key, name: string, spec: Partial<TagSpec> = {}): Resource<'gtm/tag'> {
  return {
    kind: 'gtm/tag',
    key,
    name,
    spec: {
      type: 'html',
      parameters: {},
      firingTriggers: [],
      blockingTriggers: [],
      firingOption: 'oncePerEvent',
      paused: false,
      consent: { status: 'notSet', types: [] },
      other: {},
      ...spec,
    },
    notes: '',
  }
}

export function constantOf(key: Key, name: string, value: string): Resource<'gtm/variable'> {
  const spec = { type: 'c', parameters: { value }, formatValue: {}, other: {} }
  return { kind: 'gtm/variable', key, name, spec, notes: '' }
}
