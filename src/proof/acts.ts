/**
 * What happens on a page so that a trigger fires, or so that it only nearly does: made from the plan's own words, never from
 * what they compile to. A kind is a line of the table.
 */
import type { Element } from '../runtime/node/element.ts'
import type { Condition } from '../sources/condition.ts'
import type { SourceKind } from '../sources/source.ts'
import type { TriggerByKind } from '../triggers/kinds.ts'
import type { SingleTrigger, TriggerKind } from '../triggers/trigger.ts'
import { satisfying } from './conditions.ts'
import { elementFor, iconIn, marked, selectorOf, WINDOW } from './fixture.ts'
import type { Step } from './scenario.ts'
import {
  EMPTY,
  Impossible,
  MADE_UP_HOST,
  urlOf,
  type Moment,
  type Moments,
  type PossibleMoment,
  type Situation,
} from './situation.ts'

export interface Act {
  readonly elements: readonly Element[]
  /** Whether its steps push the data themselves. */
  readonly carries: boolean
  readonly steps: (data: { readonly [key: string]: unknown }) => readonly Step[]
}

export interface How {
  readonly situation: Situation
  /** It only nearly happens: another event, another element. */
  readonly otherwise: boolean
  /** A click goes to an element inside. */
  readonly nested: boolean
  /** Nothing else is needed after it. */
  readonly isLast: boolean
  /** By which steps find the element. */
  readonly mark: string
  /** How long all else takes that is needed, in milliseconds. */
  readonly waited: number
  /** The moment that is meant, of a trigger that has any. */
  readonly moment: Moment
}

/** Written as methods, so that the line of a trigger's own kind takes that trigger without a cast. */
interface TriggerActs<K extends TriggerKind = TriggerKind> {
  /** Throws Impossible. */
  act(trigger: TriggerByKind[K], how: How): Act
  /** What nearly happens, after "stays silent on"; left out for a kind that has no other. */
  readonly otherwise?: string
  /** Of its element, before any condition: what its own words fix. */
  attributes?(trigger: TriggerByKind[K]): Situation['attributes']
  /** How long it takes, in milliseconds; left out for a kind that takes none. */
  lasts?(trigger: TriggerByKind[K]): number
  /** How high the page must be for it, in pixels. */
  height?(trigger: TriggerByKind[K]): number
  /** The moments that it can have, with the source that reads them. */
  moments?(trigger: TriggerByKind[K]): Moments & { readonly source: SourceKind }
}

