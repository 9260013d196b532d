/**
 * Plan in, desired resources out. What is written is decided here and in the files beside; how GTM writes it
 * stands in the templates:
 *
 *   Plan ─▶ planned entities (kind, key, naming, values) ─▶ names ─▶ template ─▶ GTM's JSON ─▶ spec ─▶ Resource
 */
import type { Diagnostic } from '../plan/diagnostic.ts'
import { conversionsOf, type Plan } from '../plan/plan.ts'
import { SEQUENCE } from '../kinds/entity.ts'
import { askedKinds, compileGa4, ENTITIES, rankOf } from '../kinds/kinds.ts'
import { conversionIn, keyInPlan, partsOf } from '../resources/key.ts'
import { TEMPLATE_REFS } from '../resources/parameters.ts'
import { withReferences } from '../resources/references.ts'
import type { Ga4Kind, Resource } from '../resources/resource.ts'
import { alternativesOf } from './alternatives.ts'
import { usedBuiltIns } from './used-built-ins.ts'
import { keyOf, refTo, type PlannedEntity } from './planned-entity.ts'
import { entitiesOf } from './entities.ts'
import { galleryTemplates } from './gallery.ts'
import { entityProblems } from './entity-problems.ts'
import { compileFolders, ofWholePlan } from './folders.ts'
import { measurementId, transportUrl } from './measurement-id.ts'
import { nameAll } from './names.ts'
import { BracesError, renderer, TemplateError, type Render } from './render.ts'
import { checkSize, estimateSize } from './size.ts'
import {
  compileBaseTags,
  compileEventSettings,
  compileEventTags,
  compileGoogleTag,
  setUpsOf,
  type TagParts,
} from './tags.ts'
import type { Templates } from './templates.ts'
import { consentDefaultsTag, consentTemplate } from './consent-defaults.ts'
import { consentTriggers } from './consent-triggers.ts'
import { compileTriggers } from './triggers.ts'
import { compileUserData } from './user-data.ts'
import { compileVariables } from './variables.ts'

export { compileGa4 }

export interface Compiled {
  readonly resources: readonly Resource[]
  /** The kinds of GA4 that are read for the plan; whatever it says nothing of is not even looked at. */
  readonly asked: readonly Ga4Kind[]
  readonly diagnostics: readonly Diagnostic[]
}

/** The resources that the plan asks for in its environment, in the order of their kinds and keys. */
export function compile(plan: Plan, templates: Templates): Compiled {
  const { planned, diagnostics } = plannedEntities(plan)
  const folders = compileFolders(plan)
  const taken = entitiesOf(plan)
  const templatesOfPlan = [...consentTemplate(plan), ...galleryTemplates(plan)]
  const names = nameAll([...folders, ...templatesOfPlan, ...planned], taken.names)
  const render = renderer(templates)
  const rendered = planned.map((each) => renderEntity(each, names.get(each.key) ?? '', render, templates))
  const named: Resource[] = [
    ...[...folders, ...templatesOfPlan].map(({ key, resource }) => ({
      ...resource,
      name: names.get(key) ?? '',
    })),
    ...rendered.flatMap((each) => each.resources),
  ]
  const made = withGuards(namedInHtml(plan, named), plan)
  const asTheyAre = taken.resources(made)
  const entities = inSequence([...made, ...asTheyAre.resources])
  const resources: Resource[] = [...builtIns(plan, entities), ...entities, ...compileGa4(plan)]
  return {
    asked: askedKinds(plan),
    resources: inOrder(resources.map((resource) => withFormerPlan(resource, plan))),
    diagnostics: [
      ...diagnostics,
      ...distinct(rendered.flatMap((each) => each.diagnostics)),
      ...asTheyAre.diagnostics,
      ...checkSize(estimateSize(resources)),
    ],
  }
}

/** What the id of a tag that loads a destination begins with. */
const BASE = 'destination-'

