/**
 * What happens on a page so that a trigger fires, or so that it only nearly does: made from the plan's own words, never from
 * what they compile to. A kind is a line of the table.
 */
import type { Element } from '../runtime/node/element.ts'
import type { TriggerByKind } from '../triggers/kinds.ts'
import type { SingleTrigger, TriggerKind } from '../triggers/trigger.ts'
import { satisfying } from './conditions.ts'
import { elementFor, iconIn, marked, selectorOf, WINDOW } from './fixture.ts'
import type { Step } from './scenario.ts'
import { EMPTY, Impossible, urlOf, type Situation } from './situation.ts'

export interface Act {
  readonly elements: readonly Element[]
  /** Whether its steps push the data themselves. */
  readonly carries: boolean
  readonly steps: (data: { readonly [key: string]: unknown }) => readonly Step[]
  /** How high the page must be for it, in pixels. */
  readonly height?: number
}

export interface How {
  readonly situation: Situation
  /** It only nearly happens: another event, another element. */
  readonly otherwise: boolean
  /** A click goes to an element inside. */
  readonly nested: boolean
  /** By which steps find the element. */
  readonly mark: string
}

/** What parameters can read of the moment, by source: `scroll.depth`. */
export interface Moment {
  readonly [source: string]: string | number | undefined
}

/** Written as methods, so that the line of a trigger's own kind takes that trigger without a cast. */
interface TriggerActs<K extends TriggerKind = TriggerKind> {
  /** Throws Impossible. */
  act(trigger: TriggerByKind[K], how: How): Act
  /** What nearly happens, after "stays silent on"; left out for a kind that has no other. */
  readonly otherwise?: string
  /** Of its element, before any condition: what its own words fix. */
  attributes?(trigger: TriggerByKind[K]): Situation['attributes']
  /** What the moment says of itself, for parameters that read it. */
  moment?(trigger: TriggerByKind[K]): Moment
}

const ACTS: { readonly [K in TriggerKind]: TriggerActs<K> } = {
  dataLayer: {
    otherwise: 'another event',
    act: (trigger, { otherwise }) => {
      const event = otherwise ? otherEvent(trigger) : eventName(trigger)
      return {
        elements: [],
        carries: true,
        steps: (data) => [{ do: 'push', pushed: { message: { event, ...data } } }],
      }
    },
  },
  page: { act: () => steps() },
  history: {
    act: ({ source }, { situation }) =>
      steps({ do: 'route', url: urlOf(situation), source: source ?? 'pushState' }),
    moment: ({ source }) => ({ 'history.source': source ?? 'pushState' }),
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
    act: (trigger, { otherwise, mark }) => {
      // Shown by a step.
      const attributes = { hidden: '', style: 'height:200px' }
      const element = elementFor({ ...meant(trigger), tag: 'section', attributes, text: 'Example' })
      const wait: Step = { do: 'wait', milliseconds: (trigger.duration ?? 0) + 500 }
      return {
        ...steps(
          ...(otherwise ? [] : [{ do: 'show', selector: selectorOf(mark), percent: 100 } as const]),
          wait,
        ),
        elements: [marked(element, mark)],
      }
    },
  },
  scroll: {
    otherwise: 'a scroll that is not deep enough',
    act: ({ percent }, { otherwise }) => {
      const least = Math.min(...percent)
      const to = otherwise ? least - Math.min(15, least / 4) : least
      // What the window shows at once is reached at once: here that is at most half of the least threshold.
      return {
        ...steps({ do: 'scroll', percent: to }),
        height: Math.ceil((WINDOW.height * 100) / (least / 2)),
      }
    },
    moment: ({ percent }) => ({
      'scroll.depth': Math.min(...percent),
      'scroll.units': 'percent',
      'scroll.direction': 'vertical',
    }),
  },
  video: {
    otherwise: 'another moment of the video',
    act: (trigger, { otherwise }) =>
      steps({ do: 'video', ...videoMoment(trigger, otherwise), ...EXAMPLE_VIDEO }),
    moment: (trigger) => {
      const { status, percent } = videoMoment(trigger, false)
      return {
        'video.title': EXAMPLE_VIDEO.title,
        'video.url': EXAMPLE_VIDEO.url,
        'video.percent': percent,
        'video.status': status,
        'video.provider': 'youtube',
      }
    },
  },
  timer: {
    otherwise: 'a visit that is too short',
    act: ({ every }, { otherwise }) =>
      steps({ do: 'wait', milliseconds: otherwise ? every - 1000 : every + 500 }),
  },
  error: {
    act: () => steps({ do: 'error', message: EXAMPLE_ERROR }),
    moment: () => ({ 'error.message': EXAMPLE_ERROR }),
  },
}

/** What is done for a kind, for a trigger of that kind. */
export function actsOf(kind: TriggerKind): TriggerActs {
  return ACTS[kind]
}

/** What is read from the moment at which a trigger fires: a scroll's depth, a video's title. */
export function momentOf(trigger: SingleTrigger): Moment {
  return actsOf(trigger.kind).moment?.(trigger) ?? {}
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
function onElement(kind: OnElement): Required<Omit<TriggerActs<'click' | 'link' | 'form'>, 'moment'>> {
  const { tag } = kind
  return {
    otherwise: kind.otherwise,
    attributes: (trigger) => attributesOf(trigger, tag),
    act: (trigger, { situation, otherwise, nested, mark }) => {
      const element = otherwise
        ? elementFor({ tag, attributes: kind.elsewhere, text: 'Elsewhere' })
        : elementFor({
            ...meant(trigger),
            tag,
            attributes: { ...kind.address, ...situation.attributes },
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

const EXAMPLE_ERROR = 'example is not defined'
const EXAMPLE_VIDEO = { title: 'Example film', url: 'https://www.youtube.com/watch?v=example0001' } as const

function videoMoment(
  trigger: TriggerByKind['video'],
  other: boolean,
): { readonly status: 'start' | 'pause' | 'progress' | 'complete'; readonly percent: number } {
  const [percent] = trigger.percent
  const moments = [
    { status: 'start', percent: 0, is: trigger.start },
    { status: 'progress', percent: percent ?? 33, is: percent !== undefined },
    { status: 'pause', percent: 10, is: trigger.pause },
    // A video that completes reaches what is left of its thresholds (GTM-RUNTIME 12).
    { status: 'complete', percent: 100, is: trigger.complete || (other && percent !== undefined) },
  ] as const
  const found = moments.find(({ is }) => is !== other)
  if (found === undefined) throw new Impossible('every moment of the video counts')
  return { status: found.status, percent: found.percent }
}

function eventName({ regex, event }: TriggerByKind['dataLayer']): string {
  if (!regex) return event
  const { data } = satisfying(EMPTY, [
    {
      at: '',
      subject: { kind: 'dataLayer', key: 'event' },
      operator: 'matches',
      value: event,
      negate: false,
      ignoreCase: false,
    },
  ])
  return String(data['event'] as string)
}

/** A name that nearly is the trigger's: a pattern that is not anchored takes it too. */
function otherEvent(trigger: TriggerByKind['dataLayer']): string {
  const name = `not_${eventName(trigger)}`
  return trigger.regex && new RegExp(trigger.event).test(name) ? 'something_else' : name
}
