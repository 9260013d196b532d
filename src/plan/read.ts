/**
 * Reads a plan and the plans it extends. What is wrong with a file is a diagnostic, never an exception.
 *
 * Plans come from strangers' pull requests and lines of them are quoted in the output, so no file outside the
 * repository is ever opened on a plan's word: neither through `extends` nor through a symbolic link.
 */
import type { DiagnosticCode } from '../codes/code.ts'
import { isUtf8 } from 'node:buffer'
import { readFile, realpath, stat } from 'node:fs/promises'
import { dirname, isAbsolute, join, posix, relative, resolve, sep } from 'node:path'
import type { Diagnostic, Location } from './diagnostic.ts'
import { LIMITS } from './limits.ts'
import { htmlFile, includedIn, isHtmlFile, pathFrom, type IncludedFile } from './include.ts'
import type { MapTree } from './tree.ts'
import type { KeptTrees } from './kept-trees.ts'
import { locator } from './locator.ts'
import { hasTooManyMarks, parseYaml, TAKEN_IN, type YamlFile } from './yaml.ts'

/** A plan's files: the plan itself first, then what it extends, then what that extends, ... */
export interface PlanSource {
  /** The plan as it was asked for, also when it cannot be read. */
  readonly path: string
  readonly files: readonly YamlFile[]
  /** Files that stand in the place of their names, by their paths. */
  readonly included: ReadonlyMap<string, IncludedFile>
  readonly diagnostics: readonly Diagnostic[]
  /** What is wrong with included files; where one could not be read, with the place that it leaves out. */
  readonly ofIncluded: readonly Diagnostic[]
}

/** A file's text, or why there is none. */
export type FileResult = { readonly text: string } | { readonly problem: Problem }

export interface Problem {
  readonly code: DiagnosticCode
  readonly message: string
  readonly fix: string
}

/**
 * Reads the plan at `path` from the disk. Paths in diagnostics are relative to the working directory, as given.
 * @param trees that large files were read as before
 */
export async function readPlan(path: string, trees?: KeptTrees): Promise<PlanSource> {
  const name = path.replaceAll('\\', '/')
  const root = await repositoryOf(path)
  return readPlanWith(name, (file) => readTextFile(file, root), trees)
}

/** The same of a text that stands in no file; what it extends is relative to the working directory. */
export async function readPlanText(name: string, text: string): Promise<PlanSource> {
  const root = await repositoryOf('.')
  return readPlanWith(name, (file) => (file === name ? Promise.resolve({ text }) : readTextFile(file, root)))
}

/** The same from anywhere else, such as another git revision. */
export async function readPlanWith(
  path: string,
  readText: (path: string) => Promise<FileResult>,
  trees?: KeptTrees,
): Promise<PlanSource> {
  // What a file extends comes before it, in the order in which it is named: what is read last wins.
  const read = new Map<string, YamlFile>()
  const diagnostics: Diagnostic[] = []
  const texts: string[] = []
  let given = false
  const visit = async (next: string, from: Location | undefined, chain: readonly string[]): Promise<void> => {
    const place: Location = from ?? { file: next, line: 1, column: 1, endLine: 1, endColumn: 1 }
    const giveUp = (problem: Problem): void => {
      diagnostics.push({ severity: 'error', ...problem, location: place })
      given = true
    }
    if (given || read.has(next)) return
    if (chain.includes(next)) return giveUp(circularExtends(chain, next))
    if (chain.length + read.size >= LIMITS.files) return giveUp(TOO_MANY_FILES)
    const result = await readText(next)
    if ('problem' in result) return giveUp(result.problem)
    texts.push(result.text)
    if (isTooLarge(texts)) return giveUp(TOO_LARGE)
    const file = await parsed(next, result.text, trees)
    diagnostics.push(...file.diagnostics)
    const bases = file.tree === undefined ? [] : extendedBy(file, file.tree)
    for (const base of bases) await visit(base.path, base.from, [...chain, next])
    read.set(next, file)
  }
  await visit(path, undefined, [])
  const files = [...read.values()].toReversed()
  const included = new Map<string, IncludedFile>()
  const ofIncluded: Diagnostic[] = []
  for (const { path, at, span, from } of files.flatMap(inclusionsIn)) {
    if (included.has(path)) continue
    const result = await readText(path)
    const text = 'problem' in result ? '' : result.text
    texts.push(text)
    const problem = 'problem' in result ? result.problem : isTooLarge(texts) ? TOO_LARGE : undefined
    if (problem !== undefined) {
      ofIncluded.push({ severity: 'error', ...problem, at, location: from.locate(span) })
      continue
    }
    const file = isHtmlFile(path) ? htmlFile(path, text) : parseYaml(path, text, TAKEN_IN)
    included.set(path, file)
    ofIncluded.push(...file.diagnostics.map((one) => (file.tree === undefined ? { ...one, at } : one)))
  }
  return { path, files, included, diagnostics, ofIncluded }
}

/** Only what nothing was to be complained of is kept. */
async function parsed(path: string, text: string, trees: KeptTrees | undefined): Promise<YamlFile> {
  const kept = await trees?.find(path, text)
  if (kept !== undefined) return { path, text, tree: kept, diagnostics: [], locate: locator(text) }
  const file = parseYaml(path, text)
  if (file.tree !== undefined && file.diagnostics.length === 0) await trees?.keep(text, file.tree)
  return file
}

