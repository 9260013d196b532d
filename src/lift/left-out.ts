/** Something of the container that is not in the plan, and why. */
export interface LeftOut {
  readonly kind: 'tag' | 'trigger' | 'variable' | 'folder' | 'template' | 'other'
  readonly name: string
  /** Of what kind the reason is. */
  readonly code: string
  readonly reason: string
}
