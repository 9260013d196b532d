/** What a trigger needs the page to listen for, and from which event on (GTM-RUNTIME 5.1 and 12). */
import type { TriggerEntity } from './container.ts'
import { flagOf, textParameter } from './parameters.ts'

export type Listener =
  | { readonly kind: 'click' }
  | ({ readonly kind: 'linkClick' } & Waiting)
  | ({ readonly kind: 'formSubmission' } & Waiting)
  | {
      readonly kind: 'scrollDepth'
      readonly vertical: Thresholds
      readonly horizontal: Thresholds
    }
  | {
      readonly kind: 'elementVisibility'
      readonly by: { readonly selector: string } | { readonly id: string }
      readonly percent: number
      /** Milliseconds on screen in all. */
      readonly duration: number
      readonly frequency: 'ONCE' | 'ONCE_PER_ELEMENT' | 'MANY_PER_ELEMENT'
      readonly lateElements: boolean
    }
  | { readonly kind: 'historyChange' }
  | { readonly kind: 'jsError' }
  | {
      readonly kind: 'timer'
      readonly event: string
      /** Milliseconds, counted from the page load. */
      readonly interval: number
      /** How often; 0 is without end. */
      readonly limit: number
    }
  | {
      readonly kind: 'youTubeVideo'
      readonly start: boolean
      readonly complete: boolean
      readonly pause: boolean
      readonly percent: readonly number[]
      readonly seconds: readonly number[]
    }

export interface Waiting {
  readonly waitForTags: boolean
  readonly checkValidation: boolean
  /** Milliseconds. */
  readonly timeout: number
}

export interface Thresholds {
  readonly percent: readonly number[]
  readonly pixels: readonly number[]
}

export function listenerOf(trigger: TriggerEntity): Listener | undefined {
  const text = (key: string): string => textParameter(trigger.parameter, key) ?? ''
  switch (trigger.type) {
    case 'click':
    case 'historyChange':
    case 'jsError':
      return { kind: trigger.type }
    case 'linkClick':
    case 'formSubmission':
      return {
        kind: trigger.type,
        waitForTags: trigger.waitForTags?.value === 'true',
        checkValidation: trigger.checkValidation?.value === 'true',
        timeout: Number(trigger.waitForTagsTimeout?.value ?? 2000) || 2000,
      }
    case 'scrollDepth':
      return {
        kind: 'scrollDepth',
        vertical: thresholds(trigger, 'vertical'),
        horizontal: thresholds(trigger, 'horizontal'),
      }
    case 'elementVisibility':
      return {
        kind: 'elementVisibility',
        by:
          text('selectorType') === 'CSS' ? { selector: text('elementSelector') } : { id: text('elementId') },
        percent: Number(text('onScreenRatio') || 50),
        duration: flagOf(trigger.parameter, 'useOnScreenDuration') ? Number(text('onScreenDuration')) : 0,
        frequency: frequency(text('firingFrequency')),
        lateElements: flagOf(trigger.parameter, 'useDomChangeListener'),
      }
    case 'timer':
      return {
        kind: 'timer',
        event: trigger.eventName?.value ?? 'gtm.timer',
        interval: Number(trigger.interval?.value ?? 0),
        limit: Number(trigger.limit?.value ?? 0) || 0,
      }
    case 'youTubeVideo': {
      const progress = flagOf(trigger.parameter, 'captureProgress')
      return {
        kind: 'youTubeVideo',
        start: flagOf(trigger.parameter, 'captureStart'),
        complete: flagOf(trigger.parameter, 'captureComplete'),
        pause: flagOf(trigger.parameter, 'capturePause'),
        percent: progress ? numbers(text('progressThresholdsPercent')) : [],
        seconds: progress ? numbers(text('progressThresholdsTimeInSeconds')) : [],
      }
    }
    default:
      return undefined
  }
}

export interface VideoMoment {
  readonly status: 'start' | 'pause' | 'progress' | 'complete'
  readonly percent: number
}

/** A film that is said to play: its player is on the network. */
export interface Film {
  readonly title: string
  readonly url: string
  /** Seconds; left out where only the player knows. */
  readonly duration?: number
}