function isTooLarge(texts: readonly string[]): boolean {
  return texts.reduce((sum, { length }) => sum + length, 0) > LIMITS.bytes || hasTooManyMarks(texts)
}

/** Files that a file takes in: the filters of its audiences, entities as they are, HTML. */
function inclusionsIn(
  file: YamlFile,
): readonly (ReturnType<typeof includedIn>[number] & { readonly from: YamlFile })[] {
  return includedIn(file.path, file.tree).map((inclusion) => ({ ...inclusion, from: file }))
}

/** The files that this one extends. A wrong type is left to the schema, which says it better. */
function extendedBy(file: YamlFile, tree: MapTree): { path: string; from: Location }[] {
  const entry = tree.entries.get('extends')?.value
  const named = entry === undefined ? [] : entry.kind === 'list' ? entry.items : [entry]
  return named.flatMap((each) =>
    each.kind === 'scalar' && typeof each.value === 'string' && each.value !== ''
      ? [{ path: pathFrom(file.path, each.value), from: file.locate(each.span) }]
      : [],
  )
}

function circularExtends(paths: readonly string[], back: string): Problem {
  const chain = [...paths, back].join(' → ')
  return {
    code: 'circular-extends',
    message: `The plans extend each other in a circle: ${chain}.`,
    fix: 'remove one of the `extends`.',
  }
}

const TOO_MANY_FILES: Problem = {
  code: 'plan-too-large',
  message: `More than ${LIMITS.files} plans extend one another.`,
  fix: 'merge some of them.',
}

const TOO_LARGE: Problem = {
  code: 'plan-too-large',
  message: `The plan is too large: more than ${LIMITS.bytes / 1024} KB, or ${LIMITS.marks} colons, commas, brackets and lines.`,
  fix: 'split it into several plans.',
}

/** The repository that the plan lies in; without one the working directory, or the plan's own. */
export async function repositoryOf(path: string): Promise<string> {
  const working = resolve('.')
  const own = resolve(dirname(path))
  for (let folder = isInside(working, own) ? working : own; ; folder = dirname(folder)) {
    if (await exists(join(folder, '.git'))) return folder
    if (folder === dirname(folder)) break
  }
  return isInside(working, own) ? working : own
}

/** The same path from the top of its repository, with forward slashes, wherever it was named from. */
export async function pathInRepository(path: string): Promise<string> {
  return relative(await repositoryOf(path), resolve(path)).replaceAll(sep, posix.sep)
}

/** A file of the repository at `root`, or why there is none. */
export async function readTextFile(path: string, root: string): Promise<FileResult> {
  const full = resolve(path)
  const outside = (how: string): FileResult => ({
    problem: {
      code: 'file-outside-repository',
      message: `"${path}" ${how} outside the repository, and a plan may not reach there.`,
      fix: 'put the file beside the plan.',
    },
  })
  if (!isInside(root, full)) return outside('lies')
  try {
    const real = await realpath(full)
    if (!isInside(await realpath(root), real)) return outside('is a symbolic link that leads')
    const info = await stat(real)
    if (info.isDirectory()) return { problem: directoryProblem(path) }
    // A pipe or device may never end.
    if (!info.isFile())
      return {
        problem: {
          code: 'unreadable-file',
          message: `"${path}" is not a regular file.`,
          fix: 'name a plan file.',
        },
      }
    if (info.size > LIMITS.bytes) return { problem: TOO_LARGE }
    const bytes = await readFile(real)
    return isUtf8(bytes)
      ? { text: bytes.toString('utf8').replace(/^\ufeff/, '') }
      : { problem: notUtf8(path) }
  } catch (cause) {
    return { problem: fileProblem(path, cause) }
  }
}

function directoryProblem(path: string): Problem {
  return {
    code: 'unreadable-file',
    message: `"${path}" is a directory.`,
    fix: `name a plan file, for example ${posix.join(path, 'plan.yaml')}.`,
  }
}

function notUtf8(path: string): Problem {
  return { code: 'not-utf-8', message: `"${path}" is not UTF-8 text.`, fix: 'save it as UTF-8.' }
}

function fileProblem(path: string, cause: unknown): Problem {
  const code = (cause as NodeJS.ErrnoException).code
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return {
        code: 'missing-file',
        message: `There is no file "${path}".`,
        fix: 'check the path; it is relative to the folder you are in, or to the plan that extends it.',
      }
    case 'EACCES':
    case 'EPERM':
      return {
        code: 'unreadable-file',
        message: `"${path}" may not be read.`,
        fix: 'check the permissions of the file.',
      }
    case 'ELOOP':
      return {
        code: 'unreadable-file',
        message: `"${path}" is a symbolic link that leads to itself.`,
        fix: 'put a real file there.',
      }
    default:
      return {
        code: 'unreadable-file',
        message: `"${path}" cannot be read (${code ?? String(cause)}).`,
        fix: 'check the file.',
      }
  }
}

export function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path)
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way))
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}
