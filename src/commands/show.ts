/** `plan show` and `plan list`: what the page of the plan has, at a terminal. */
import { didYouMean } from '../check/schema/did-you-mean.ts'
import { cardsOf, factOf, type Page } from '../docs/page.ts'
import { pageOf } from '../docs/page-of.ts'
import { idsOf, renderList, renderPlan, renderShown, shownUnder } from '../docs/show-text.ts'
import { printable } from '../render/diagnostics.ts'
import { Failure } from './failure.ts'
import type { ExitCode, Io } from './io.ts'
import { loadCompiled, type PlanOptions } from './load-plan.ts'
import { meantOr } from './meant-or.ts'
import { paintOf } from './paint.ts'
import { historyOf } from './plan-history.ts'

export interface ShowOptions extends PlanOptions {
  readonly plan?: string
  readonly format: 'text' | 'json'
}

export async function showCommand(id: string | undefined, options: ShowOptions, io: Io): Promise<ExitCode> {
  const page = await loadPage(options.plan, options, io)
  const { bold } = paintOf(io)
  if (id === undefined) {
    const { plan, title, description, facts, tiles } = page
    print({ plan, title, description, facts, tiles }, renderPlan(page, bold), options, io)
    return 0
  }
  const shown = shownUnder(page, id)
  if (shown.length === 0) {
    const instead = meantOr('plan list says what there is.', didYouMean(id, idsOf(page)))
    throw new Failure('id-is-in-the-plan', `The plan has no "${printable(id)}". ${instead}`)
  }
  print({ shown }, shown.map((one) => renderShown(one, bold)).join('\n'), options, io)
  return 0
}

export async function listCommand(
  named: string | undefined,
  options: ShowOptions,
  io: Io,
): Promise<ExitCode> {
  const page = await loadPage(named, options, io)
  const conversions = cardsOf(page).map((card) => {
    const { id, tier, title, stage, owner, touchpoint, source } = card
    return {
      id,
      tier,
      title,
      stage: stage?.key,
      owner,
      touchpoint,
      source,
      target: factOf(card, 'target'),
      weight: factOf(card, 'weight'),
    }
  })
  print({ conversions }, renderList(page, paintOf(io).bold), options, io)
  return 0
}

async function loadPage(named: string | undefined, options: PlanOptions, io: Io): Promise<Page> {
  const { plan, document, resources, parsed } = await loadCompiled(named, options, io)
  io.hiding?.inResults()
  return pageOf({ plan, document, resources, history: await historyOf(parsed, plan, io.env) })
}

function print(value: object, text: string, { format }: ShowOptions, io: Io): void {
  io.out(format === 'json' ? `${JSON.stringify({ formatVersion: 1, ...value }, null, 2)}\n` : text)
}
