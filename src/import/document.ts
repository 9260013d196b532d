/** Conversions become a plan document: what is a goal, which stage each belongs to, what stands at the top. */
import type { Environment, Goal, Ignore, Micro, PlanDocument, Source, Stage } from '../plan/plan-types.ts'
import type { Pointer } from '../plan/diagnostic.ts'
import { pointerOf } from '../plan/diagnostic.ts'
import { escaped } from '../plan/variables.ts'
import type { Said } from './conversion.ts'
import { idFrom } from './names.ts'
import { GOAL_EVENTS, nearness, STAGES, stageOf, type StageId } from './stages.ts'

/** Something that was decided for the user, said where it stands. */
export interface Comment {
  /** A field of the document, or '' for the whole file. */
  readonly at: Pointer
  readonly text: string
}

export interface Liftable {
  readonly said: Said
  readonly title: string
  readonly notes?: string
  readonly measurementIdFrom?: Source
  /** What its comment says. */
  readonly remarks: readonly string[]
  /** The tag that it was read from. */
  readonly tag: string
}

export interface Settings {
  readonly plan: string
  readonly title: string
  readonly environments: { readonly [id: string]: Environment }
  readonly measurementIdFrom?: Source
  readonly consent: NonNullable<PlanDocument['consent']>
  readonly googleTag: 'managed' | 'existing'
  readonly transportUrl?: string
  readonly sharedParameters: { readonly [name: string]: Source }
  readonly userProperties: { readonly [name: string]: Source }
  /** Where conversions go beside GA4. */
  readonly vendors: NonNullable<PlanDocument['destinations']>
  readonly userData: NonNullable<PlanDocument['userData']>
  /** Key events of the property, by event. */
  readonly keyEvents: ReadonlySet<string>
  readonly parameters?: PlanDocument['parameters']
  readonly comments: readonly Comment[]
}

export interface Assembled<L extends Liftable> {
  readonly document: PlanDocument
  readonly comments: readonly Comment[]
  /** Which liftable became which conversion. */
  readonly conversions: ReadonlyMap<string, L>
}

