import { autoEvent } from './auto-event.ts'
import type { SourceModule } from './module.ts'
import type { Said } from './source.ts'

export interface ErrorSource {
  readonly kind: 'error'
  readonly what: Said<'error'>
}

export const error: SourceModule<'error'> = {
  ...autoEvent('error', { message: 'errorMessage', url: 'errorUrl', line: 'errorLine' }, { line: 'number' }),
  words: ({ what }) => `${what} of the JavaScript error`,
  examples: [{ source: { error: 'message' }, words: 'message of the JavaScript error' }],
}
