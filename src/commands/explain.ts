import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { codeAsJson, codesAsJson, explainCode, listCodes, nearestCode } from '../codes/explain.ts'
import { didYouMean } from '../check/schema/did-you-mean.ts'
import type { Examples } from '../docs/reference.ts'
import { printable } from '../render/diagnostics.ts'
import { Failure } from './failure.ts'
import type { ExitCode, Io } from './io.ts'
import { meantOr } from './meant-or.ts'
import { PACKAGE_ROOT } from './package-files.ts'
import { quietIo } from './quiet-io.ts'

export interface ExplainOptions {
  readonly format: 'text' | 'json'
}

/** Says what a finding or a field means; without either, which codes there are. */
export async function explainCommand(
  code: string | undefined,
  { format }: ExplainOptions,
  io: Io,
): Promise<ExitCode> {
  if (code === undefined) {
    io.out(format === 'json' ? codesAsJson() : listCodes())
    return 0
  }
  const text = format === 'json' ? codeAsJson(code) : explainCode(code)
  io.out(text ?? (await explainField(code, format)))
  return 0
}

/** A field of the language, by the thing that it stands in: `micro.target`. */
async function explainField(written: string, format: ExplainOptions['format']): Promise<string> {
  const { fieldPath, fieldPaths, fieldsMeant, fieldText, renderField } = await import('../docs/reference.ts')
  const found = fieldPath(written) === undefined ? fieldsMeant(written) : []
  const meant = [...found.filter(isOfMicro), ...found.filter((path) => !isOfMicro(path))]
  if (meant.length > 1)
    throw new Failure(
      'explained-name-exists',
      `"${printable(written)}" stands in several things: ${meant.slice(0, MOST_NAMED).join(', ')}${meant.length > MOST_NAMED ? ` and ${meant.length - MOST_NAMED} more` : ''}. Name one: plan explain ${meant[0] ?? ''}`,
    )
  const path = meant[0] ?? written
  const becomes = fieldPath(path) !== undefined ? await exampleBecomes() : () => ''
  const field = fieldText(path, await exampleValues(), becomes)
  if (field === undefined) {
    const instead = meantOr(
      'plan explain lists the codes, plan explain micro the fields of a micro conversion.',
      nearestCode(path) ?? didYouMean(path, fieldPaths()),
    )
    throw new Failure(
      'explained-name-exists',
      `There is no ${path.includes('.') ? 'field' : 'code'} "${printable(path)}". ${instead}`,
    )
  }
  return format === 'json' ? `${JSON.stringify({ formatVersion: 1, field }, null, 2)}\n` : renderField(field)
}

const MOST_NAMED = 8

/** What most of a plan is. */
const isOfMicro = (path: string): boolean => path.startsWith('micro.')

/** What a field becomes, by the example plans compiled with it and without it. */
export async function exampleBecomes(): Promise<(path: string) => string> {
  const { becoming, becomesWords } = await import('../docs/becomes.ts')
  const { loadPlan } = await import('./load-plan.ts')
  const { readTemplates } = await import('../compile/templates.ts')
  const files = await Promise.all(EXAMPLES.map(yamlIn))
  const whole = files.flat().filter((file) => !file.endsWith('/base.yaml'))
  const loaded = await Promise.all(whole.map((file) => loadPlan(file, { environment: EXAMPLE }, quietIo())))
  const examples = loaded.map(({ document }) => ({ document, environment: EXAMPLE }))
  const { canBeCompiled } = await import('../check/check.ts')
  // Examples are right on any day.
  const accepts = (document: unknown): boolean => canBeCompiled(document, EXAMPLE, '2026-01-01')
  const of = becoming(examples, await readTemplates([join(PACKAGE_ROOT, 'templates/gtm')]), accepts)
  return (path) => becomesWords(of(path) ?? [])
}

/** An environment that every example plan has. */
const EXAMPLE = 'staging'

/** Whole plans, and one of what they leave out. */
const EXAMPLES = ['plans', 'templates/language']

async function yamlIn(folder: string): Promise<readonly string[]> {
  const names = await readdir(join(PACKAGE_ROOT, folder))
  return names
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => join(PACKAGE_ROOT, folder, name))
}

/** What the example plans say of each field. */
export async function exampleValues(): Promise<Examples> {
  const { parse } = await import('yaml')
  const { examplesIn } = await import('../docs/reference.ts')
  const files = await Promise.all(EXAMPLES.map(yamlIn))
  const texts = await Promise.all(files.flat().map((file) => readFile(file, 'utf8')))
  return examplesIn(texts.map((text): unknown => parse(text)))
}
