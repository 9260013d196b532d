import { Ajv2020 } from 'ajv/dist/2020.js'
import { readFile } from 'node:fs/promises'
import schema from '../../schemas/change-set.schema.json' with { type: 'json' }
import { renderDiagnosticsText } from '../render/diagnostics.ts'
import type { ChangeSet } from '../resources/change-set.ts'
import { looksSaved, parseSavedChangeSet } from '../diff/saved-change-set.ts'
import { Failure } from './failure.ts'
import type { Io } from './io.ts'
import { paintOf } from './paint.ts'

/**
 * A change set that `plan diff --out` saved; undefined when the file is a plan. The file comes from outside, and its digest
 * is no signature: its shape is checked too, before anything is read from it.
 */
export async function readSaved(file: string, io: Io): Promise<ChangeSet | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined)
  if (text === undefined || !looksSaved(text)) return undefined
  const saved = parseSavedChangeSet(text)
  if ('diagnostics' in saved) {
    throw new Failure(renderDiagnosticsText(saved.diagnostics, NO_PLACES, paintOf(io)).trimEnd())
  }
  const validate = new Ajv2020({ allowUnionTypes: true }).compile(schema)
  if (validate(saved.changeSet)) return saved.changeSet
  const [problem] = validate.errors ?? []
  throw new Failure(
    `${file} is not a change set that plan saved: ${problem?.instancePath || 'it'} ${problem?.message}. Save it again with: plan diff --out ${file}`,
  )
}

const NO_PLACES = { locate: () => undefined, textOf: () => undefined }