const ACTS: { readonly [K in TriggerKind]: TriggerActs<K> } = {
  dataLayer: {
    otherwise: 'another event',
    act: (trigger, { situation, otherwise }) => {
      const event = otherwise ? otherEvent(trigger) : (situation.event ?? eventName(trigger))
      return {
        elements: [],
        carries: true,
        steps: (data) => [{ do: 'push', pushed: { message: { event, ...data } } }],
      }
    },
  },
  page: { act: () => steps() },
  history: {
    act: (_, { situation, moment }) =>
      steps({ do: 'route', url: urlOf(situation), source: moment['source'] as Way }),
    moments: ({ source }) => ({
      source: 'history',
      // The fragment before is that of the page on which it begins.
      possible: (source === undefined ? WAYS : [source]).map((way) =>
        alone({ source: way, old_fragment: '' }),
      ),
      free: ['new_fragment', 'old_fragment'],
    }),
  },
  click: onElement({
    otherwise: 'a click elsewhere',
    tag: 'button',
    text: 'Example',
    elsewhere: { type: 'button' },
    step: 'click',
  }),
  // A link leads somewhere and a form goes somewhere, also when the plan's words do not say where.
  link: onElement({
    otherwise: 'another link',
    tag: 'a',
    text: 'Example',
    address: { href: '/elsewhere' },
    elsewhere: { href: '/elsewhere' },
    step: 'click',
  }),
  form: onElement({
    otherwise: 'another form',
    tag: 'form',
    text: '',
    address: { action: '/sent', method: 'get' },
    elsewhere: { action: '/elsewhere' },
    step: 'submit',
  }),
  visible: {
    otherwise: 'an element that is not shown',
    attributes: (trigger) => attributesOf(trigger, 'section'),
    act: (trigger, { otherwise, mark, moment }) => {
      // Shown by a step; at a place of whole pixels, so that so many percent of it are exactly as many.
      const attributes = { hidden: '', style: 'position:absolute;top:300px;width:400px;height:200px' }
      const element = elementFor({ ...meant(trigger), tag: 'section', attributes, text: 'Example' })
      const wait: Step = { do: 'wait', milliseconds: shownFor(trigger) }
      return {
        ...steps(
          ...(otherwise
            ? []
            : [{ do: 'show', selector: selectorOf(mark), percent: Number(moment['percent']) } as const]),
          wait,
        ),
        elements: [marked(element, mark)],
      }
    },
    lasts: shownFor,
    moments: ({ percent, duration = 0 }) => ({
      source: 'visibility',
      possible: Array.from({ length: 101 - Math.ceil(percent) }, (_, less) =>
        alone({ percent: 100 - less, duration }),
      ),
      free: [],
    }),
  },
  scroll: {
    otherwise: 'a scroll that is not deep enough',
    act: ({ percent }, { otherwise, moment }) => {
      const least = Math.min(...percent)
      const to = otherwise ? least - Math.min(15, least / 4) : Number(moment['depth'])
      return steps({ do: 'scroll', percent: to })
    },
    // What the window shows at once is reached at once: here that is at most half of the least threshold.
    height: ({ percent }) => Math.ceil((WINDOW.height * 100) / (Math.min(...percent) / 2)),
    moments: ({ percent }) => {
      const all = percent
        .toSorted((a, b) => a - b)
        .map((depth): Moment => ({ depth, units: 'percent', direction: 'vertical' }))
      return {
        source: 'scroll',
        possible: all.map((says, index) => ({ says, passes: all.slice(0, index) })),
        free: [],
      }
    },
  },
  video: {
    otherwise: 'another moment of the video',
    act: (trigger, { otherwise, moment }) => {
      const { status, percent } = otherwise ? otherMoment(trigger) : (moment as unknown as VideoMoment)
      const { title, url } = { ...EXAMPLE_VIDEO, ...moment }
      return steps({ do: 'video', status, percent, title, url, duration: EXAMPLE_VIDEO.duration })
    },
    moments: (trigger) => {
      const says = (at: VideoMoment): Moment => ({
        ...EXAMPLE_VIDEO,
        ...at,
        provider: 'youtube',
        current_time: (at.percent * EXAMPLE_VIDEO.duration) / 100,
        visible: true,
      })
      const wanted = momentsOf(trigger).filter(({ isWanted }) => isWanted)
      const progress = wanted.filter(({ at }) => at.status === 'progress').map(({ at }) => says(at))
      return {
        source: 'video',
        // A video that completes reaches what is left of its thresholds (GTM-RUNTIME 12).
        possible: wanted.map(({ at }) => ({
          says: says(at),
          passes: at.status === 'complete' ? progress : [],
        })),
        free: ['title', 'url'],
      }
    },
  },
  timer: {
    otherwise: 'a visit that is too short',
    act: ({ every }, { otherwise, waited }) => {
      const short = every - 1000 - waited
      if (otherwise && short < 0) throw new Impossible('what else it needs takes as long as its timer')
      return steps({ do: 'wait', milliseconds: otherwise ? short : every + 500 })
    },
    lasts: ({ every }) => every + 500,
  },
  error: {
    act: (_, { moment }) => {
      const { message, url, line } = { ...EXAMPLE_ERROR, ...moment }
      return steps({ do: 'error', message, url, line })
    },
    moments: () => ({ source: 'error', possible: [alone(EXAMPLE_ERROR)], free: ['message', 'url', 'line'] }),
  },
  existing: {
    act: ({ name }) => {
      throw new Impossible(`only the container knows when its trigger "${name}" fires`)
    },
  },
}

/** What is done for a kind, for a trigger of that kind. */
export function actsOf(kind: TriggerKind): TriggerActs {
  return ACTS[kind]
}

/** What triggers that all have to fire can say of their moments; of two with the same source it is not told which speaks. */
export function momentsOfAll(triggers: readonly SingleTrigger[]): Situation['moments'] {
  const all = triggers.flatMap((trigger) => actsOf(trigger.kind).moments?.(trigger) ?? [])
  return Object.fromEntries(
    all
      .filter(({ source }) => all.filter((each) => each.source === source).length === 1)
      .map(({ source, ...moments }) => [source, moments]),
  )
}

/** The moment at which a trigger is to fire: the one of the situation, else its first. */
export function momentIn(situation: Situation, trigger: SingleTrigger): Moment {
  const own = actsOf(trigger.kind).moments?.(trigger)
  if (own === undefined) return {}
  return (situation.moments[own.source] ?? own).possible[0]?.says ?? {}
}

function shownFor({ duration = 0 }: TriggerByKind['visible']): number {
  return duration + 500
}

function alone(says: Moment): PossibleMoment {
  return { says, passes: [] }
}

