import type { DocsCode } from '../codes/code.ts'

export interface PushFinding {
  readonly severity: 'error' | 'warning'
  readonly code: DocsCode
  /** The key, with dots; empty for the push as a whole. */
  readonly key: string
  readonly message: string
  readonly fix: string
}

export type CheckPush = (push: unknown) => readonly PushFinding[]
