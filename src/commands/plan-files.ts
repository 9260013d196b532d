/** Which plan file is meant when none, a folder, one or several are named. */
import { readdir, readFile, stat } from 'node:fs/promises'
import { posix, resolve } from 'node:path'
import { repositoryOf } from '../plan/read.ts'
import { Failure } from './failure.ts'
import type { Io } from './io.ts'

/** Where plans are looked for when none is named. */
export const PLANS = 'plans'

/** Beside a plan, scenarios by hand: they name a plan and are none. */
export const SCENARIOS = 'tests'

/** What stands for a plan on standard input. */
export const STDIN = '-'

/** What becomes of plans in the folders of a folder, such as plans/overlays. */
export interface Depth {
  /** They are meant, too: where all plans are looked at, and none changed. */
  readonly within?: boolean
  /** They are not, and the user hears of it: where several plans are changed at once. */
  readonly told?: boolean
}

/** The files named, those of a folder named, else every plan in the nearest plans/. Paths stay as the user wrote them. */
export async function planFiles(
  named: readonly string[],
  io?: Io,
  depth: Depth = {},
): Promise<readonly string[]> {
  const found =
    named.length > 0
      ? (await Promise.all(named.map((one) => filesNamed(one, io, depth)))).flat()
      : await plansOf(await plansFolder(), io, depth)
  const folders = named.length === 0 || (await Promise.all(named.map(isFolder))).includes(true)
  if (depth.told === true && folders) await tellDeeper(found, io)
  if (found.length > 0) return found
  const isRepository = await stat(posix.join(await repositoryOf('.'), '.git')).then(
    () => true,
    () => false,
  )
  const where = isRepository
    ? ', here or above'
    : ' of this folder, and above it only a git repository is searched'
  throw new Failure(
    'plan-is-found',
    `There is no plan in plans/${where}. Name a file, or write a first plan with: plan init`,
  )
}

/** The file named, the only plan of the folder named, else the only plan in the nearest plans/. */
export async function planFile(named: string | undefined, io?: Io): Promise<string> {
  const found = await planFiles(named === undefined ? [] : [named], io)
  if (found[0] !== undefined && found.length === 1) return found[0]
  const where = named === undefined ? 'plans/' : named
  throw new Failure(
    'plan-is-named',
    `There are ${found.length} plans in ${where}: ${found.join(', ')}. Name the one you mean.`,
  )
}

async function plansOf(folder: string, io: Io | undefined, { within }: Depth): Promise<readonly string[]> {
  const found = await onlyPlans(await plansIn(folder), io)
  return within === true ? [...found, ...(await deeperIn(folder))] : found
}

async function deeperIn(folder: string): Promise<readonly string[]> {
  return (await Promise.all((await foldersIn(folder)).map(overlaysIn))).flat()
}

/** What lies below the folders of the files that are meant, and is not meant. */
async function tellDeeper(meant: readonly string[], io: Io | undefined): Promise<void> {
  const folders = [...new Set(meant.map((file) => posix.dirname(file)))]
  const deeper = (await Promise.all(folders.map(deeperIn))).flat().filter((file) => !meant.includes(file))
  if (deeper.length === 0) return
  const why = deeper.length === 1 ? 'it lies' : 'they lie'
  io?.err(`Left out, because ${why} deeper: ${deeper.join(', ')}. Named, a folder or a file is taken.\n`)
}

async function filesNamed(name: string, io: Io | undefined, depth: Depth): Promise<readonly string[]> {
  if (name === STDIN || !(await isFolder(name))) return [name]
  const folder = posix.normalize(name.replaceAll('\\', '/')).replace(/\/$/, '')
  for (const each of [folder, posix.join(folder, PLANS)]) {
    // Where the plans lie, and not a folder above them.
    const found = (await plansIn(each)).length === 0 ? [] : await plansOf(each, io, depth)
    if (found.length > 0) return found
  }
  throw new Failure('plan-is-found', `There is no plan in ${name}, nor in ${posix.join(folder, PLANS)}/.`)
}

/** The nearest folder plans/ that holds YAML: here, or above as far as the repository goes; plans/ when there is none. */
export async function plansFolder(): Promise<string> {
  for (const folder of await foldersUpwards()) {
    const plans = posix.join(folder, PLANS)
    if ((await plansIn(plans)).length > 0) return plans
  }
  return PLANS
}

/** The working directory and those above it, up to the repository's top: `.`, `..`, `../..`. */
export async function foldersUpwards(): Promise<readonly string[]> {
  const top = await repositoryOf('.')
  const folders = ['.']
  while (resolve(folders.at(-1) ?? '.') !== top && folders.length < 64)
    folders.push(posix.join('..', folders.at(-1) ?? '.'))
  return folders
}

async function foldersIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  return entries
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.') && entry.name !== SCENARIOS)
    .map(({ name }) => posix.join(folder, name))
    .sort()
}

/** Plans only: a folder below may hold any YAML, and nobody asked for that. */
function overlaysIn(folder: string): Promise<readonly string[]> {
  return plansIn(folder).then((files) => onlyPlans(files, undefined))
}

export function isPlanFile(file: string): boolean {
  return /\.ya?ml$/.test(file)
}

export async function plansIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder).catch(() => [])
  return entries
    .filter(isPlanFile)
    .sort()
    .map((entry) => posix.join(folder, entry))
}

/** Of files that nobody named, those that are meant as plans; the others are told once. */
export async function onlyPlans(files: readonly string[], io: Io | undefined): Promise<readonly string[]> {
  const plans: string[] = []
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8').catch(() => '')))
  for (const [index, file] of files.entries()) {
    const text = texts[index] ?? ''
    if (isPart(file, text, texts)) continue
    if (looksLikePlan(text)) plans.push(file)
    else io?.err(`${file} is no plan and was left out: it has none of the fields plan, goals, extends.\n`)
  }
  return plans
}

/** A broken plan is still one; other YAML has none of the fields that every plan has. An empty file may become one. */
export function looksLikePlan(text: string): boolean {
  return text.trim() === '' || /^\ufeff?["']?(plan|goals|extends)["']?\s*:/m.test(text)
}

/** What has no id of its own and is taken in by a plan beside it says something only there. */
function isPart(file: string, text: string, others: readonly string[]): boolean {
  if (text.trim() === '' || /^\ufeff?["']?(plan|extends)["']?\s*:/m.test(text)) return false
  const name = posix.basename(file)
  return others.some((other) =>
    (/^["']?extends["']?\s*:(.*(?:\n[ -].*)*)/m.exec(other)?.[1] ?? '').split(/[\s,[\]"'/]+/).includes(name),
  )
}

export function isFolder(name: string): Promise<boolean> {
  return stat(name).then(
    (there) => there.isDirectory(),
    () => false,
  )
}
