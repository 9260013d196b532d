/** Entries of the lint catalogue that no check of a plan file keeps, and why. */
export interface NotChecked {
  readonly entry: string
  readonly law: string
  /** `kept`: what the product makes or does keeps it. `open`: nothing keeps it yet. */
  readonly state: 'kept' | 'open'
  readonly why: string
}

function kept(entry: string, law: string, why: string): NotChecked {
  return { entry, law, state: 'kept', why }
}

function open(entry: string, law: string, why: string): NotChecked {
  return { entry, law, state: 'open', why }
}

export const NOT_CHECKED: readonly NotChecked[] = [
  kept(
    'L-T19',
    'A blocking trigger is of the event type of the trigger that it blocks.',
    'The compiler makes blocking triggers from `unless`, of the same event type.',
  ),
  kept(
    'L-T23',
    'The container stays below 70 % of its size limit.',
    'Only the compiled container has a size; compiling reports it.',
  ),
  kept(
    'L-T24',
    '"Once per session" has a guard.',
    'The language has no such setting: `fires` knows event, page and unlimited, and key events are counted once a session by GA4.',
  ),
  kept('L-C05', 'Consent Initialization is for consent tags only.', 'The plan makes no tag on that trigger.'),
  kept('L-G07', 'The live container is what the plan says.', '`plan diff` compares them.'),
  open(
    'L-N11',
    'An event has at most 200 items, with 27 parameters of their own.',
    'Items come from the data layer at run time; a plan does not list them.',
  ),
  open(
    'L-D05',
    'An item has an id or a name, and the value is the sum of its items.',
    'Items come from the data layer at run time.',
  ),
  open('L-D09', 'A parameter used in a report is registered.', 'A plan defines no reports yet.'),
  open(
    'L-K07',
    "A default value is in the property's currency.",
    "Only the live property knows its currency; the plan's own is used for every default value.",
  ),
  open(
    'L-K08',
    'A newly marked key event is not compared with the time before.',
    'A matter of reports, which know since when an event is marked.',
  ),
  open(
    'L-A02',
    'A micro conversion is not a primary conversion in Google Ads without a reason.',
    'A plan does not describe Google Ads yet.',
  ),
  open(
    'L-A03',
    'An outcome is not counted by GA4 and by Ads tags at once.',
    'A plan does not describe Google Ads yet.',
  ),
  open(
    'L-G03',
    'Internal and developer traffic is kept out.',
    'Data filters have no write API and are not part of the language.',
  ),
  open(
    'L-G04',
    'Data are kept as long as the plan needs them.',
    'Retention is a setting of the live property.',
  ),
  open('L-G05', 'Weights from data have a BigQuery export.', 'The export is a setting of the live property.'),
  open(
    'L-G06',
    'Settings without an API are ticked off.',
    'Nothing records yet that a manual step was done.',
  ),
]