/** What a video's event says; without the film's duration its times are left out (not-modelled.ts). */
export function videoKeys(
  { title, url, duration }: Film,
  { status, percent }: VideoMoment,
): { readonly [key: string]: unknown } {
  return {
    event: 'gtm.video',
    'gtm.videoProvider': 'youtube',
    'gtm.videoStatus': status,
    'gtm.videoUrl': url,
    'gtm.videoTitle': title,
    'gtm.videoPercent': percent,
    'gtm.videoVisible': true,
    ...(duration === undefined
      ? {}
      : { 'gtm.videoDuration': duration, 'gtm.videoCurrentTime': (percent * duration) / 100 }),
  }
}

/** What has been of one video on this page. */
export interface Video {
  readonly started: boolean
  /** Thresholds that have been reached, in percent. */
  readonly reached: readonly number[]
}

export const NEW_VIDEO: Video = { started: false, reached: [] }

/**
 * The events that a moment of a video gives, each with the triggers that asked for it: a resumed video gives no second
 * start, and thresholds that are left come when the video completes (GTM-RUNTIME 12).
 */
export function momentsOf<A extends { readonly listener: Extract<Listener, { kind: 'youTubeVideo' }> }>(
  asking: readonly A[],
  before: Video,
  { status, percent }: VideoMoment,
): { readonly video: Video; readonly moments: readonly (VideoMoment & { readonly asked: readonly A[] })[] } {
  const thresholds = [...new Set(asking.flatMap(({ listener }) => listener.percent))].sort((a, b) => a - b)
  const reached =
    status === 'complete'
      ? thresholds
      : thresholds.filter((each) => status === 'progress' && each === percent)
  const due = reached.filter((each) => !before.reached.includes(each))
  const moments = [
    ...due.map((each) => ({
      status: 'progress' as const,
      percent: each,
      asked: asking.filter(({ listener }) => listener.percent.includes(each)),
    })),
    ...(status === 'progress' || (status === 'start' && before.started)
      ? []
      : [{ status, percent, asked: asking.filter(({ listener }) => listener[status]) }]),
  ]
  return {
    video: { started: before.started || status === 'start', reached: [...before.reached, ...due] },
    moments: moments.filter(({ asked }) => asked.length > 0),
  }
}

/** Links, forms and the rest at `gtm.js`; scroll and video where their own setting says. */
export function startsAt(trigger: TriggerEntity): string {
  switch (textParameter(trigger.parameter, 'triggerStartOption')) {
    case 'WINDOW_LOAD':
      return 'gtm.load'
    case 'DOM_READY':
      return 'gtm.dom'
    default:
      return trigger.type === 'scrollDepth' ? 'gtm.load' : 'gtm.js'
  }
}

/** Triggers whose events say in `gtm.triggers` who asked for them. */
export const ASKED_BY_ID: ReadonlySet<string> = new Set([
  'linkClick',
  'formSubmission',
  'scrollDepth',
  'timer',
  'elementVisibility',
  'youTubeVideo',
  'triggerGroup',
])

function frequency(text: string): 'ONCE' | 'ONCE_PER_ELEMENT' | 'MANY_PER_ELEMENT' {
  return text === 'ONCE_PER_ELEMENT' || text === 'MANY_PER_ELEMENT' ? text : 'ONCE'
}

function thresholds(trigger: TriggerEntity, side: 'vertical' | 'horizontal'): Thresholds {
  if (!flagOf(trigger.parameter, `${side}ThresholdOn`)) return { percent: [], pixels: [] }
  const inPixels = textParameter(trigger.parameter, `${side}ThresholdUnits`) === 'PIXELS'
  const read = (unit: string): readonly number[] =>
    numbers(textParameter(trigger.parameter, `${side}Thresholds${unit}`) ?? '')
  return inPixels ? { percent: [], pixels: read('Pixels') } : { percent: read('Percent'), pixels: [] }
}

function numbers(text: string): readonly number[] {
  return text
    .split(',')
    .filter((part) => part.trim() !== '')
    .map(Number)
    .filter((number) => !Number.isNaN(number))
    .sort((a, b) => a - b)
}
