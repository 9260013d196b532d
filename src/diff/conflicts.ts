/** What stands in the way at Google, each with the ways out. */
import { destinationOf } from '../destinations/kinds.ts'
import { isDouble, ownerOf, refOf } from '../live/container.ts'
import type { Container, Live, LiveState } from '../live/live.ts'
import { isInnerVariable } from '../live/usage.ts'
import type { Diagnostic } from '../plan/diagnostic.ts'
import { BUILT_IN_TRIGGER_NAMES } from '../resources/gtm-defaults.ts'
import { CONSENT_DEFAULTS, keyIn, partsOf, refTo, resourceId } from '../resources/key.ts'
import { isEntity, kindText } from '../kinds/kinds.ts'
import { soleVariableIn } from '../resources/braces.ts'
import { referencesOf, type Reference } from '../resources/references.ts'
import type { GalleryTemplate, Kind, Resource, EntityKind } from '../resources/resource.ts'
import { galleryOf } from '../kinds/template.ts'
import { placeIn } from '../resources/plan-line.ts'
import { isAlike, meansTheSame, reread, type Matches } from './match.ts'

/** `plans/shop.yaml:14:5` of another plan's thing; undefined where its file is not at hand. */
export type PlaceOf = (theirs: Live<EntityKind>) => string | undefined

export function conflictDiagnostics(
  desired: readonly Resource[],
  { plan, content }: LiveState,
  matches: Matches,
  placeOf: PlaceOf = () => undefined,
): readonly Diagnostic[] {
  return [
    ...desired.flatMap((resource) => (isEntity(resource) ? nameTaken(resource, matches, placeOf) : [])),
    ...desired.flatMap((resource) => builtInNameTaken(resource, content, matches)),
    ...desired.flatMap((resource) => missingReferences(resource, desired, content)),
    ...googleTagIsThere(desired, content, matches),
    ...eventsSentByOthers(desired, content, matches),
    ...matches.copies.map((copy): Diagnostic => {
      const kind = kindText(copy.kind)
      return {
        severity: 'warning',
        code: 'marker-was-copied',
        message: `The ${kind} "${copy.name}" in GTM is a copy of one that the plan "${plan}" made; it is left alone.`,
        fix: `delete it, or take the lines between [measurement-plan] and [/measurement-plan …] out of its notes`,
      }
    }),
    ...matches.orphans.filter(isDouble).map((double): Diagnostic => ({
      severity: 'warning',
      code: 'made-twice',
      message: `The ${kindText(double.kind)} "${double.name}" stands in the container twice, and the plan "${plan}" made both: the younger one is deleted.`,
      fix: 'apply the plan before that version is published',
    })),
  ]
}

function at(resource: Resource): { at?: string } {
  return resource.origin === undefined ? {} : { at: resource.origin }
}

function nameTaken(
  resource: Resource<EntityKind>,
  matches: Matches,
  placeOf: PlaceOf,
): readonly Diagnostic[] {
  const id = resourceId(resource)
  const there = matches.conflicts.get(id)
  if (there === undefined) return []
  const kind = kindText(resource.kind)
  const asked = galleryOf(resource)
  if (asked !== undefined) return [otherVersion(resource, asked, galleryOf(there))]
  if (ownerOf(there) !== undefined) return [nameOfAnotherPlan(resource, there, placeOf(there))]
  const isGoogleTag = resource.kind === 'gtm/tag' && resource.spec.type === 'googtag'
  if (isAlike(resource, reread(there, matches.refs)))
    return [
      {
        severity: 'error',
        code: 'name-is-taken',
        message: `The container has this ${kind} "${resource.name}" already, and it is not this plan's: a second one would do everything twice.`,
        fix: `make it the plan’s with plan adopt, or ${nameOtherwise('yours', resource)}`,
        ...at(resource),
      },
    ]
  return [
    {
      severity: 'error',
      code: 'name-is-taken',
      message: `The container has a ${kind} "${resource.name}" that is not this plan's and means something else.`,
      fix: isGoogleTag
        ? 'write "googleTag: existing" if that tag loads Google Analytics, or take it over with plan adopt'
        : `take it over with plan adopt, or ${nameOtherwise('yours', resource)}`,
      ...at(resource),
    },
  ]
}

/** Nobody may answer for code but who has read it; and no API changes a template's version. */
function otherVersion(
  resource: Resource<EntityKind>,
  { owner, repository, version }: GalleryTemplate,
  there: GalleryTemplate | undefined,
): Diagnostic {
  const isEdited = there?.modified === true
  return {
    severity: 'error',
    code: 'template-is-another-version',
    message: isEdited
      ? `The container has the template ${owner}/${repository} with code that somebody edited there; the plan acknowledges ${version}.`
      : `The container has the template ${owner}/${repository} at ${there?.version ?? ''}; the plan acknowledges ${version}.`,
    fix: isEdited
      ? 'bring the template back to the gallery’s in GTM (Templates, Update), or leave out "via: gallery"'
      : `read that commit and write \`acknowledge: ${there?.version ?? ''}\`, or update the template in GTM (Templates, Update)`,
    ...at(resource),
  }
}

