import { readFile } from 'node:fs/promises'
import { didYouMean } from '../check/schema/did-you-mean.ts'
import { toldToVendors } from '../docs/catalogue-vendors.ts'
import { fittedTo } from '../docs/fitted-entry.ts'
import { addConversion, type Surroundings } from '../plan/add-conversion.ts'
import { readCatalogue, searchCatalogue, type CatalogueEntry } from '../plan/catalogue.ts'
import { parsePlan, type ParsedPlan } from '../plan/parse.ts'
import type { PlanDocument } from '../plan/plan-types.ts'
import { readPlan } from '../plan/read.ts'
import { CATALOGUE } from './catalogue.ts'
import { Failure } from './failure.ts'
import type { ExitCode, Io } from './io.ts'
import { refused, today } from './load-plan.ts'
import { meantOr } from './meant-or.ts'
import { planFile } from './plan-files.ts'
import { replaceFile } from './replace-file.ts'

export interface AddOptions {
  readonly as?: string
}

/** Inserts a ready-made conversion into a plan file; the rest of the file stays as it is. */
export async function addCommand(
  stage: string,
  conversion: string,
  named: string | undefined,
  options: AddOptions,
  io: Io,
): Promise<ExitCode> {
  const file = await planFile(named, io)
  const entries = await readCatalogue(CATALOGUE)
  const entry = entries.find(({ id }) => id === conversion)
  if (entry === undefined) {
    throw new Failure(
      'catalogue-has-the-conversion',
      `The catalogue has no "${conversion}". ${insteadOf(conversion, entries)}`,
    )
  }
  const parsed = parsePlan(await readPlan(file))
  if (parsed.document === undefined) throw refused(parsed.diagnostics, parsed, io)
  const id = options.as ?? entry.id
  const { entry: fitted, said } = fittedTo(parsed.document as Partial<PlanDocument>, entry, id)
  const {
    text,
    values = [],
    diagnostics,
  } = addConversion(
    await readFile(file, 'utf8'),
    { stage, entry: fitted, id, today: today(io) },
    around(parsed),
  )
  if (text === undefined) throw refused(diagnostics, parsed, io)
  await replaceFile(file, text)
  io.out(
    `Added ${id} to the stage ${stage} of ${file}. Give it a target and a weight of your own, then: plan validate ${file}\n`,
  )
  const joined = values.map(([name, value]) => `${value} joins the values of ${name}.`)
  for (const one of [...said, ...joined]) io.err(`${one}\n`)
  const hint = toldToVendors(parsed.document as Partial<PlanDocument>, entry)
  if (hint !== undefined) io.err(`${hint}\n`)
  return 0
}

/** What was meant by an id that there is not: one that is spelt alike, else those that people call so. */
function insteadOf(asked: string, entries: readonly CatalogueEntry[]): string {
  const ids = entries.map(({ id }) => id)
  const found = searchCatalogue(entries, asked.replaceAll('_', ' ')).map(({ id }) => id)
  const otherwise = found.length === 0 ? 'plan catalogue lists it.' : `That word finds: ${found.join(', ')}.`
  return meantOr(otherwise, didYouMean(asked, ids))
}

/** What the new conversion may refer to, base plans included. */
function around({ document }: ParsedPlan): Surroundings {
  const { goals = {}, parameters = {} } = document as Partial<PlanDocument>
  return {
    goals: Object.entries(goals).map(([id, goal]) => ({ id, primary: goal?.primary === true })),
    parameters: Object.keys(parameters),
  }
}
