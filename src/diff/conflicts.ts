/** What stands in the way at Google, each with the ways out. */
import { isDouble, ownerOf } from '../live/container.ts'
import type { Container, Live, LiveState } from '../live/live.ts'
import { isInnerVariable } from '../live/usage.ts'
import type { Diagnostic, Pointer } from '../plan/diagnostic.ts'
import { BUILT_IN_TRIGGER_NAMES } from '../resources/gtm-defaults.ts'
import { CONSENT_DEFAULTS, keyIn, partsOf, resourceId } from '../resources/key.ts'
import { isEntity, kindText } from '../kinds/kinds.ts'
import { referencesOf, type Reference } from '../resources/references.ts'
import type { GalleryTemplate, Kind, Resource, EntityKind } from '../resources/resource.ts'
import { galleryOf } from '../kinds/template.ts'
import { placeIn } from '../resources/plan-line.ts'
import { at } from './at.ts'
import { copyWords, countingTwice, eventsSentByOthers, googleTagIsThere } from './counted-twice.ts'
import { isAlike, reread, type Matches } from './match.ts'

/** `plans/shop.yaml:14:5` of another plan's thing; undefined where its file is not at hand. */
export type PlaceOf = (theirs: Live<EntityKind>) => string | undefined

/** Where the plan says the name of something of GTM's, nearest to a place of the plan; undefined where it cannot be told. */
export type SaidAt = (name: string, from: Pointer) => Pointer | undefined

export function conflictDiagnostics(
  desired: readonly Resource[],
  { plan, content }: LiveState,
  matches: Matches,
  placeOf: PlaceOf = () => undefined,
  saidAt: SaidAt = () => undefined,
): readonly Diagnostic[] {
  const countsTwice = countingTwice(desired, content, matches)
  return [
    ...desired.flatMap((resource) => (isEntity(resource) ? nameTaken(resource, matches, placeOf) : [])),
    ...desired.flatMap((resource) => builtInNameTaken(resource, content, matches)),
    ...desired.flatMap((resource) => missingReferences(resource, desired, content, saidAt)),
    ...googleTagIsThere(desired, content, matches),
    ...eventsSentByOthers(content, matches, countsTwice),
    ...matches.copies.map((copy): Diagnostic => {
      const kind = kindText(copy.kind)
      const twice = copyWords(copy, countsTwice)
      return {
        severity: 'warning',
        code: 'marker-was-copied',
        message: `The ${kind} "${copy.name}" in GTM is a copy of one that the plan "${plan}" made; it is left alone${twice === undefined ? '' : `, and ${twice}`}.`,
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
  saidAt: SaidAt,
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
    ...at({ origin: saidAt(ref, resource.origin ?? '') ?? resource.origin }),
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