/** With a pattern that gives everything of its kind another name, vendors' tags too, which ask for {kind}. */
function nameOtherwise(what: string, { kind, key }: Resource): string {
  const pattern = partsOf(key).id === CONSENT_DEFAULTS ? undefined : PATTERNS[kind]
  return pattern === undefined
    ? 'rename the other one in GTM'
    : `name ${what} otherwise, for example with naming: { ${pattern} }`
}

const PATTERNS: { readonly [K in Kind]?: string } = {
  'gtm/tag': 'tag: "{plan} {kind} - {event}"',
  'gtm/trigger': 'trigger: "{plan} {kind} - {id}"',
  'gtm/variable': 'variable: "{plan} {kind} - {source}"',
  'gtm/folder': 'folder: "{plan} {title}"',
}

/** Taken over by turns, a name would never come to rest. */
export function nameOfAnotherPlan(
  resource: Resource<EntityKind>,
  theirs: Live<EntityKind>,
  place = placeIn(theirs.notes),
): Diagnostic {
  const plan = theirs.mark?.plan ?? ''
  const way =
    resource.kind === 'gtm/tag' && resource.spec.type === 'googtag'
      ? 'write "googleTag: existing" in one of the two'
      : partsOf(resource.key).id === CONSENT_DEFAULTS
        ? 'leave "defaultsTag" to one of the two, for one tag sets the defaults of a page'
        : nameOtherwise('it', resource)
  return {
    severity: 'error',
    code: 'name-of-another-plan',
    message: `The ${kindText(resource.kind)} "${resource.name}" belongs to the plan "${plan}"${place === undefined ? '' : ` (${place})`}, where it means something else.`,
    fix: `${way}; if this plan was called "${plan}", write "was: ${plan}" at its top; if "${plan}" is no longer applied, plan adopt --only "${resource.name}"`,
    ...at(resource),
  }
}

/** GTM refuses a variable that is called like an enabled built-in one, and the other way round. */
function builtInNameTaken(resource: Resource, content: Container, matches: Matches): readonly Diagnostic[] {
  const isFree = (list: readonly Live[]): boolean => !list.some(({ name }) => name === resource.name)
  const taken =
    resource.kind === 'gtm/built-in-variable'
      ? !content.builtIns.some(({ spec }) => spec.type === resource.spec.type) &&
        !isFree(content.entities.filter(({ kind }) => kind === 'gtm/variable'))
      : resource.kind === 'gtm/variable' &&
        !matches.owned.has(resourceId(resource)) &&
        !isFree(content.builtIns)
  if (!taken) return []
  return [
    {
      severity: 'error',
      code: 'name-is-taken',
      message: `The container has another variable called "${resource.name}", so GTM will not take ${resource.kind === 'gtm/variable' ? 'this one' : 'its own built-in variable of that name'}.`,
      fix:
        resource.kind === 'gtm/variable' ? nameOtherwise('yours', resource) : 'rename that variable in GTM',
      ...at(resource),
    },
  ]
}

/** A name that the plan takes from the container has to be there. */
function missingReferences(
  resource: Resource,
  desired: readonly Resource[],
  content: Container,
): readonly Diagnostic[] {
  const missing = referencesOf(resource).filter(
    (reference) =>
      keyIn(reference.ref) === undefined &&
      reference.kind !== 'gtm/template' &&
      !exists(reference, desired, content),
  )
  return missing.map(({ kind, ref }) => ({
    severity: 'error',
    code: 'reference-exists',
    message: `"${resource.name}" refers to the ${kindText(kind)} "${ref}", which the container does not have.`,
    fix: `create it in GTM, or correct the name (capitals count)`,
    ...at(resource),
  }))
}

function exists(
  { kind, ref: name }: Reference,
  desired: readonly Resource[],
  { entities, builtIns }: Container,
): boolean {
  if (entities.some((entity) => entity.kind === kind && entity.name === name)) return true
  if (kind === 'gtm/trigger') return BUILT_IN_TRIGGER_NAMES.has(name)
  if (kind !== 'gtm/variable') return false
  return (
    isInnerVariable(name) ||
    builtIns.some((builtIn) => builtIn.name === name) ||
    desired.some((resource) => resource.kind === 'gtm/built-in-variable' && resource.name === name)
  )
}

