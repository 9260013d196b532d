/** What GTM's own interface asks to be written for a listener on every page, and what containers write. */
interface Condition {
  readonly type: string
  readonly arg0: string
  readonly arg1: string
  readonly negate: boolean
}

/** Whether a condition of `autoEventFilter` holds on any page. */
export function isEverywhere({ type, arg0, arg1, negate }: Condition): boolean {
  return type === 'matchRegex' && !negate && arg0 === '{{Page URL}}' && (arg1 === '.*' || arg1 === '.+')
}
