/**
 * `.measurement-plan.yaml`: what a team would otherwise write on every command line. It is looked for where one stands and
 * above, as far as the repository goes; a flag goes before it.
 */
import { readFile, realpath } from 'node:fs/promises'
import { posix, resolve } from 'node:path'
import { parse } from 'yaml'
import { didYouMean } from '../check/schema/did-you-mean.ts'
import { isInside, repositoryOf } from '../plan/read.ts'
import { parseYaml } from '../plan/yaml.ts'
import { Failure } from './failure.ts'
import { meantOr } from './meant-or.ts'
import { foldersUpwards } from './plan-files.ts'
import { PROFILES, type Profile } from './profiles.ts'

export interface FileOptions {
  /** `--profile` of validate and review. */
  readonly profile?: Profile
  /** `--templates`, relative to the file. */
  readonly templates?: string
  /** `--environment`, where none is named; it does not name one that is protected. */
  readonly environment?: string
}

const NAMES = ['.measurement-plan.yaml', '.measurement-plan.yml']
const FIELDS = ['profile', 'templates', 'environment']

/** The nearest one; nothing when there is none. */
export async function fileOptions(): Promise<FileOptions> {
  for (const folder of await foldersUpwards()) {
    for (const name of NAMES) {
      const file = posix.join(folder, name)
      const text = await readFile(file, 'utf8').catch(() => undefined)
      if (text !== undefined) return optionsIn(file, text)
    }
  }
  return {}
}

async function optionsIn(file: string, text: string): Promise<FileOptions> {
  const value = parsed(file, text)
  for (const [field, setting] of Object.entries(value)) {
    if (!FIELDS.includes(field)) {
      const instead = meantOr(`It takes ${FIELDS.join(', ')}.`, didYouMean(field, FIELDS))
      throw new Failure('options-file-is-readable', `${file}: "${field}" is no option. ${instead}`)
    }
    if (typeof setting !== 'string' || setting === '')
      throw new Failure('options-file-is-readable', `${file}: "${field}" must be a text.`)
  }
  const { profile, templates, environment } = value as { readonly [field: string]: string | undefined }
  const known = PROFILES.find((each) => each === profile)
  if (profile !== undefined && known === undefined)
    throw new Failure(
      'options-file-is-readable',
      `${file}: "${profile}" is no profile. There are ${PROFILES.join(', ')}.`,
    )
  return {
    ...(known !== undefined && { profile: known }),
    ...(templates !== undefined && { templates: await inRepository(file, templates) }),
    ...(environment !== undefined && { environment }),
  }
}

/** What stands in a repository may come from a stranger's pull request: nothing outside is opened on its word. */
async function inRepository(file: string, templates: string): Promise<string> {
  const folder = posix.join(posix.dirname(file), templates)
  const real = await realpath(folder).catch(() => resolve(folder))
  if (isInside(await realpath(await repositoryOf('.')), real)) return folder
  throw new Failure('file-stays-in-the-repository', `${file}: "templates" leads out of the repository.`)
}

function parsed(file: string, text: string): object {
  let value: unknown
  try {
    value = parse(text)
  } catch (error) {
    const [problem] = parseYaml(file, text).diagnostics
    const { line = 1, column = 1 } = problem?.location ?? {}
    throw new Failure(
      'options-file-is-readable',
      `${file}:${line}:${column}: ${problem?.message ?? String(error)}`,
    )
  }
  if (value === null || value === undefined) return {}
  if (typeof value !== 'object' || Array.isArray(value))
    throw new Failure(
      'options-file-is-readable',
      `${file} must hold options, one a line: ${FIELDS.join(', ')}.`,
    )
  return value
}
