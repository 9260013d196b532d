import { readdir, readFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { hostsOf } from '../plan/plan.ts'
import type { Site } from '../proof/browser/site.ts'
import type { TaggedConversion, Trial } from '../proof/judge.ts'
import { parameterNames } from '../proof/parameter-names.ts'
import type { Level } from '../proof/report.ts'
import { MADE_UP_HOST } from '../proof/situation.ts'
import { parseWritten, type Written } from '../proof/written.ts'
import { parameterNamesOf } from '../runtime/core/ga4.ts'
import type { CompiledPlan } from './load-plan.ts'
import { isPlanFile, SCENARIOS } from './plan-files.ts'

/** Scenarios in `tests/` beside the plan. */
export async function writtenScenarios(
  { plan, file }: CompiledPlan,
  { conversions, container }: Trial,
  { level }: { readonly level: Level },
  site: Site | undefined,
): Promise<Written> {
  const folder = join(dirname(file), SCENARIOS)
  const names = (await readdir(folder).catch(() => [])).filter(isPlanFile).sort()
  const [host] = hostsOf(plan)
  const origin =
    host !== undefined ? `https://${host}` : site?.kind === 'url' ? site.url : `https://${MADE_UP_HOST}`
  const noSite =
    site === undefined && level !== 'logic'
      ? { noSite: 'it is about the team’s own site: name it with --url or --dir' }
      : {}
  const files = await Promise.all(
    names.map(async (name) => ({
      file: `${folder}/${name}`,
      text: await readFile(join(folder, name), 'utf8'),
    })),
  )
  const plans = await plansBeside(file)
  const parameters = parameterNames(plan)
  const sends = ({ tag }: TaggedConversion): readonly string[] | undefined => {
    const entity = container.tags.find(({ tagId }) => tagId === tag)
    return entity === undefined ? undefined : parameterNamesOf(entity, container)
  }
  const read = files.map((each) =>
    parseWritten(each, { plan: plan.id, conversions, origin, plans, parameters, sends, ...noSite }),
  )
  return {
    scenarios: read.flatMap(({ scenarios }) => scenarios),
    mistakes: read.flatMap(({ mistakes }) => mistakes),
    notes: read.flatMap(({ notes }) => notes),
  }
}

/** Ids of the plans in the plan's folder and in its folders. */
async function plansBeside(file: string): Promise<readonly string[]> {
  const folder = dirname(file)
  const entries = await readdir(folder, { withFileTypes: true })
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(folder, name))
  const files = await Promise.all(
    [folder, ...folders].map(async (each) =>
      (await readdir(each).catch(() => [])).flatMap((name) =>
        isPlanFile(name) && basename(each) !== SCENARIOS ? [join(each, name)] : [],
      ),
    ),
  )
  const texts = await Promise.all(files.flat().map((each) => readFile(each, 'utf8').catch(() => '')))
  return texts.flatMap((text) => /^plan:\s*["']?([\w-]+)/m.exec(text)?.[1] ?? []).sort()
}