/** Two Google tags with one measurement id count every page twice. */
function googleTagIsThere(
  desired: readonly Resource[],
  content: Container,
  matches: Matches,
): readonly Diagnostic[] {
  const ours = oursIn(matches)
  return desired.flatMap((resource): readonly Diagnostic[] => {
    if (resource.kind !== 'gtm/tag' || resource.spec.type !== 'googtag') return []
    const target = resolved(String(resource.spec.parameters.tagId ?? ''), desired)
    const twin = content.entities.find(
      (tag) =>
        tag.kind === 'gtm/tag' &&
        !ours.has(tag) &&
        tag.name !== resource.name &&
        !tag.spec.paused &&
        measurementId(tag, content) === target,
    )
    if (twin === undefined || target === '') return []
    return [
      {
        severity: 'warning',
        code: 'google-tag-is-there',
        message: `The container already loads ${target} with the tag "${twin.name}"; a second one counts every page twice.`,
        fix: 'write "googleTag: existing" in the plan, or pause that tag',
        ...at(resource),
      },
    ]
  })
}

function oursIn(matches: Matches): ReadonlySet<Live> {
  return new Set<Live>([
    ...matches.owned.values(),
    ...matches.orphans,
    ...matches.used.values(),
    ...matches.adopted.values(),
  ])
}

/** Somebody else's tag that sends an event of the plan to the same place counts it a second time. */
function eventsSentByOthers(
  desired: readonly Resource[],
  content: Container,
  matches: Matches,
): readonly Diagnostic[] {
  // Copies, and what is in the way by its name, have words of their own.
  const known = new Set<Live>([...oursIn(matches), ...matches.conflicts.values(), ...matches.copies])
  const ours = desired.filter(isEventTag)
  return content.entities.flatMap((theirs): readonly Diagnostic[] => {
    if (!isEventTag(theirs) || known.has(theirs) || theirs.spec.paused) return []
    const event = parameterText(theirs, 'eventName', content.entities)
    const same = ours.filter(
      (tag) =>
        parameterText(tag, 'eventName', desired) === event &&
        !goElsewhere(
          parameterText(tag, 'measurementIdOverride', desired),
          parameterText(theirs, 'measurementIdOverride', content.entities),
        ),
    )
    const [first] = same
    if (first === undefined) return []
    const alike = same.find((tag) => haveTriggerAlike(tag, theirs, desired, content, matches))
    return [
      {
        severity: 'warning',
        code: 'event-is-sent-by-others',
        message: `The tag "${theirs.name}" in the container sends "${event}", too, ${
          alike === undefined
            ? 'on a trigger that is written otherwise: what fires both is counted twice'
            : "on a trigger like the plan's: everything is counted twice"
        } once the plan is live.`,
        fix: 'pause or delete that tag when the plan goes live, or give the event of the plan another name',
        ...at(alike ?? first),
      },
    ]
  })
}

function isEventTag<R extends Resource>(resource: R): resource is Extract<R, { readonly kind: 'gtm/tag' }> {
  if (resource.kind !== 'gtm/tag') return false
  const found = destinationOf(resource.spec)
  return found?.kind === 'ga4' && found.event !== undefined
}

function parameterText(
  { spec }: Resource<'gtm/tag'>,
  parameter: string,
  variables: readonly Resource[],
): string {
  return resolved(String(spec.parameters[parameter] ?? ''), variables)
}

/** Only two ids that are known can be told apart. */
function goElsewhere(ours: string, theirs: string): boolean {
  return [ours, theirs].every((id) => /^G-[A-Z0-9]+$/.test(id)) && ours !== theirs
}

function haveTriggerAlike(
  ours: Resource<'gtm/tag'>,
  theirs: Live<'gtm/tag'>,
  desired: readonly Resource[],
  { entities }: Container,
  { refs }: Matches,
): boolean {
  const triggers = desired
    .filter((each) => each.kind === 'gtm/trigger')
    .filter(({ key }) => ours.spec.firingTriggers.includes(refTo(key)))
  return reread(theirs, refs).spec.firingTriggers.some((ref) => {
    const trigger = entities.find((each) => each.kind === 'gtm/trigger' && refOf(each) === ref)
    return (
      ours.spec.firingTriggers.includes(ref) ||
      (trigger !== undefined && triggers.some((each) => meansTheSame(each, reread(trigger, refs))))
    )
  })
}

/** What a text stands for when it is one constant: of the plan by its key, of anybody else by its name. */
function resolved(text: string, variables: readonly Resource[]): string {
  const ref = soleVariableIn(text)
  if (ref === undefined) return text
  const key = keyIn(ref)
  const variable = variables.find(
    (each) => each.kind === 'gtm/variable' && (key === undefined ? each.name === ref : each.key === key),
  )
  if (variable?.kind !== 'gtm/variable' || variable.spec.type !== 'c') return text
  return String(variable.spec.parameters.value ?? '')
}

/** Of a base tag of GA4; undefined for any other. */
function measurementId({ spec }: Live<'gtm/tag'>, { entities }: Container): string | undefined {
  const found = destinationOf(spec)
  if (found?.kind !== 'ga4' || found.event !== undefined || found.id === undefined) return undefined
  return resolved(found.id, entities)
}
