/** The comparison of GA4's side. */
import { ga4Parent, idNumber, keyEventId } from '../live/property.ts'
import { isOf, knowsGa4, type Ga4Use, type Live, type LiveState, type Owner } from '../live/live.ts'
import type { Diagnostic } from '../plan/diagnostic.ts'
import { fieldOf, type Change, type FieldChange, type Use } from '../resources/change-set.ts'
import { partsOf } from '../resources/key.ts'
import { hashOf } from '../resources/marker.ts'
import { thingText } from '../words/change-words.ts'
import { and } from '../words/counting.ts'
import type { Resource, Ga4Kind } from '../resources/resource.ts'
import { at } from './at.ts'
import type { Comparison, DiffContext } from './comparison.ts'
import {
  causeOfSetting,
  driftedAlone,
  isListed,
  leftToOthers,
  noLongerStated,
  rootsOf,
  settingsOf,
  statedOtherwise,
  withoutFields,
} from './settings.ts'
import { GA4, ga4Identities, ga4Identity, isGa4, isMarkedInDescription, isReplaced } from '../kinds/kinds.ts'
import { allFields, causeOf, differences } from './three-way.ts'

/**
 * The live thing that a resource of the plan is, as far as the plan states it.
 * @param adopts whether it may be one that is not the plan's yet, and is only called so
 */
export function ga4Twin(
  resource: Resource<Ga4Kind>,
  live: readonly Live<Ga4Kind>[],
  adopts = false,
): Live<Ga4Kind> | undefined {
  const identities = ga4Identities(resource)
  const there =
    firstOf(identities, (identity) =>
      bestOf(
        resource,
        live.filter((each) => ga4Identity(each) === identity),
      ),
    ) ?? (adopts ? namesake(resource, live) : undefined)
  return there && asStated(resource, there)
}

/** Of what carries no mark GA4 may have two: the one that is as planned, else the one that was there first. */
function bestOf(resource: Resource<Ga4Kind>, all: readonly Live<Ga4Kind>[]): Live<Ga4Kind> | undefined {
  if (all.length < 2) return all[0]
  return (
    all.find((each) => settingFields(resource, each).length === 0) ??
    [...all].sort((a, b) => idNumber(a) - idNumber(b))[0]
  )
}

/** Of all that go for what the plan wants, copies of its mark too, the one that was there first. */
export function firstMade(
  resource: Resource<Ga4Kind>,
  live: readonly Live<Ga4Kind>[],
): Live<Ga4Kind> | undefined {
  const identities = ga4Identities(resource)
  const isIt = (each: Live<Ga4Kind>): boolean =>
    each.kind === resource.kind &&
    identities.includes(ga4Identity({ ...each, key: each.mark?.key ?? each.key }))
  return live.filter(isIt).sort((a, b) => idNumber(a) - idNumber(b))[0]
}

/** What is not the plan's, has no mark of anybody's, and goes by the name of what the plan is about to make. */
function namesake(
  { kind, name }: Resource<Ga4Kind>,
  live: readonly Live<Ga4Kind>[],
): Live<Ga4Kind> | undefined {
  if (GA4[kind].mark !== 'description with id') return undefined
  return live.find((each) => each.kind === kind && each.name === name && each.mark === undefined)
}

function firstOf<T, R>(values: readonly T[], find: (value: T) => R | undefined): R | undefined {
  for (const value of values) {
    const found = find(value)
    if (found !== undefined) return found
  }
  return undefined
}

