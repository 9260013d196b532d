/**
 * What Google leaves open, or what nobody has recorded: each answer is a switch that a test can set under
 * `/_sandbox/behaviour`. The first value of a list is the default.
 */
export const CHOICES = {
  /** "unsupported" answers as Google does for a path it does not know; "unimplemented" says 501. */
  bulkUpdate: ['supported', 'unsupported', 'unimplemented'],
  bulkNewIdsInFiringTriggers: [true, false],
  bulkAtomic: [true, false],
  bulkBuiltIns: [true, false],
  /** Whether a fingerprint inside an updated or deleted entity of a bulk_update must match. */
  bulkChecksFingerprints: [false, true],
  /** Whether renaming a tag or variable rewrites what refers to it by name, as Google's own page does. */
  renameRewritesReferences: [false, true],
  /** Whether a `fingerprint` in the query of a single call is compared at all. */
  checksFingerprints: [true, false],
  fingerprintMismatchStatus: [409, 400, 412],
  deleteTriggerInUse: ['refuse', 'dangle', 'unlink'],
  deleteVariableInUse: ['dangle', 'refuse'],
  /** Whether enums in requests may be UPPER_SNAKE, as container exports write them. */
  upperSnakeEnums: [false, true],
  unknownFields: ['refuse', 'ignore'],
  unknownTypes: ['refuse', 'accept'],
  /** Whether create_version makes a version although a variable that is referred to does not exist. */
  compilerErrorMakesVersion: [false, true],
  /** Whether an entity written without the fields that Google's own pages always write gets them. */
  fillDefaults: [false, true],
  emptyAnswer: ['204', '200', '200 {}'],
  /** Zones answered 404 on a standard container although its features promise them (recorded). */
  zones: ['notFound', 'supported'],
  /** Whether an autoEventFilter without waitForTags, checkValidation and waitForTagsTimeout is dropped in silence. */
  autoEventFilterAlone: ['keep', 'drop'],
  /** What the user may do in every container; what is not allowed is not found. */
  containerPermission: ['publish', 'approve', 'edit', 'read'],
  /**
   * Whether the name of an archived GA4 dimension or metric may be registered again (two users of Google's own plugin saw
   * it done), and whether it still counts.
   */
  archivedNameReusable: [true, false],
  archivedKeepsSlot: [false, true],
  immutableInUpdateMask: ['refuse', 'ignore'],
  /** Updates of GA4 that are answered 200 and change nothing (reported of some). */
  updatesChangeNothing: [false, true],
  /** Site search named in a mask without its parameter: 200, and it stays as it was (reported). */
  siteSearchAlone: ['unchanged', 'changed'],
  /** Signals refuse to be enabled until somebody has done it once on the page (reported). */
  googleSignals: ['notActivated', 'activated'],
  /** The export scope of attribution in a mask is refused, even with its own value (reported). */
  attributionScopeInMask: ['refuse', 'accept'],
  /** What the Data API says about a report's honesty: thresholded, rows lumped into "(other)", sampled. */
  reportThresholded: [false, true],
  reportOtherRow: [false, true],
  reportSampled: [false, true],
} as const

const NUMBERS = {
  bulkMaxChanges: null,
  /** Length of a GTM page; Google does not say what it is. Small, so that paging is met early. */
  pageSize: 20,
  /** Workspaces a free container may have at once: https://support.google.com/tagmanager/answer/7059647 */
  maxWorkspaces: 3,
  /** https://support.google.com/analytics/answer/12229528 (30 for a standard property) */
  maxKeyEvents: 30,
} as const

type Choices = { -readonly [K in keyof typeof CHOICES]: (typeof CHOICES)[K][number] }
type Numbers = { -readonly [K in keyof typeof NUMBERS]: number | null }
export type Behaviour = Choices & Numbers

export function defaultBehaviour(): Behaviour {
  const choices = Object.fromEntries(Object.entries(CHOICES).map(([name, values]) => [name, values[0]]))
  return { ...choices, ...NUMBERS } as Behaviour
}

/** Takes over the given switches; an unknown name or value is refused with a sentence that says what there is. */
export function changeBehaviour(behaviour: Behaviour, changes: Readonly<Record<string, unknown>>): Behaviour {
  for (const [name, value] of Object.entries(changes)) {
    if (Object.hasOwn(CHOICES, name)) {
      const allowed: readonly unknown[] = CHOICES[name as keyof typeof CHOICES]
      if (!allowed.includes(value)) {
        throw new Error(`${name} may be ${allowed.map((choice) => JSON.stringify(choice)).join(', ')}.`)
      }
    } else if (Object.hasOwn(NUMBERS, name)) {
      const count = typeof value === 'number' && Number.isInteger(value) && value > 0
      if (value !== null && !count)
        throw new Error(`${name} may be a whole number above 0, or null for no limit.`)
    } else {
      const known = [...Object.keys(CHOICES), ...Object.keys(NUMBERS)].join(', ')
      throw new Error(`There is no behaviour "${name}"; there are ${known}.`)
    }
  }
  return { ...behaviour, ...changes }
}
