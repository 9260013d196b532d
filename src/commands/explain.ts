import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'yaml'
import { codeAsJson, codesAsJson, explainCode, listCodes, nearestCode } from '../codes/explain.ts'
import { didYouMean } from '../check/schema/did-you-mean.ts'
import type { Examples } from '../docs/reference.ts'
import { printable } from '../render/diagnostics.ts'
import { Failure } from './failure.ts'
import type { ExitCode, Io } from './io.ts'
import { meantOr } from './meant-or.ts'
import { PACKAGE_ROOT } from './package-files.ts'

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
async function explainField(path: string, format: ExplainOptions['format']): Promise<string> {
  const { fieldPaths, fieldText, renderField } = await import('../docs/reference.ts')
  const field = fieldText(path, await exampleValues())
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

/** What the example plans say of each field. */
export async function exampleValues(): Promise<Examples> {
  const { examplesIn } = await import('../docs/reference.ts')
  const folder = join(PACKAGE_ROOT, 'plans')
  const files = (await readdir(folder)).filter((name) => name.endsWith('.yaml')).sort()
  const texts = await Promise.all(files.map((name) => readFile(join(folder, name), 'utf8')))
  return examplesIn(texts.map((text): unknown => parse(text)))
}