export function diffGa4(desired: readonly Resource[], live: LiveState, context: DiffContext): Comparison {
  const byIdentity = new Map<ReturnType<typeof ga4Identity>, Live<Ga4Kind>[]>()
  for (const each of live.ga4) {
    const same = byIdentity.get(ga4Identity(each))
    if (same === undefined) byIdentity.set(ga4Identity(each), [each])
    else same.push(each)
  }
  const wanted = desired.filter(isGa4)
  const changes: Change[] = []
  const uses: Use[] = []
  const diagnostics: Diagnostic[] = []
  for (const resource of wanted) {
    const own = firstOf(ga4Identities(resource), (identity) =>
      bestOf(resource, byIdentity.get(identity) ?? []),
    )
    const other = own === undefined ? namesake(resource, live.ga4) : undefined
    const there = own ?? (other !== undefined && context.adopts(resource, undefined) ? other : undefined)
    if (other !== undefined) diagnostics.push(...calledLikeIt(resource, other, there !== undefined))
    if (ga4Parent(resource.kind, live) === undefined && knowsGa4(live)) {
      diagnostics.push(noStream(resource))
    } else if (!there) {
      changes.push(
        context.change({ action: 'create', resource, cause: 'plan', fields: allFields(resource, 'after') }),
      )
    } else if (
      (isOthers(there, context.owner) || isWantedOtherwise(resource, there, live)) &&
      !context.adopts(resource, otherOwner(there, live))
    ) {
      uses.push({ kind: resource.kind, key: resource.key, name: there.name })
      diagnostics.push(...differsFromOthers(resource, there, otherOwner(there, live)))
    } else if (isListed(resource)) {
      const found = settingChange(resource, there, live, context)
      changes.push(...found.changes)
      uses.push(...found.uses)
      diagnostics.push(...found.diagnostics)
    } else {
      const adopts = !there.ours && context.adopts(resource, otherOwner(there, live))
      changes.push(...ga4Change(resource, there, adopts, context))
    }
  }
  const asThere = settingsOf(wanted).flatMap((each) => ga4Twin(each, live.ga4) ?? [])
  diagnostics.push(...noLongerStated([...wanted, ...asThere], live))
  const wantedIdentities = new Set(wanted.flatMap(ga4Identities))
  const leaving = live.ga4.filter((each) => each.ours && !wantedIdentities.has(ga4Identity(each)))
  const kept = leaving.filter((each) => usersElsewhere(each, live).length > 0)
  diagnostics.push(...kept.map((each) => usedElsewhere(each, live)))
  const gone = leaving.filter((each) => !kept.includes(each))
  for (const each of gone) {
    changes.push(isLeaving(each, live) ? departure(each, context, 'plan') : removal(each, context))
  }
  diagnostics.push(...tooMany(wanted, live.ga4, changes))
  const known = new Set([...wantedIdentities, ...leaving.map(ga4Identity)])
  return {
    changes,
    uses,
    // A setting is everybody's: read for what hangs on it, it is no thing of others'.
    unmanaged: [...byIdentity].filter(
      ([identity, [one]]) => !known.has(identity) && (one === undefined || !GA4[one.kind].singleton),
    ).length,
    owned: live.ga4.filter(({ ours }) => ours).length,
    diagnostics,
  }
}

/** Others make them as well, and a property of 360 may hold more: so it is no error. */
function tooMany(
  wanted: readonly Resource<Ga4Kind>[],
  live: readonly Live<Ga4Kind>[],
  changes: readonly Change[],
): readonly Diagnostic[] {
  return [...new Set(wanted.map(({ kind }) => kind))].flatMap((kind): Diagnostic[] => {
    const { most, titles } = GA4[kind]
    if (most === undefined) return []
    const made = changes.filter((each) => each.kind === kind && each.action === 'create')
    const gone = changes.filter((each) => each.kind === kind && each.action === 'delete').length
    const before = live.filter((each) => each.kind === kind).length
    const total = before + made.length - gone
    const last = made.at(-1)
    // Who has more already has a property that holds more.
    if (total <= most || before > most || last === undefined) return []
    return [
      {
        severity: 'warning',
        code: 'property-has-room',
        message: `With the ${titles} of the plan the property would hold ${total}, and a standard one holds ${most}: GA4 refuses what is beyond that.`,
        fix: `take out of GA4 (Admin) what nobody uses, or leave some out of the plan; a GA4 360 property may hold more`,
        ...at(last.desired),
      },
    ]
  })
}

/** What is called like a thing of the plan and is not its own: it stays beside it, or becomes it if its rule is the same. */
function calledLikeIt(
  resource: Resource<Ga4Kind>,
  there: Live<Ga4Kind>,
  isAdopted: boolean,
): readonly Diagnostic[] {
  const fields = differences({ ...there, notes: '' }, { ...resource, notes: '' })
  if (isAdopted && isReplaced(resource.kind, fields))
    return [
      {
        severity: 'error',
        code: 'fixed-in-ga4',
        message: `GA4 has ${thingText(resource)} with another rule and never changes one, so it cannot become the plan's.`,
        fix: 'say its rule in the plan, or call the one of the plan otherwise and let it be made anew',
        ...at(resource),
      },
    ]
  if (isAdopted) return []
  return [
    {
      severity: 'warning',
      code: 'name-is-there-in-ga4',
      message: `GA4 has ${thingText(resource)} already, which is not the plan's; a second one of that name is made.`,
      fix: `plan adopt --only "${resource.name}" makes that one the plan's, if its rule is the same`,
      ...at(resource),
    },
  ]
}