function steps(...all: readonly Step[]): Act {
  return { elements: [], carries: false, steps: () => all }
}

interface OnElement {
  readonly otherwise: string
  readonly tag: string
  /** Of an element of which the plan says no text. */
  readonly text: string
  /** Where it leads when the plan's words do not say where. */
  readonly address?: Situation['attributes']
  /** Of the other element. */
  readonly elsewhere: Situation['attributes']
  readonly step: 'click' | 'submit'
}

/** A visitor clicks or submits an element, or another one. */
function onElement(
  kind: OnElement,
): Required<Pick<TriggerActs<'click' | 'link' | 'form'>, 'otherwise' | 'attributes' | 'act'>> {
  const { tag } = kind
  return {
    otherwise: kind.otherwise,
    attributes: (trigger) => ({ ...kind.address, ...attributesOf(trigger, tag) }),
    act: (trigger, { situation, otherwise, nested, isLast, mark }) => {
      // The page stays for what comes after it, as with a link that opens a window and a form that is sent by script.
      const stays = isLast || kind.address === undefined ? {} : { [`on${kind.step}`]: 'return false' }
      const element = otherwise
        ? elementFor({ tag, attributes: { ...kind.elsewhere, ...stays }, text: 'Elsewhere' })
        : elementFor({
            ...meant(trigger),
            tag,
            attributes: { ...situation.attributes, ...stays },
            text: situation.text ?? kind.text,
          })
      return {
        ...steps({ do: kind.step, selector: selectorOf(mark) }),
        elements: [marked(nested ? iconIn(element) : element, mark)],
      }
    },
  }
}

interface Meant {
  readonly selector?: string
  readonly id?: string
}

function meant({ selector, id }: Meant): Meant {
  return { ...(selector === undefined ? {} : { selector }), ...(id === undefined ? {} : { id }) }
}

function attributesOf(trigger: Meant, tag: string): Situation['attributes'] {
  return elementFor({ ...meant(trigger), tag, attributes: {}, text: '' }).attributes
}

type Way = 'pushState' | 'replaceState' | 'popstate'
const WAYS: readonly Way[] = ['pushState', 'replaceState', 'popstate']

const EXAMPLE_ERROR = {
  message: 'Uncaught ReferenceError: example is not defined',
  url: `https://${MADE_UP_HOST}/example.js`,
  line: 1,
} as const
/** Its duration in seconds. */
const EXAMPLE_VIDEO = {
  title: 'Example film',
  url: 'https://www.youtube.com/watch?v=example0001',
  duration: 200,
} as const

interface VideoMoment {
  readonly status: 'start' | 'pause' | 'progress' | 'complete'
  readonly percent: number
}

/** What can be of a video, and whether the trigger wants it. */
function momentsOf({
  start,
  pause,
  complete,
  percent,
}: TriggerByKind['video']): readonly { readonly at: VideoMoment; readonly isWanted: boolean }[] {
  return [
    { at: { status: 'start', percent: 0 }, isWanted: start },
    ...(percent.length === 0 ? [33] : percent).map((each) => ({
      at: { status: 'progress', percent: each } as const,
      isWanted: percent.length > 0,
    })),
    { at: { status: 'pause', percent: 10 }, isWanted: pause },
    { at: { status: 'complete', percent: 100 }, isWanted: complete },
  ]
}

/** One that the trigger does not want, and that brings none it wants along. */
function otherMoment(trigger: TriggerByKind['video']): VideoMoment {
  const other = momentsOf(trigger).find(
    ({ at, isWanted }) => !isWanted && !(at.status === 'complete' && trigger.percent.length > 0),
  )
  if (other === undefined) throw new Impossible('every moment of the video counts')
  return other.at
}

/** A name that the trigger waits for. */
export function eventName({ regex, event }: TriggerByKind['dataLayer']): string {
  if (!regex) return event
  return satisfying({ ...EMPTY, event: '' }, [isNamed({ regex, event })]).event ?? event
}

/** What a trigger asks of the event's name, as a condition. */
export function isNamed({ regex, event }: Pick<TriggerByKind['dataLayer'], 'regex' | 'event'>): Condition {
  return {
    at: '',
    subject: { kind: 'event' },
    operator: regex ? 'matches' : 'equals',
    value: event,
    negate: false,
    ignoreCase: false,
  }
}

/** A name that nearly is the trigger's: a pattern that is not anchored takes it too. */
function otherEvent(trigger: TriggerByKind['dataLayer']): string {
  const name = `not_${eventName(trigger)}`
  return trigger.regex && new RegExp(trigger.event).test(name) ? 'something_else' : name
}
