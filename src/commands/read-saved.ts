import { readFile } from 'node:fs/promises'
import type { Diagnostic } from '../plan/diagnostic.ts'
import { renderDiagnosticsText } from '../render/diagnostics.ts'
import type { ChangeSet } from '../resources/change-set.ts'
import { looksSaved, parseSavedChangeSet } from '../diff/saved-change-set.ts'
import { validateSaved } from '../diff/saved-validator.ts'
import { readTextFile, repositoryOf } from '../plan/read.ts'
import { Failure, Findings } from './failure.ts'
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
    throw new Findings(renderDiagnosticsText(saved.diagnostics, NO_PLACES, paintOf(io)).trimEnd())
  }
  if (validateSaved(saved.changeSet)) {
    await requireInside(file, saved.changeSet.file)
    return saved.changeSet
  }
  const [problem] = validateSaved.errors ?? []
  const diagnostic: Diagnostic = {
    severity: 'error',
    code: 'not-a-change-set',
    message: `${file} is not a change set that plan saved: ${problem?.instancePath || 'it'} ${problem?.message}.`,
    fix: `save it again with: plan diff --out ${file}`,
  }
  throw new Findings(renderDiagnosticsText([diagnostic], NO_PLACES, paintOf(io)).trimEnd())
}

/** What it names is read, and quoted where it is wrong: nothing outside is opened on the word of a file from outside. */
async function requireInside(file: string, plan: string | undefined): Promise<void> {
  if (plan === undefined) return
  const result = await readTextFile(plan, await repositoryOf('.'))
  if ('problem' in result && result.problem.code === 'file-outside-repository') {
    throw new Failure(
      'file-stays-in-the-repository',
      `${file} names the plan ${plan}, which lies outside this repository. Run it where that plan is, or save it again there.`,
    )
  }
}

const NO_PLACES = { locate: () => undefined, textOf: () => undefined }
