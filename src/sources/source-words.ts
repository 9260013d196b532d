import { formatWords } from './format.ts'
import { sourceModule } from './kinds.ts'
import type { Source } from './source.ts'

/** Where a value comes from. */
export function sourceWords(source: Source): string {
  if (source.kind === 'literal') return JSON.stringify(source.value)
  return sourceModule(source.kind).words(source, sourceWords) + formatWords(source.format, sourceWords)
}