/** What carries no mark: its fields are compared one by one, and those that another plan states otherwise are left. */
function settingChange(
  resource: Resource<Ga4Kind>,
  there: Live<Ga4Kind>,
  live: LiveState,
  context: DiffContext,
): Pick<Comparison, 'changes' | 'uses' | 'diagnostics'> {
  const fixed = settingFields(resource, there).filter(({ path }) => GA4[resource.kind].fixed.includes(path))
  if (fixed.length > 0) return { changes: [], uses: [], diagnostics: [cannotBeChanged(resource, fixed)] }
  const { resource: ours, others } = ownPart(resource, there, live)
  const diagnostics = leftToOthers(resource, others)
  const fields = settingFields(ours, there)
  if (fields.length === 0) {
    const { kind, key, name } = resource
    return { changes: [], uses: others.length === 0 ? [] : [{ kind, key, name }], diagnostics }
  }
  const roots = rootsOf(fields)
  const update = (resource: Resource<Ga4Kind>, of: readonly string[]): Change => {
    const cause = causeOfSetting(ours, there, of, live)
    const renamed = there.name !== resource.name && cause !== 'drift'
    return context.change({
      action: renamed ? 'rename' : 'update',
      resource,
      cause,
      fields: fields.filter((field) => of.includes(fieldOf(field))),
      ...(renamed ? { previousName: there.name } : {}),
    })
  }
  // What somebody changed stays so while the plan changes something else of the same thing.
  const byHand = driftedAlone(ours, there, roots, live)
  const planned = roots.filter((root) => !byHand.includes(root))
  const whole = { changes: [update(ours, roots)], uses: [], diagnostics }
  if (byHand.length === 0 || planned.length === 0) return whole
  const kept = update(withoutFields(ours, planned), byHand)
  return kept.held === true
    ? { ...whole, changes: [update(withoutFields(ours, byHand), planned), kept] }
    : whole
}

/** What of a setting the plan may write: a field that differs and that another plan states otherwise is left to that. */
export function ownPart(
  resource: Resource<Ga4Kind>,
  there: Live<Ga4Kind> | undefined,
  live: LiveState,
): { readonly resource: Resource<Ga4Kind>; readonly others: ReturnType<typeof statedOtherwise> } {
  if (there === undefined) return { resource, others: [] }
  const others = statedOtherwise(resource, rootsOf(settingFields(resource, there)), live)
  const left = others.map(({ field }) => field)
  return { resource: withoutFields(resource, left), others }
}

/** What it is called is one of its fields. */
function settingFields(resource: Resource<Ga4Kind>, there: Live<Ga4Kind>): readonly FieldChange[] {
  return differences({ ...asStated(resource, there), notes: resource.notes }, resource).filter(
    ({ path }) => path !== 'name',
  )
}

function cannotBeChanged(
  { kind, name, origin }: Resource<Ga4Kind>,
  fields: readonly FieldChange[],
): Diagnostic {
  const list = fields.map(
    ({ path, before, after }) =>
      `the ${GA4[kind].labels?.[path] ?? path} of ${thingText({ kind, name })}: it is ${JSON.stringify(before)}, not ${JSON.stringify(after)}`,
  )
  return {
    severity: 'error',
    code: 'fixed-in-ga4',
    message: `GA4 never changes ${list.join('; nor ')}.`,
    fix: 'write what is there, or delete it in GA4 (Admin) and let the plan make it anew',
    ...at({ origin }),
  }
}

function noStream({ kind, origin }: Resource<Ga4Kind>): Diagnostic {
  return {
    severity: 'error',
    code: 'stream-is-not-there',
    message: `The property has no web stream with the measurement id of this environment, so nothing can be said of its ${GA4[kind].title}.`,
    fix: 'write the measurement id of one of its web streams (GA4: Admin, Data streams); plan doctor names them',
    ...at({ origin }),
  }
}

function removal(there: Live<Ga4Kind>, context: DiffContext): Change {
  return departure(there, context, hashOf(there) === appliedHash(there.mark, there) ? 'plan' : 'both')
}

function departure(there: Live<Ga4Kind>, context: DiffContext, cause: 'plan' | 'both'): Change {
  const { kind, key, name } = there
  return context.deletion({ kind, key, name, cause, fields: allFields(there, 'before') })
}

/** Given up before: what changed it since is the plan that used it still, and no hand. */
function isLeaving({ remote }: Live<Ga4Kind>, { listed }: LiveState): boolean {
  return listed.keyEvents.some(({ leaving }) => leaving !== undefined && leaving === keyEventId(remote.id))
}

