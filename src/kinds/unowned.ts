/** What carries no mark: it is made and kept as the plan states it, and stays when the plan drops it, for nobody could tell whose it is. */
export const UNOWNED = {
  mark: 'none',
  removal: 'never',
  subject: 'property',
  singleton: false,
  sentByTags: false,
  wireFields: {},
} as const
