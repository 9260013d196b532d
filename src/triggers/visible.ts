import { plainElement } from '../sources/plain-element.ts'
import { elementWords } from '../sources/words.ts'
import { durationSaid, durationWords, milliseconds, plainDuration } from './durations.ts'
import { targetTexts, type Target } from './element.ts'
import type { TriggerModule } from './module.ts'
import type { Said } from './trigger.ts'

type Frequency = NonNullable<Said<'visible'>['frequency']>

export interface VisibleTrigger extends Target {
  readonly kind: 'visible'
  readonly percent: number
  /** Milliseconds. */
  readonly duration?: number
  readonly frequency: Frequency
  readonly observeDom: boolean
}

const FREQUENCIES: {
  readonly [F in Frequency]: { readonly gtm: string; readonly words: string; readonly plain: string }
} = {
  once: { gtm: 'ONCE', words: 'once per page', plain: 'once on each page' },
  once_per_element: {
    gtm: 'ONCE_PER_ELEMENT',
    words: 'once per element',
    plain: 'once for each such element',
  },
  every_time: { gtm: 'MANY_PER_ELEMENT', words: 'every time', plain: 'each time anew' },
}

export const visible: TriggerModule<'visible'> = {
  build: ({ duration, percent = 50, frequency = 'once', observeDom = true, ...target }) => ({
    kind: 'visible',
    ...target,
    percent,
    frequency,
    observeDom,
    ...(duration === undefined ? {} : { duration: milliseconds(duration) }),
  }),
  toGtm: ({ selector = '', id = '', percent, duration, frequency, observeDom }) => ({
    template: 'element-visibility',
    prefix: 'Visible',
    values: {
      selector,
      id,
      percent: String(percent),
      duration: duration === undefined ? '' : String(duration),
      frequency: FREQUENCIES[frequency].gtm,
      observeDom,
    },
    conditions: [],
  }),
  listener: 'gtm.elementVisibility',
  fromGtm: ({ type, parameters, filter }) => {
    const frequency = (Object.keys(FREQUENCIES) as Frequency[]).find(
      (each) => FREQUENCIES[each].gtm === parameters.firingFrequency,
    )
    if (type !== 'elementVisibility' || frequency === undefined) return undefined
    const { elementSelector, elementId, onScreenDuration } = parameters
    const target =
      parameters.selectorType === 'CSS' ? { selector: String(elementSelector) } : { id: String(elementId) }
    const said: Said<'visible'> = {
      ...target,
      percent: Number(parameters.onScreenRatio),
      ...(parameters.useOnScreenDuration === true
        ? { duration: durationSaid(Number(onScreenDuration)) }
        : {}),
      frequency,
      observeDom: parameters.useDomChangeListener === true,
    }
    return { said, when: filter }
  },
  words: (trigger) => {
    const details = [
      `${trigger.percent}% of it`,
      ...(trigger.duration === undefined ? [] : [`for ${durationWords(trigger.duration)}`]),
      FREQUENCIES[trigger.frequency].words,
      ...(trigger.observeDom ? [] : ['only what is there when the page loads']),
    ]
    return `${elementWords(trigger, 'any element')} in view (${details.join(', ')})`
  },
  plain: (trigger) => {
    const { percent, duration, frequency } = trigger
    const seen = percent >= 100 ? 'all' : `${percent}%`
    const long =
      duration === undefined ? 'comes into view' : `has been in view for ${plainDuration(duration)}`
    return `${seen} of ${plainElement(trigger, 'element')} ${long}, ${FREQUENCIES[frequency].plain}`
  },
  texts: (said, at) => targetTexts(said, `${at}/visible`, 'visible'),
  fills: ['click', 'form', 'visibility'],
  examples: [
    {
      said: { selector: '#guide', percent: 50, duration: '3s' },
      words: '#guide in view (50% of it, for 3 s, once per page)',
      plain: '50% of the element “guide” has been in view for 3 seconds, once on each page',
    },
    {
      said: { id: 'x', percent: 10, frequency: 'every_time', observeDom: false },
      words: '#x in view (10% of it, every time, only what is there when the page loads)',
      plain: '10% of the element “x” comes into view, each time anew',
    },
  ],
}
