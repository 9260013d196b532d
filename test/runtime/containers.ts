/** Small containers in the API's form, written the way Tag Manager's API answers them. */
import {
  arrange,
  type Container,
  type ContainerVersion,
  type PropertyFacts,
} from '../../src/runtime/core/container.ts'

type Parameter = NonNullable<NonNullable<ContainerVersion['tag']>[number]['parameter']>[number]
type Tag = NonNullable<ContainerVersion['tag']>[number]
type Trigger = NonNullable<ContainerVersion['trigger']>[number]
type Variable = NonNullable<ContainerVersion['variable']>[number]

export const template = (key: string, value: string): Parameter => ({ type: 'template', key, value })
export const boolean = (key: string, value: boolean): Parameter => ({
  type: 'boolean',
  key,
  value: String(value),
})

export const condition = (
  type: string,
  left: string,
  right: string,
  options: { readonly negate?: boolean; readonly ignoreCase?: boolean } = {},
) => ({
  type,
  parameter: [
    template('arg0', left),
    template('arg1', right),
    ...(options.ignoreCase ? [boolean('ignore_case', true)] : []),
    ...(options.negate ? [boolean('negate', true)] : []),
  ],
})

export const customEvent = (
  triggerId: string,
  name: string,
  filter: Trigger['filter'] = [],
  regex = false,
): Trigger => ({
  triggerId,
  name: `CE ${name}`,
  type: 'customEvent',
  customEventFilter: [condition(regex ? 'matchRegex' : 'equals', '{{_event}}', name)],
  filter,
})

export const table = (
  key: string,
  rows: readonly (readonly [string, string])[],
  columns = ['parameter', 'parameterValue'] as const as readonly [string, string],
): Parameter => ({
  type: 'list',
  key,
  list: rows.map(([name, value]) => ({
    type: 'map',
    map: [template(columns[0], name), template(columns[1], value)],
  })),
})

export const eventTag = (
  tagId: string,
  event: string,
  firing: readonly string[],
  parameters: readonly (readonly [string, string])[] = [],
  more: Partial<Tag> = {},
): Tag => ({
  tagId,
  name: `GA4 ${event} ${tagId}`,
  type: 'gaawe',
  firingTriggerId: firing,
  tagFiringOption: 'oncePerEvent',
  ...more,
  parameter: [
    template('eventName', event),
    template('measurementIdOverride', 'G-TEST'),
    table('eventSettingsTable', parameters),
    ...(more.parameter ?? []),
  ],
})

export const googleTag = (
  tagId: string,
  firing: readonly string[] = ['2147479573'],
  config: readonly (readonly [string, string])[] = [],
  more: Partial<Tag> = {},
): Tag => ({
  tagId,
  name: 'Google Tag',
  type: 'googtag',
  firingTriggerId: firing,
  tagFiringOption: 'oncePerEvent',
  ...more,
  parameter: [template('tagId', 'G-TEST'), table('configSettingsTable', config), ...(more.parameter ?? [])],
})

export const dataLayerVariable = (
  name: string,
  key = name,
  options: { readonly version?: 1 | 2; readonly default?: string } = {},
): Variable => ({
  name,
  type: 'v',
  parameter: [
    { type: 'integer', key: 'dataLayerVersion', value: String(options.version ?? 2) },
    boolean('setDefaultValue', options.default !== undefined),
    ...(options.default === undefined ? [] : [template('defaultValue', options.default)]),
    template('name', key),
  ],
})

export function container(
  parts: Pick<ContainerVersion, 'tag' | 'trigger' | 'variable' | 'builtInVariable'>,
  property: PropertyFacts = {},
): Container {
  return arrange({ containerId: '111', container: { publicId: 'GTM-TEST' }, ...parts }, property)
}