function ga4Change(
  resource: Resource<Ga4Kind>,
  there: Live<Ga4Kind>,
  adopts: boolean,
  context: DiffContext,
): readonly Change[] {
  const live = { ...there, notes: resource.notes }
  // What it is called is one of its fields.
  const fields = differences(live, resource).filter(({ path }) => path !== 'name')
  // The mark says under which id it is the plan's.
  const isMoved = there.ours && isMarkedInDescription(resource.kind) && !isMarkedFor(resource, there)
  if (fields.length === 0 && !adopts && !isMoved) return []
  if (there.ours && isReplaced(resource.kind, fields))
    return [
      removal(there, context),
      context.change({ action: 'create', resource, cause: 'plan', fields: allFields(resource, 'after') }),
    ]
  const renamed = there.name !== resource.name
  return [
    context.change({
      action: adopts ? 'adopt' : renamed ? 'rename' : 'update',
      resource,
      cause: causeOf(
        resource,
        live,
        isOthers(there, context.owner) ? undefined : appliedHash(there.mark, live),
      ),
      fields,
      ...(renamed ? { previousName: there.name } : {}),
      ...(isMoved ? { previousKey: there.key } : {}),
      ...(there.ours || adopts ? {} : { found: true }),
    }),
  ]
}

/** Whether the mark of what is there says the id of the plan, and of the thing where it says that, as they are now. */
export function isMarkedFor(
  { kind, key }: Resource<Ga4Kind>,
  { mark, key: markedKey }: Live<Ga4Kind>,
): boolean {
  return GA4[kind].mark === 'description with id' ? markedKey === key : mark?.plan === partsOf(key).plan
}

/** Of what is nobody's only what the plan states counts. */
function asStated({ kind, spec }: Resource<Ga4Kind>, there: Live<Ga4Kind>): Live<Ga4Kind> {
  if (GA4[kind].mark !== 'none') return there
  const stated = Object.entries(there.spec).filter(([field]) => field in spec)
  return { ...there, spec: Object.fromEntries(stated) } as Live<Ga4Kind>
}

/** The hash that what is there would have if nobody had touched it: of the last apply, or of before it was cut off. */
function appliedHash(
  mark: Live['mark'],
  live: Pick<Resource, 'name' | 'spec' | 'notes'>,
): string | undefined {
  return mark?.was !== undefined && hashOf(live) === mark.was ? mark.was : mark?.hash
}

function isOthers({ mark }: Live<Ga4Kind>, owner: Owner): boolean {
  return mark !== undefined && !isOf(owner, mark.plan)
}

/** Another plan whose it is. Key events carry no mark, but the plans of the container list theirs. */
export function otherOwner(thing: Live<Ga4Kind>, live: LiveState): string | undefined {
  return isOthers(thing, live) ? thing.mark?.plan : usersElsewhere(thing, live)[0]?.plan
}

/**
 * Whether another plan wants a key event that this one did not make, and wants it otherwise: with two values in two plans each
 * apply would set it back, and Ads would bid on either in turn.
 */
function isWantedOtherwise(resource: Resource<Ga4Kind>, there: Live<Ga4Kind>, live: LiveState): boolean {
  if (there.ours || resource.kind !== 'ga4/key-event') return false
  const wanted = hashOf(resource)
  return usersElsewhere(there, live).some(({ hash }) => hash !== undefined && hash !== wanted)
}

/** Two plans that both describe one thing would take turns in overwriting each other. */
function differsFromOthers<K extends Ga4Kind>(
  resource: Resource<K>,
  there: Live<Ga4Kind>,
  owner = '',
): readonly Diagnostic[] {
  const fields = differences({ ...there, notes: '' }, { ...resource, notes: '' })
    .map(({ path }) => path)
    .filter((path) => path !== 'description' && path !== 'name')
  if (fields.length === 0) return []
  return [
    {
      severity: 'warning',
      code: 'definition-of-another-plan',
      message: `"${GA4[resource.kind].idOf(resource.spec)}" is in GA4 for the plan "${owner}" with another ${fields.join(', ')}; it is left as it is.`,
      fix: 'describe it in the same way in both plans',
      ...at(resource),
    },
  ]
}

/** Who else says that it uses the thing, in this container or in another one on the property. */
function usersElsewhere(thing: Live<Ga4Kind>, { ga4Uses }: LiveState): readonly Ga4Use[] {
  const identity = ga4Identity(thing)
  return ga4Uses.filter((use) => use.identity === identity)
}

function usedElsewhere(thing: Live<Ga4Kind>, live: LiveState): Diagnostic {
  const users = [
    ...new Set(
      usersElsewhere(thing, live).map(
        ({ plan, container }) => `the plan "${plan}"${container === undefined ? '' : ` (${container})`}`,
      ),
    ),
  ]
  return {
    severity: 'warning',
    code: 'used-by-another-plan',
    message: `${thingText(thing)} is no longer in the plan, and stays in GA4: ${and(users)} ${users.length === 1 ? 'uses' : 'use'} it.`,
    fix: 'nothing is to be done; it leaves with the first apply after they have given it up',
  }
}
