/** What may stand next on a command line: for the shells' completion. */
import type { Argument, Command, Option } from 'commander'
import { readFile } from 'node:fs/promises'
import { parse } from 'yaml'
import { CODES } from '../codes/all.ts'
import { readCatalogue } from '../plan/catalogue.ts'
import { isRecord } from '../resources/is-record.ts'
import { CATALOGUE } from './catalogue.ts'
import { exampleNames } from './init.ts'
import { plansFolder, plansIn } from './plan-files.ts'

/** What completion needs of the user's plans, of the catalogue and of the codes. Each is asked only where it is wanted. */
export interface Known {
  readonly plans: () => Promise<readonly string[]>
  readonly environments: () => Promise<readonly string[]>
  readonly stages: () => Promise<readonly string[]>
  readonly conversions: () => Promise<readonly string[]>
  readonly catalogue: () => Promise<readonly string[]>
  readonly codes: () => Promise<readonly string[]>
  readonly examples: () => Promise<readonly string[]>
}

/** @param words all after the command's own name, the last of them unfinished. Nothing where files are meant. */
export async function completions(
  program: Command,
  words: readonly string[],
  known: Known,
): Promise<readonly string[]> {
  const begun = words.at(-1) ?? ''
  const before = words.slice(words[0] === '-C' ? 2 : 0, -1)
  // A folder, which the shell knows better.
  if (words.at(-2) === '-C' || words.at(-2) === '--env-file') return []
  const name = before.find((word) => !word.startsWith('-'))
  const command = program.commands.find((each) => each.name() === name)
  const found = command === undefined ? commandsOf(program) : await within(command, before, begun, known)
  return found.filter((each) => each.startsWith(begun) && each !== begun).sort()
}

function commandsOf(program: Command): readonly string[] {
  return program
    .createHelp()
    .visibleCommands(program)
    .map((each) => each.name())
}

async function within(
  command: Command,
  before: readonly string[],
  begun: string,
  known: Known,
): Promise<readonly string[]> {
  const rest = before.slice(before.indexOf(command.name()) + 1)
  const last = rest.at(-1)
  const open = command.options.find((option) => isNamed(option, last) && (option.required || option.optional))
  if (open !== undefined && open.required) return valuesOf(open, known)
  if (begun.startsWith('-')) return command.options.flatMap(({ long }) => (long == null ? [] : [long]))
  const own = open === undefined ? [] : await valuesOf(open, known)
  return [...own, ...(await argumentAt(command, placeOf(command, rest), known))]
}

/** How many of the command's arguments stand there already: values of options are none. */
function placeOf(command: Command, rest: readonly string[]): number {
  return rest.filter((word, index) => {
    const option = command.options.find((each) => isNamed(each, rest[index - 1]))
    return !word.startsWith('-') && option?.required !== true
  }).length
}

function isNamed(option: Option, word: string | undefined): boolean {
  return word !== undefined && (word === option.long || word === option.short)
}

async function valuesOf(option: Option, known: Known): Promise<readonly string[]> {
  if (option.argChoices !== undefined) return option.argChoices
  switch (option.long) {
    case '--environment':
      return known.environments()
    case '--only':
    case '--explain':
      return known.conversions()
    case '--plan':
      return known.plans()
    case '--from':
      return option.flags.endsWith('<example>') ? known.examples() : []
    default:
      return []
  }
}

async function argumentAt(command: Command, place: number, known: Known): Promise<readonly string[]> {
  const all = command.registeredArguments
  const last = all.at(-1)
  const argument: Argument | undefined = all[place] ?? (last?.variadic === true ? last : undefined)
  switch (argument?.name()) {
    case 'file':
    case 'files':
      return known.plans()
    case 'stage':
      return known.stages()
    case 'conversion':
    case 'words':
      return known.catalogue()
    case 'id':
      return known.conversions()
    case 'code':
      return known.codes()
    default:
      return argument?.argChoices ?? []
  }
}

/** Of the plans in the nearest plans/. Completion never complains: what cannot be read is not offered. */
export function knownHere(): Known {
  const plans = async (): Promise<readonly string[]> => plansIn(await plansFolder())
  const documents = async (): Promise<readonly Map[]> =>
    Promise.all(
      (await plans()).map(async (file) =>
        mapOf(
          await readFile(file, 'utf8')
            .then(parse)
            .catch(() => ({})),
        ),
      ),
    )
  const idsIn = async (pick: (plan: Map) => readonly string[]): Promise<readonly string[]> => [
    ...new Set((await documents()).flatMap(pick)),
  ]
  return {
    plans,
    environments: () => idsIn((plan) => Object.keys(mapOf(plan['environments']))),
    stages: () => idsIn((plan) => Object.keys(mapOf(plan['stages']))),
    conversions: () =>
      idsIn((plan) => [
        ...Object.keys(mapOf(plan['goals'])),
        ...Object.values(mapOf(plan['stages'])).flatMap((stage) => Object.keys(mapOf(mapOf(stage)['micro']))),
      ]),
    catalogue: async () => (await readCatalogue(CATALOGUE)).map(({ id }) => id),
    codes: async () => [...CODES.keys(), ...(await import('../docs/reference.ts')).fieldPaths()],
    examples: () => exampleNames().catch(() => []),
  }
}

type Map = Readonly<Record<string, unknown>>

function mapOf(value: unknown): Map {
  return isRecord(value) ? value : {}
}