/** @param ignore findings that are accepted for now. */
export function documentOf<L extends Liftable>(
  liftables: readonly L[],
  settings: Settings,
  ignore: readonly Ignore[],
): Assembled<L> {
  const comments: Comment[] = [...settings.comments]
  const ids = new Set<string>()
  const first = new Set<string>()
  const named = liftables.map((liftable) => {
    const { event = '', eventFrom } = liftable.said
    // One event of several tags: the first has its name, the others that of their tag.
    const isFirst = eventFrom === undefined && !first.has(event)
    first.add(event)
    const id = idFrom(isFirst ? event : liftable.title, ids)
    ids.add(id)
    return { id, liftable }
  })
  const goalEvents = goalsAmong(liftables, settings.keyEvents)
  const isGoal = ({ said }: Liftable): boolean => goalEvents.events.has(said.event ?? '')
  const goals = named
    .filter(({ liftable }) => isGoal(liftable))
    .sort((a, b) => goalRank(a.liftable) - goalRank(b.liftable))
  const [primary] = goals
  const isSet = (fields: object): boolean => Object.keys(fields).length > 0
  if (primary !== undefined)
    comments.push({ at: pointerOf('goals', primary.id), text: goalEvents.why(primary.liftable) })
  const stages = (Object.keys(STAGES) as StageId[]).flatMap((stage): (readonly [string, Stage])[] => {
    const members = named.filter(
      ({ liftable }) => !isGoal(liftable) && stageOf(liftable.said.event ?? '') === stage,
    )
    if (members.length === 0) return []
    const isDraft = members.length < 3 || members.length > 5
    const at = pointerOf('stages', stage)
    if (stage === 'unplaced')
      comments.push({
        at,
        text: 'TODO move each of these to the step of the funnel where it happens: its event does not say',
      })
    if (isDraft)
      comments.push({
        at: at + pointerOf('draft'),
        text: `a stage has three to five micro conversions, this one has ${members.length}: until it is so, this keeps it a warning`,
      })
    const micro = members.map(({ id, liftable }): readonly [string, Micro] => {
      remark(comments, at + pointerOf('micro', id), liftable)
      return [
        id,
        {
          title: liftable.title,
          ...fieldsOf(liftable),
          ...(settings.keyEvents.has(liftable.said.event ?? '') ? { keyEvent: true } : {}),
          feeds: [primary?.id ?? ''],
        },
      ]
    })
    return [
      [
        stage,
        { title: STAGES[stage], ...(isDraft ? { draft: true } : {}), micro: Object.fromEntries(micro) },
      ],
    ]
  })
  if (stages.length === 0) {
    comments.push({
      at: pointerOf('stages', 'consideration', 'draft'),
      text: 'TODO the steps that lead to the goal: `plan catalogue` has ideas',
    })
    stages.push(['consideration', { title: STAGES.consideration, draft: true, micro: {} }])
  }
  const goalEntries = goals.map(({ id, liftable }, index): readonly [string, Goal] => {
    remark(comments, pointerOf('goals', id), liftable)
    const outcome = GOAL_EVENTS.get(liftable.said.event ?? '')
    return [
      id,
      {
        title: liftable.title,
        ...(index === 0 ? { primary: true } : {}),
        ...fieldsOf(liftable),
        ...(outcome === undefined ? {} : { outcome }),
      },
    ]
  })
  if (goals.length === 0) {
    comments.push({
      at: pointerOf('goals', 'goal'),
      text: 'TODO the outcome that pays: once the site sends its event, `event` and `trigger` stand here instead of `source`',
    })
    goalEntries.push(['goal', { title: 'TODO', primary: true, source: 'crm' }])
  }
  const document: PlanDocument = {
    version: 1,
    plan: settings.plan,
    title: settings.title,
    owner: 'TODO',
    consent: settings.consent,
    environments: settings.environments as PlanDocument['environments'],
    googleTag: settings.googleTag,
    ...(settings.transportUrl === undefined ? {} : { transportUrl: settings.transportUrl }),
    ...(settings.measurementIdFrom === undefined ? {} : { measurementIdFrom: settings.measurementIdFrom }),
    ...(settings.parameters === undefined ? {} : { parameters: settings.parameters }),
    ...(isSet(settings.sharedParameters) ? { sharedParameters: settings.sharedParameters } : {}),
    ...(isSet(settings.userProperties) ? { userProperties: settings.userProperties } : {}),
    ...(isSet(settings.userData) ? { userData: settings.userData } : {}),
    ...(isSet(settings.vendors) ? { destinations: settings.vendors } : {}),
    goals: Object.fromEntries(goalEntries),
    stages: Object.fromEntries(stages),
    ...(ignore.length === 0 ? {} : { ignore: [...ignore] }),
  }
  if (ignore.length > 0)
    comments.push({
      at: '/ignore',
      text: 'so it is in the container: accepted at import, to be put right before the day that is named',
    })
  return {
    document: escaped(document),
    comments,
    conversions: new Map(named.map(({ id, liftable }) => [id, liftable])),
  }
}

function fieldsOf({ said, notes, measurementIdFrom }: Liftable): Omit<Micro, 'title' | 'feeds'> {
  return {
    ...said,
    ...(measurementIdFrom === undefined ? {} : { measurementIdFrom }),
    ...(notes === undefined || notes === '' ? {} : { notes }),
  }
}

function remark(comments: Comment[], at: Pointer, { remarks }: Liftable): void {
  for (const text of remarks) comments.push({ at, text })
}

interface Goals {
  readonly events: ReadonlySet<string>
  readonly why: (goal: Liftable) => string
}

/** Key events of the property that are an outcome by their name; else those; else what is nearest to an outcome. */
function goalsAmong(liftables: readonly Liftable[], keyEvents: ReadonlySet<string>): Goals {
  const events = liftables.map(({ said }) => said.event ?? '')
  const known = events.filter((event) => GOAL_EVENTS.has(event))
  if (known.length > 0)
    return { events: new Set(known), why: () => 'taken for the goal by the name of its event' }
  const marked = events.filter((event) => keyEvents.has(event))
  if (marked.length > 0)
    return {
      events: new Set(marked),
      why: () => 'taken for a goal because the property has it as a key event',
    }
  const nearest = [...events].sort((a, b) => nearness(b) - nearness(a))[0] ?? ''
  return {
    events: new Set([nearest]),
    why: () =>
      'TODO which event is the goal? Nothing in the container says so; this one is nearest to the end of the funnel',
  }
}

function goalRank({ said }: Liftable): number {
  const index = [...GOAL_EVENTS.keys()].indexOf(said.event ?? '')
  return index === -1 ? GOAL_EVENTS.size : index
}
