import { existsSync } from 'node:fs'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { checkPlan } from '../check/check.ts'
import { didYouMean } from '../check/schema/did-you-mean.ts'
import { SITE_KINDS, type SiteKind } from '../plan/site-kinds.ts'
import { withFacts, type SiteFacts } from '../plan/starter.ts'
import { Failure, UsageError } from './failure.ts'
import type { ExitCode, Io } from './io.ts'
import { listIn } from './list-in.ts'
import { refused, today } from './load-plan.ts'
import { meantOr } from './meant-or.ts'
import { PACKAGE_ROOT } from './package-files.ts'
import { makeFolder } from './make-folder.ts'

export interface InitOptions extends SiteFacts {
  readonly kind?: SiteKind
  /** One of the example plans instead, by the name of its file. */
  readonly from?: string
}

/** Writes a first plan for a kind of site, or one of the examples. Asks what no flag says, at a terminal. Never overwrites. */
export async function initCommand(file: string, options: InitOptions, io: Io): Promise<ExitCode> {
  if (existsSync(file)) throw existsAlready(file)
  const { from, ...given } = Object.keys(options).length === 0 ? await asked(io) : options
  const template = from === undefined ? await starter(given.kind ?? 'shop') : await example(from)
  const { text, parsed } = await withFacts(file, template, given)
  // What was asked for stands in the plan now, so its findings say best what is wrong with it.
  const { ok, diagnostics } = checkPlan(parsed, { today: today(io), env: io.env })
  if (!ok)
    throw refused(
      diagnostics.filter(({ severity }) => severity === 'error'),
      parsed,
      io,
    )
  await makeFolder(dirname(file))
  try {
    await writeFile(file, text, { flag: 'wx' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw existsAlready(file)
    throw error
  }
  io.out(`Wrote ${file}. Try it without a Google account: plan diff ${file} --sandbox\n`)
  return 0
}

function existsAlready(file: string): Failure {
  return new Failure('file-is-new', `${file} exists already and is left as it is.`)
}

async function starter(kind: SiteKind): Promise<string> {
  const read = (name: string): Promise<string> =>
    readFile(join(PACKAGE_ROOT, `templates/starters/${name}.yaml`), 'utf8')
  return `${await read('head')}\n${await read(kind)}`
}

/** The schema of an example stands beside it; of a user's plan, where the package is published. */
const SCHEMA = /^# yaml-language-server: .*$/m
const PUBLISHED =
  '# yaml-language-server: $schema=https://unpkg.com/measurement-plan/schemas/plan.schema.json'

async function example(name: string): Promise<string> {
  const folder = join(PACKAGE_ROOT, 'plans')
  const names = (await readdir(folder))
    .filter((each) => each.endsWith('.yaml'))
    .map((each) => each.slice(0, -'.yaml'.length))
    .sort()
  if (!names.includes(name)) {
    const instead = meantOr(`There are: ${names.join(', ')}.`, didYouMean(name, names))
    throw new UsageError(`There is no example "${name}". ${instead}`)
  }
  return (await readFile(join(folder, `${name}.yaml`), 'utf8')).replace(SCHEMA, PUBLISHED)
}

/** The questions, in the order of the plan; an empty answer keeps what the example has. Nothing without a terminal. */
async function asked(io: Io): Promise<InitOptions> {
  const answer = io.answer
  if (answer === undefined) return {}
  const ask = async (question: string): Promise<string | undefined> => {
    const text = (await answer(question))?.trim()
    return text === '' ? undefined : text
  }
  io.err('A few questions; Enter leaves the example’s value, which you can change later.\n')
  const kinds = Object.entries(SITE_KINDS)
  for (const [kind, what] of kinds) io.err(`  ${kind.padEnd(9)} the site ${what}\n`)
  const kind = await ask('Kind of site (shop):')
  if (kind !== undefined && !Object.hasOwn(SITE_KINDS, kind))
    throw new UsageError(`"${kind}" is none of ${kinds.map(([each]) => each).join(', ')}.`)
  const title = await ask('Title of the plan (My site):')
  const currency = await ask('Currency (EUR):')
  const hosts = await ask('Hosts of the site, with commas between (www.my-site.example):')
  const languages = await ask('Languages, with commas between, for example en,ar:')
  const container = await ask('GTM container of production, for example GTM-ABC123:')
  const account = container === undefined ? undefined : await ask('Its GTM account, a number:')
  const property = await ask('GA4 property of production, a number:')
  const measurementId = property === undefined ? undefined : await ask('Its measurement id, G-…:')
  return {
    ...(kind !== undefined && { kind: kind as SiteKind }),
    ...(title !== undefined && { title }),
    ...(currency !== undefined && { currency: currency.toUpperCase() }),
    ...(hosts !== undefined && { hosts: listIn(hosts) }),
    ...(languages !== undefined && { languages: listIn(languages) }),
    ...(container !== undefined && { container }),
    ...(account !== undefined && { account }),
    ...(property !== undefined && { property }),
    ...(measurementId !== undefined && { measurementId }),
  }
}
