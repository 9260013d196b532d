/** What references stand for: in a container, and in what a plan compiles to beside that container. */
import { textOf } from '../kinds/kind.ts'
import { canonicalJson } from '../resources/canonical-json.ts'
import { refTo } from '../resources/key.ts'
import { soleVariableIn } from '../resources/braces.ts'
import type { Resource, TagSpec, TriggerSpec, VariableSpec } from '../resources/resource.ts'
import { destinationOf, meaningOfText, tableRows, type World } from './meaning.ts'
import { readable } from './nesting.ts'
import type { ReadContainer } from './read-container.ts'

/** GTM's own triggers, which every container has and none lists. */
const BUILT_IN: ReadonlyMap<string, string> = new Map([
  ['All Pages', 'pageview'],
  ['Initialization - All Pages', 'init'],
  ['Consent Initialization - All Pages', 'consentInit'],
])

export function builtInTrigger(name: string): TriggerSpec | undefined {
  const type = BUILT_IN.get(name)
  return type === undefined
    ? undefined
    : {
        type,
        customEventFilter: [],
        filter: [],
        autoEventFilter: [],
        parameters: {},
        settings: {},
        other: {},
      }
}

export function worldOf(container: ReadContainer): World {
  const variables = new Map(container.variables.map(({ name, spec }) => [name, spec]))
  // By their numbers in the container, by their names in a plan.
  const triggers = new Map([
    ...container.triggers.map(({ name, spec }) => [name, spec] as const),
    ...container.triggers.map(({ id, spec }) => [`#${id}`, spec] as const),
  ])
  const tags = new Map(container.tags.map(({ name, spec }) => [name, spec]))
  const world: World = {
    variable: (name) => variables.get(name),
    isByName: (name) => variables.has(name) && !container.readable.has(name),
    trigger: (ref) => builtInTrigger(ref) ?? triggers.get(ref),
    tag: (name) => tags.get(name),
    server: (id) => servers().get(canonicalJson([id])),
  }
  let found: ReadonlyMap<string, unknown> | undefined
  const servers = (): ReadonlyMap<string, unknown> =>
    (found ??= serversOf(
      container.tags.map(({ spec }) => spec),
      world,
    ))
  return world
}

/** What the plan compiles to, in the container that it stands beside: what is not the plan's is the container's. */
export function worldWith(resources: readonly Resource[], beside: World): World {
  const variables = new Map<string, VariableSpec>()
  const triggers = new Map<string, TriggerSpec>()
  const tags = new Map<string, TagSpec>()
  for (const resource of resources) {
    if (resource.kind === 'gtm/variable') variables.set(refTo(resource.key), resource.spec)
    if (resource.kind === 'gtm/trigger') triggers.set(refTo(resource.key), resource.spec)
    if (resource.kind === 'gtm/tag') tags.set(refTo(resource.key), resource.spec)
  }
  const written = readable(variables)
  const world: World = {
    variable: (ref) => variables.get(ref) ?? beside.variable(ref),
    isByName: (ref) => (variables.has(ref) ? !written.has(ref) : beside.isByName(ref)),
    trigger: (ref) => triggers.get(ref) ?? beside.trigger(ref),
    tag: (ref) => tags.get(ref) ?? beside.tag(ref),
    server: (id) => {
      found ??= serversOf([...tags.values()], world)
      const key = canonicalJson([id])
      return found.has(key) ? found.get(key) : beside.server(id)
    },
  }
  let found: ReadonlyMap<string, unknown> | undefined
  return world
}

/** The server container that each Google tag names for its measurement id; of several tags the last one's. */
export function serversOf(tags: readonly TagSpec[], world: World): ReadonlyMap<string, unknown> {
  return new Map(
    tags.filter(isGoogleTag).map((tag) => {
      const { id, config } = googleTagOf(tag, world)
      return [canonicalJson([id]), config.server_container_url] as const
    }),
  )
}

export function isGoogleTag({ type }: TagSpec): boolean {
  return type === 'googtag' || type === 'gaawc'
}

/** A Google tag in either generation: where it sends, and its settings. */
export function googleTagOf(
  tag: TagSpec,
  world: World,
): { readonly id: unknown; readonly config: { readonly [name: string]: unknown } } {
  const { parameters } = tag
  const settings = soleVariableIn(textOf(parameters.configSettingsVariable))
  const rows = [
    ...tableRows(
      settings === undefined ? undefined : world.variable(settings)?.parameters.configSettingsTable,
    ),
    ...tableRows(parameters.fieldsToSet),
    ...tableRows(parameters.configSettingsTable),
    ...(parameters.enableSendToServerContainer === true
      ? [['server_container_url', textOf(parameters.serverContainerUrl)] as const]
      : []),
    ...(tag.type === 'gaawc' && parameters.sendPageView === false
      ? [['send_page_view', 'false'] as const]
      : []),
  ]
  const id = destinationOf(
    {
      ...tag,
      parameters: { measurementIdOverride: parameters.tagId ?? parameters.measurementId ?? '' },
    },
    world,
  )
  return {
    id,
    config: Object.fromEntries([
      ['send_page_view', 'true'],
      ...rows.map(([name, text]) => [name, meaningOfText(text, world)] as const),
    ]) as { readonly [name: string]: unknown },
  }
}
