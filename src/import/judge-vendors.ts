/** What the destinations of an imported plan would do, against what the tags do that they were read from. */
import { moduleFor } from '../destinations/kinds.ts'
import { fieldChanges } from '../diff/field-changes.ts'
import { meaningOf, type World } from '../lift/meaning.ts'
import type { ReadEntity } from '../lift/read-container.ts'
import { canonicalJson } from '../resources/canonical-json.ts'
import { partsOf } from '../resources/key.ts'
import type { Resource, TagSpec } from '../resources/resource.ts'
import { actKey, actsOf, type Act } from './acts.ts'
import type { Why } from './conversion.ts'
import { whyUnlike } from './field-words.ts'
import type { Candidate, Choice, Context } from './lifting.ts'
import type { PlacedTag } from './vendor-tags.ts'

/**
 * What does not come out as it is in the container is said otherwise, or its tag joins `refused`. Gives what the next round
 * tries otherwise, undefined when all is as it was.
 */
export function vendorsCompared(
  placed: readonly PlacedTag[],
  conversions: ReadonlyMap<string, Candidate>,
  resources: readonly Resource[],
  made: World,
  { world, inSequence }: Context,
  { choice, refused }: { readonly choice: Choice; readonly refused: Map<ReadEntity<TagSpec>, Why> },
): Partial<Choice> | undefined {
  const spelled = new Map(choice.spelled)
  const existing = new Set(choice.existing)
  const asHtml = new Set(choice.asHtml)
  const ids = new Map([...conversions].map(([id, candidate]) => [candidate, id]))
  const tags = new Map(
    resources.flatMap((resource) =>
      resource.kind === 'gtm/tag' ? [[partsOf(resource.key).id, resource.spec] as const] : [],
    ),
  )
  let isAgain = false
  for (const each of placed) {
    const { tag, kind, account, conversions: of } = each
    const wanted = actsOf(tag.spec, world, inSequence.has(tag.name))
    const specs = keysOf(each, ids).flatMap((key) => tags.get(key) ?? [])
    const acts = specs.flatMap((spec) => actsOf(spec, made))
    if (isSame(wanted, acts)) continue
    isAgain = true
    const fields = fieldsUnlike(wanted, acts)
    const isEvent = of.length > 0
    // It is given up once: what runs before an event still is then nothing that the plan has it run.
    const canExist =
      account !== undefined && !choice.existing.has(account) && moduleFor({ kind }).options.includes('loader')
    const before = spelled.get(tag)
    const toSpell = !isEvent
      ? []
      : before === undefined
        ? saidUnlike(each, specs[0], world, made)
        : ofNoOrder(each, specs[0], before)
    if (toSpell.length > 0) spelled.set(tag, new Set(toSpell))
    else if (isEvent && canExist && fields.every((field) => field === 'before')) existing.add(account)
    else if (tag.spec.type === 'html' && kind !== 'html') asHtml.add(tag)
    else refused.set(tag, whyUnlike(fields))
  }
  // With other tags the ids may be others: what is accepted is found anew.
  return isAgain ? { spelled, existing, asHtml, ignore: [] } : undefined
}

/** The ids in the keys of the tags that stand for it. */
function keysOf(
  { kind, recognised: { part }, destination, conversions }: PlacedTag,
  ids: ReadonlyMap<Candidate, string>,
): readonly string[] {
  if (conversions.length > 0)
    return conversions.map((candidate) => `${ids.get(candidate) ?? ''}.${destination}`)
  const own = `destination-${destination}${part === undefined || kind === 'html' ? '' : `.${part}`}`
  return part === undefined ? [own] : [own, `destinations-${kind}.${part}`]
}

function isSame(wanted: readonly Act[], acts: readonly Act[]): boolean {
  const [a, b] = [wanted, acts].map((each) => each.map(actKey).sort())
  return canonicalJson(a) === canonicalJson(b)
}

function fieldsUnlike(wanted: readonly Act[], acts: readonly Act[]): readonly string[] {
  const [a, b] = [wanted, acts].map((each) => each.map(({ when }) => when).sort())
  if (canonicalJson(a) !== canonicalJson(b)) return ['moment']
  const found = wanted.flatMap((one) => {
    const other = acts.find(({ when }) => when === one.when)
    return other === undefined ? [] : fieldChanges(one.does, other.does).map(({ path }) => path)
  })
  const fields = found.map((path) => path.replace(/^parameters\./, '').split(/[[.]/)[0] ?? '')
  return fields.length === 0 ? ['moment'] : [...new Set(fields)]
}

/** An id under `send` is that of the order, too, where a vendor has a row for it: here it tells an occurrence alone. */
function ofNoOrder(
  { kind, said }: PlacedTag,
  spec: TagSpec | undefined,
  spelled: ReadonlySet<string>,
): readonly string[] {
  if (spec === undefined || !spelled.has('id') || spelled.has('transactionId')) return []
  const ours = moduleFor({ kind }).said?.(spec)
  return ours?.parameters?.transaction_id !== undefined && said.parameters?.transaction_id === undefined
    ? [...spelled, 'transactionId']
    : []
}

/** Which of what `send` has words for is otherwise. */
function saidUnlike(
  { kind, said, tag }: PlacedTag,
  spec: TagSpec | undefined,
  world: World,
  made: World,
): readonly string[] {
  const module = moduleFor({ kind })
  if (spec === undefined || spec.type !== tag.spec.type || module.said === undefined) return []
  const ours = module.said(spec)
  const unlike = (['value', 'currency', 'id', 'parameters'] as const).filter(
    (name) =>
      canonicalJson([meaningOf(said[name] ?? null, world)]) !==
      canonicalJson([meaningOf(ours[name] ?? null, made)]),
  )
  const isOfOrder = said.id !== undefined && ours.parameters?.event_id && !said.parameters?.event_id
  return [
    ...unlike,
    ...(said.items !== true && ours.items === true ? ['items'] : []),
    ...(isOfOrder ? ['eventId'] : []),
  ]
}