/** A team's own HTML calls the plan's variables by their names, which may change: they become references. */
function namedInHtml(plan: Plan, resources: readonly Resource[]): readonly Resource[] {
  const own = plan.destinations.filter(({ html }) => html !== undefined)
  if (own.length === 0) return resources
  const keys = new Map(
    resources.flatMap(({ kind, name, key }) => (kind === 'gtm/variable' ? [[name, key]] : [])),
  )
  const ids = new Set(own.map(({ id }) => id))
  const isTheirs = ({ kind, key }: Resource): boolean => {
    const [first = '', second = ''] = partsOf(key).id.split('.')
    const base = first.startsWith(BASE) ? first.slice(BASE.length) : ''
    return kind === 'gtm/tag' && (ids.has(second) || ids.has(base))
  }
  return resources.map((resource) =>
    isTheirs(resource)
      ? withReferences(resource, (kind, ref) => {
          const key = kind === 'gtm/variable' ? keys.get(ref) : undefined
          return key === undefined ? ref : refTo(key)
        })
      : resource,
  )
}

/** Tags before and after another are said by their names; what is the plan's becomes a reference. */
function inSequence(resources: readonly Resource[]): readonly Resource[] {
  const keys = new Map(
    resources.flatMap(({ kind, name, key }) => (kind === 'gtm/tag' ? [[name, key] as const] : [])),
  )
  return resources.map((resource) =>
    resource.kind === 'gtm/tag' && SEQUENCE.some((field) => field in resource.spec.other)
      ? withReferences(resource, (kind, ref) => {
          const key = kind === 'gtm/tag' ? keys.get(ref) : undefined
          return key === undefined ? ref : refTo(key)
        })
      : resource,
  )
}

/** What a protected conversion is made of carries it in its mark; what several conversions share does not. */
function withGuards(resources: readonly Resource[], plan: Plan): readonly Resource[] {
  const guarded = new Set(conversionsOf(plan).flatMap((each) => (each.protected ? [each.id] : [])))
  return resources.map((resource) =>
    (resource.kind === 'gtm/tag' || resource.kind === 'gtm/trigger') &&
    guarded.has(conversionIn(resource.key))
      ? { ...resource, protected: true }
      : resource,
  )
}

/** What the plan made while it had another id is known by its keys of that time. */
function withFormerPlan(resource: Resource, { was }: Plan): Resource {
  if (was === undefined) return resource
  const former = [resource.key, ...(resource.was ?? [])].map((key) => keyInPlan(key, was))
  return { ...resource, was: [...(resource.was ?? []), ...former] }
}

function plannedEntities(plan: Plan): { planned: PlannedEntity[]; diagnostics: readonly Diagnostic[] } {
  const variables = compileVariables(plan)
  const id = measurementId(plan, variables.textOf)
  const transport = transportUrl(plan)
  const shared = {
    textOf: variables.textOf,
    measurementId: id.text,
    ...(transport === undefined ? {} : { transportUrl: transport.text }),
  }
  const eventSettings = compileEventSettings(plan, shared)
  const parts: TagParts = {
    ...shared,
    ...(eventSettings === undefined ? {} : { eventSettings: { variable: refTo(eventSettings.key) } }),
  }
  const setUps = setUpsOf(plan, parts)
  const conversions = conversionsOf(plan)
    .filter((conversion) => conversion.trigger !== undefined)
    .map((conversion) => {
      const triggers = compileTriggers(plan, conversion, variables.textOf)
      const tags = compileEventTags(plan, conversion, triggers, parts, setUps)
      return { planned: [...triggers.planned, ...tags], diagnostics: triggers.diagnostics }
    })
  return {
    planned: [
      versionVariable(plan),
      ...id.planned,
      ...(transport?.planned ?? []),
      ...(eventSettings === undefined ? [] : [eventSettings]),
      ...variables.planned,
      ...compileUserData(plan, variables.textOf),
      ...baseTags(plan, parts),
      ...conversions.flatMap((each) => each.planned),
    ],
    diagnostics: [
      ...variables.diagnostics,
      ...conversions.flatMap((each) => each.diagnostics),
      ...plan.destinations.flatMap(({ trigger }) =>
        trigger === undefined ? [] : alternativesOf(trigger).diagnostics,
      ),
    ],
  }
}

