/** The table of triggers: a kind is one file and its two lines here. */
import type { Trigger as TriggerDocument } from '../plan/plan-types.ts'
import type { SourceKind } from '../sources/source.ts'
import { click, type ClickTrigger } from './click.ts'
import { dataLayer, type DataLayerTrigger } from './data-layer.ts'
import { error, type ErrorTrigger } from './error.ts'
import { existing, type ExistingTrigger } from './existing.ts'
import { form, type FormTrigger } from './form.ts'
import { history, type HistoryTrigger } from './history.ts'
import { link, type LinkTrigger } from './link.ts'
import type { TriggerModule } from './module.ts'
import { page, type PageTrigger } from './page.ts'
import { scroll, type ScrollTrigger } from './scroll.ts'
import { timer, type TimerTrigger } from './timer.ts'
import type { TriggerKind } from './trigger.ts'
import { video, type VideoTrigger } from './video.ts'
import { visible, type VisibleTrigger } from './visible.ts'

export interface TriggerByKind {
  dataLayer: DataLayerTrigger
  page: PageTrigger
  history: HistoryTrigger
  click: ClickTrigger
  link: LinkTrigger
  form: FormTrigger
  visible: VisibleTrigger
  scroll: ScrollTrigger
  video: VideoTrigger
  timer: TimerTrigger
  error: ErrorTrigger
  existing: ExistingTrigger
}

/** In the order of the schema. */
export const TRIGGERS: { readonly [K in TriggerKind]: TriggerModule<K> } = {
  dataLayer,
  page,
  history,
  click,
  link,
  form,
  visible,
  scroll,
  video,
  timer,
  error,
  existing,
}

/** The module of a kind, for a trigger of that kind. */
export function triggerModule(kind: TriggerKind): TriggerModule {
  return TRIGGERS[kind]
}

export function triggerKinds(): readonly TriggerKind[] {
  return Object.keys(TRIGGERS) as TriggerKind[]
}

/** The kinds that a trigger names itself: exactly one, or none in a group, in a plan that has passed the check. */
export function kindsIn(trigger: TriggerDocument): readonly TriggerKind[] {
  return triggerKinds().filter((kind) => trigger[kind] !== undefined)
}

/** The kinds on whose events a source holds something; undefined when it always does. */
export function filledBy(source: SourceKind): readonly TriggerKind[] | undefined {
  const kinds = triggerKinds().filter((kind) => TRIGGERS[kind].fills.includes(source))
  return kinds.length === 0 ? undefined : kinds
}
