import { readFile } from 'node:fs/promises'
import { didYouMean } from '../check/schema/did-you-mean.ts'
import { addConversion, type Surroundings } from '../plan/add-conversion.ts'
import { readCatalogue } from '../plan/catalogue.ts'
import { parsePlan, type ParsedPlan } from '../plan/parse.ts'
import type { PlanDocument } from '../plan/plan-types.ts'
import { readPlan } from '../plan/read.ts'
import { CATALOGUE } from './catalogue.ts'
import { Failure } from './failure.ts'
import type { ExitCode, Io } from './io.ts'
import { refused } from './load-plan.ts'
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
  const file = await planFile(named)
  const entries = await readCatalogue(CATALOGUE)
  const entry = entries.find(({ id }) => id === conversion)
  if (entry === undefined) {
    const meant = didYouMean(
      conversion,
      entries.map(({ id }) => id),
    )
    throw new Failure(
      `The catalogue has no "${conversion}". ${meant === undefined ? 'plan catalogue lists it.' : `Did you mean ${meant}?`}`,
    )
  }
  const parsed = parsePlan(await readPlan(file))
  if (parsed.document === undefined) throw refused(parsed.diagnostics, parsed, io)
  const id = options.as ?? entry.id
  const { text, diagnostics } = addConversion(
    await readFile(file, 'utf8'),
    { stage, entry, id },
    around(parsed),
  )
  if (text === undefined) throw refused(diagnostics, parsed, io)
  await replaceFile(file, text)
  io.out(
    `Added ${id} to the stage ${stage} of ${file}. Give it an owner and a target, then: plan validate ${file}\n`,
  )
  return 0
}

/** What the new conversion may refer to, base plans included. */
function around({ document }: ParsedPlan): Surroundings {
  const { goals = {}, parameters = {} } = document as Partial<PlanDocument>
  return {
    goals: Object.entries(goals).map(([id, goal]) => ({ id, primary: goal?.primary === true })),
    parameters: Object.keys(parameters),
  }
}