function baseTags(plan: Plan, parts: TagParts): PlannedEntity[] {
  const { planned, googleTag, others } = consentTriggers(plan)
  const all = [
    ...consentDefaultsTag(plan),
    ...planned,
    ...(plan.googleTag === 'existing' ? [] : compileGoogleTag(plan, parts, googleTag)),
    ...compileBaseTags(plan, parts, others),
  ]
  // Accounts of one vendor share a linker, and tags that wait for the same consent share its mark.
  return [...new Map(all.map((each) => [each.key, each])).values()]
}

/** Says which plan this container holds; in its notes stands what cannot carry a mark of its own. */
function versionVariable(plan: Plan): PlannedEntity {
  return {
    kind: 'gtm/variable',
    template: 'variables/constant',
    key: keyOf(plan, 'version', 'variable'),
    naming: {
      pattern: plan.naming.variable ?? '{kind} - {source}',
      values: { kind: 'CONST', source: `measurement plan ${plan.id}`, plan: plan.id },
      id: plan.id,
    },
    ...ofWholePlan(plan, '/plan'),
    values: { value: plan.id },
  }
}

function renderEntity(
  planned: PlannedEntity,
  name: string,
  render: Render,
  templates: Templates,
): { resources: Resource[]; diagnostics: Diagnostic[] } {
  try {
    const entity = render(planned.template, { ...planned.values, name, folder: planned.folder })
    const problems = entityProblems(planned.kind, entity, name)
    const [problem] = problems
    if (problem !== undefined)
      throw new TemplateError(`${templates.get(planned.template)?.file ?? ''}: ${problem}`)
    return { resources: [resourceFrom(planned, name, entity)], diagnostics: [] }
  } catch (error) {
    return { resources: [], diagnostics: [diagnosticFrom(error, planned)] }
  }
}

/** A broken template is one mistake, however many conversions are written with it. */
function distinct(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const seen = new Map(diagnostics.map((each) => [JSON.stringify([each.code, each.message, each.at]), each]))
  return [...seen.values()]
}

function resourceFrom<K extends PlannedEntity['kind']>(
  planned: PlannedEntity & { readonly kind: K },
  name: string,
  entity: object,
): Resource<K> {
  const { kind, key, notes, origin, was } = planned
  const spec = ENTITIES[kind].fromWire({ ...entity }, TEMPLATE_REFS)
  return { kind, key, name, notes, origin, ...(was === undefined ? {} : { was }), spec }
}

function diagnosticFrom(error: unknown, planned: PlannedEntity): Diagnostic {
  if (error instanceof BracesError) {
    return {
      severity: 'error',
      code: 'texts-hold-no-references',
      message: error.message,
      fix: 'Refer to a variable with a source, for example { variable: Page URL }.',
      at: planned.origin,
    }
  }
  if (error instanceof TemplateError) {
    return {
      severity: 'error',
      code: 'templates-render-entities',
      message: error.message,
      fix: 'Compare the template with the one that comes with the product.',
    }
  }
  throw error
}

function builtIns(plan: Plan, entities: readonly Resource[]): Resource<'gtm/built-in-variable'>[] {
  return usedBuiltIns(entities.map((entity) => entity.spec)).map(([type, name]) => ({
    kind: 'gtm/built-in-variable',
    key: keyOf(plan, type, 'built-in-variable'),
    name,
    spec: { type },
    notes: '',
  }))
}

function inOrder(resources: readonly Resource[]): Resource[] {
  return [...resources].sort((a, b) => rankOf(a.kind) - rankOf(b.kind) || (a.key < b.key ? -1 : 1))
}
