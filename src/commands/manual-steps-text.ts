import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isDone, manualSteps } from '../compile/manual-steps.ts'
import type { Plan } from '../plan/plan.ts'
import type { SettingsSpec } from '../resources/resource.ts'
import { wrapped } from '../words/width.ts'
import { makeOwnFolder, ownFolder } from './own-folder.ts'

const WIDTH = 80

/**
 * What must be set by hand, as a list; empty when nothing must.
 * @param settings of GA4, where they were read: what they show to be done is ticked off
 */
export function manualStepsText(plan: Plan, settings: ReadonlyMap<string, SettingsSpec> = new Map()): string {
  const steps = manualSteps(plan)
  if (steps.length === 0) return ''
  const lines = steps.flatMap((step) => {
    const done = isDone(step, settings)
    const sign = done === undefined ? '- ' : done ? '✓ ' : '✗ '
    return [
      ...wrapped(step.text, WIDTH, sign, '  '),
      ...(step.link === undefined || done === true ? [] : [`  ${step.link}`]),
      ...(step.instead === undefined || done === true ? [] : [`  or in the plan: ${step.instead}`]),
    ]
  })
  return `\nTo be set by hand, because plan does not write it:\n${lines.join('\n')}\n`
}

/** Which lists have been shown here, by plan and environment. */
const SHOWN = 'by-hand.json'

/** The list when it is not the one that was shown here the last time; what was done by hand once is not asked for again. */
export async function changedManualStepsText(plan: Plan): Promise<string> {
  const text = manualStepsText(plan)
  const name = `${plan.id} ${plan.environment.id}`
  const shown = await readShown()
  if ((shown[name] ?? '') === text) return ''
  // Where nothing can be kept it is shown each time.
  await makeOwnFolder()
    .then((folder) =>
      writeFile(join(folder, SHOWN), `${JSON.stringify({ ...shown, [name]: text }, null, 2)}\n`),
    )
    .catch(() => undefined)
  return text
}

async function readShown(): Promise<Readonly<Record<string, unknown>>> {
  try {
    const shown: unknown = JSON.parse(await readFile(join(await ownFolder(), SHOWN), 'utf8'))
    return typeof shown === 'object' && shown !== null ? (shown as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}
