import { thingText } from '../words/change-words.ts'
import type { GoingLive, Publication } from '../resources/publication.ts'
import { renderChangesText } from './change-set-text.ts'
import { PLAIN, printable, type Paint } from './diagnostics.ts'

export interface PublicationTextOptions {
  readonly paint?: Paint
  /** Whether the changes of the run go live as well, which are shown already. */
  readonly withChanges?: boolean
}

/** Live against new: the plan's own in its words, then everybody else's by name. Empty when nothing else goes live. */
export function renderPublicationText(
  { live, ours, others }: Publication,
  { paint = PLAIN, withChanges = false }: PublicationTextOptions = {},
): string {
  if (ours.length === 0 && others.length === 0) return ''
  const now = live === undefined ? 'nothing is live yet' : `version ${live} is live now`
  const head = paint.bold(withChanges ? `Going live with these changes (${now}):` : `Going live (${now}):`)
  const theirs = othersLines(others, paint).map((line) => `${line}\n`)
  return `${head}\n${ours.length === 0 ? '' : renderChangesText(ours, { paint })}${theirs.join('')}`
}

function othersLines(others: readonly GoingLive[], paint: Paint): readonly string[] {
  const owners = [...new Set(others.map(({ plan }) => plan))].sort()
  return owners.flatMap((plan) => [
    paint.yellow(plan === undefined ? "not this plan's" : `of the plan ${printable(plan)}`),
    ...others
      .filter((each) => each.plan === plan)
      .map((each) => `  ${coloured(SYMBOLS[each.status], paint)} ${nameText(each)}`),
  ])
}

const SYMBOLS = { added: '+', changed: '~', deleted: '-' } as const

function coloured(symbol: '+' | '~' | '-', paint: Paint): string {
  return { '+': paint.green, '~': paint.yellow, '-': paint.red }[symbol](symbol)
}

function nameText(thing: GoingLive): string {
  return `${printable(thingText(thing))}${thing.isHtml ? ' (Custom HTML)' : ''}`
}
