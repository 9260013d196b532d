/** A first plan: the head that all have in common, goals and stages for a kind of site, and what is known of the site. */
import { applyEdits } from './edit.ts'
import { pointerOf, type Edit } from './diagnostic.ts'
import { parsePlan, type ParsedPlan } from './parse.ts'
import { readPlanWith } from './read.ts'

/** What is known of the site; the rest keeps the example's values. */
export interface SiteFacts {
  readonly title?: string
  /** The id; made from the title, or else the host, when left out. */
  readonly id?: string
  readonly owner?: string
  readonly currency?: string
  readonly timezone?: string
  readonly hosts?: readonly string[]
  readonly languages?: readonly string[]
  /** Of production: the GTM account and container, the GA4 property and its measurement id. */
  readonly account?: string
  readonly container?: string
  readonly property?: string
  readonly measurementId?: string
}

/** The text of a plan with the facts in it, comments kept; `parsed` is that text, for findings about it. */
export async function withFacts(
  file: string,
  text: string,
  facts: SiteFacts,
): Promise<{ readonly text: string; readonly parsed: ParsedPlan }> {
  const parse = async (written: string): Promise<ParsedPlan> =>
    parsePlan(await readPlanWith(file, () => Promise.resolve({ text: written })))
  const edited = applyEdits(await parse(text), editsFor(facts)).files.get(file) ?? text
  return { text: edited, parsed: await parse(edited) }
}

function editsFor(facts: SiteFacts): Edit[] {
  const { title, currency, timezone, hosts, languages, account, container, property, measurementId } = facts
  const [host] = hosts ?? []
  const site = host?.replace(/^www\./, '').split('.', 1)[0]
  const id = facts.id ?? (title === undefined ? undefined : (slugOf(title) ?? slugOf(site ?? '')))
  const owner = facts.owner ?? (host === undefined ? undefined : `growth@${host.replace(/^www\./, '')}`)
  const production = (...steps: readonly string[]): string =>
    pointerOf('environments', 'production', ...steps)
  const wanted: readonly (readonly [at: string, value: string | readonly string[] | undefined])[] = [
    [pointerOf('plan'), id],
    [pointerOf('title'), title],
    [pointerOf('owner'), owner],
    [pointerOf('currency'), currency],
    [pointerOf('timezone'), timezone],
    [pointerOf('site', 'hosts'), hosts],
    [pointerOf('site', 'languages'), languages],
    [production('gtm', 'account'), account],
    [production('gtm', 'container'), container],
    [production('ga4', 'property'), property],
    [production('ga4', 'measurementId'), measurementId],
  ]
  const edits: Edit[] = wanted.flatMap(([set, value]) => (value === undefined ? [] : [{ set, value }]))
  // The example's id is of no stream of that property, which has one of its own.
  return property !== undefined && measurementId === undefined
    ? [...edits, { remove: production('ga4', 'measurementId') }]
    : edits
}

/** An id for a title in any script: what of it is Latin, in lower case; undefined when nothing is. */
function slugOf(title: string): string | undefined {
  const slug = title
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^[_\d]+|_+$/g, '')
    .slice(0, 30)
    .replace(/_+$/, '')
  return slug === '' ? undefined : slug
}
