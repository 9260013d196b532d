import type { PlanPart } from '../resources/change-set.ts'
import { planPartText, thingText } from '../words/change-words.ts'
import type { GoingLive, Publication } from '../resources/publication.ts'
import type { Key } from '../resources/resource.ts'
import { PLAIN, printable, type Paint } from './diagnostics.ts'

export interface PublicationTextOptions {
  readonly paint?: Paint
  /** Which part of the plan a thing of its own is about. */
  readonly planPartOf: (key: Key) => PlanPart
  /** Whether the changes of the run go live as well, which are shown already. */
  readonly withChanges?: boolean
}

/** Live against new: the plan's own in its words, then everybody else's by name. Empty when nothing else goes live. */
export function renderPublicationText(publication: Publication, options: PublicationTextOptions): string {
  const { paint = PLAIN, withChanges = false } = options
  const { live, ours, others } = publication
  const now = live === undefined ? 'nothing is live yet' : `version ${live} is live now`
  if (ours.length === 0 && others.length === 0) return ''
  const lines = [
    paint.bold(withChanges ? `Going live with these changes (${now}):` : `Going live (${now}):`),
    ...ownLines(ours, options),
    ...othersLines(others, paint),
  ]
  return `${lines.join('\n')}\n`
}

function ownLines(
  ours: readonly GoingLive[],
  { paint = PLAIN, planPartOf }: PublicationTextOptions,
): readonly string[] {
  const byPart = new Map<string, GoingLive[]>()
  for (const each of ours) {
    const text = planPartText(planPartOf(each.key ?? ''))
    byPart.set(text, [...(byPart.get(text) ?? []), each])
  }
  return [...byPart]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([subject, things]) => [
      `  ${coloured(symbolOf(things), paint)} ${printable(subject)}`,
      ...things.map((thing) => paint.dim(`      ${VERBS[thing.status]}  ${nameText(thing)}`)),
    ])
}

function othersLines(others: readonly GoingLive[], paint: Paint): readonly string[] {
  const owners = [...new Set(others.map(({ plan }) => plan))].sort()
  return owners.flatMap((plan) => [
    paint.yellow(plan === undefined ? "  not this plan's" : `  of the plan ${printable(plan)}`),
    ...others
      .filter((each) => each.plan === plan)
      .map((each) => `  ${coloured(SYMBOLS[each.status], paint)} ${nameText(each)}`),
  ])
}

const SYMBOLS = { added: '+', changed: '~', deleted: '-' } as const
const VERBS = { added: 'new', changed: 'changed', deleted: 'taken off' } as const

function symbolOf(things: readonly GoingLive[]): '+' | '~' | '-' {
  const [first] = things
  return first !== undefined && things.every(({ status }) => status === first.status)
    ? SYMBOLS[first.status]
    : '~'
}

function coloured(symbol: '+' | '~' | '-', paint: Paint): string {
  return { '+': paint.green, '~': paint.yellow, '-': paint.red }[symbol](symbol)
}

function nameText(thing: GoingLive): string {
  return `${printable(thingText(thing))}${thing.isHtml ? ' (Custom HTML)' : ''}`
}
