import { sourceModule } from './kinds.ts'
import type { Source } from './source.ts'

/** A source as a condition or a table reads it: where there is no value, the text is empty. */
export function compared(source: Source): Source {
  return source.kind !== 'literal' && canBeMissing(source) ? { ...source, compared: true } : source
}

/** Whether there may be no value, and nothing in the plan says what stands for it. */
export function canBeMissing(source: Source): boolean {
  if (source.kind === 'literal' || source.format?.undefined !== undefined) return false
  if ('default' in source && source.default !== undefined) return false
  return sourceModule(source.kind).always?.(source) !== true
}
