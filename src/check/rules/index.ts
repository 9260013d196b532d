/** Every rule, family by family. A test keeps the list complete. */
import type { Rule } from '../rule.ts'
import { hostsAreHostNames } from './environments/hosts-are-host-names.ts'
import { sharedContainersHaveHosts } from './environments/shared-containers-have-hosts.ts'
import { eventNamesAreNotReserved } from './names/event-names-are-not-reserved.ts'
import { namesHaveNoReservedPrefix } from './names/names-have-no-reserved-prefix.ts'
import { namingPatternsUseKnownPlaceholders } from './names/naming-patterns-use-known-placeholders.ts'
import { defaultsGoWithSourcesThatHaveOne } from './parameters/defaults-go-with-sources-that-have-one.ts'
import { sourcesFitTheirTriggers } from './parameters/sources-fit-their-triggers.ts'
import { sourcesHaveOneOrigin } from './parameters/sources-have-one-origin.ts'
import { unitsGoWithMetrics } from './parameters/units-go-with-metrics.ts'
import { benchmarksRunFromLowToHigh } from './structure/benchmarks-run-from-low-to-high.ts'
import { conversionIdsAreUnique } from './structure/conversion-ids-are-unique.ts'
import { daysAreInTheCalendar } from './structure/days-are-in-the-calendar.ts'
import { feedsNameGoals } from './structure/feeds-name-goals.ts'
import { idsInIgnoreAreKnown } from './structure/ids-in-ignore-are-known.ts'
import { moneyHasACurrency } from './structure/money-has-a-currency.ts'
import { oneGoalIsPrimary } from './structure/one-goal-is-primary.ts'
import { onlyTagsHaveTriggers } from './structure/only-tags-have-triggers.ts'
import { percentagesAreAtMost100 } from './structure/percentages-are-at-most-100.ts'
import { ratesAreOfSomethingKnown } from './structure/rates-are-of-something-known.ts'
import { ratesSayOfWhat } from './structure/rates-say-of-what.ts'
import { sourceAndCollectorAgree } from './structure/source-and-collector-agree.ts'
import { taggedConversionsHaveATrigger } from './structure/tagged-conversions-have-a-trigger.ts'
import { taggedConversionsHaveAnEvent } from './structure/tagged-conversions-have-an-event.ts'
import { targetsHaveOneMeasure } from './structure/targets-have-one-measure.ts'
import { wasNamesWhatIsGone } from './structure/was-names-what-is-gone.ts'
import { conditionsHaveOneSubject } from './triggers/conditions-have-one-subject.ts'
import { cssTestsElements } from './triggers/css-tests-elements.ts'
import { durationsArePositive } from './triggers/durations-are-positive.ts'
import { operatorsFitTheirValues } from './triggers/operators-fit-their-values.ts'
import { regexesCompile } from './triggers/regexes-compile.ts'
import { selectorsOrIdsAreGiven } from './triggers/selectors-or-ids-are-given.ts'
import { testsHaveOneOperator } from './triggers/tests-have-one-operator.ts'
import { textsHoldNoReferences } from './triggers/texts-hold-no-references.ts'
import { triggersHaveOneKind } from './triggers/triggers-have-one-kind.ts'
import { videosHaveAMoment } from './triggers/videos-have-a-moment.ts'

export const RULES: readonly Rule[] = [
  // environments
  hostsAreHostNames,
  sharedContainersHaveHosts,
  // names
  eventNamesAreNotReserved,
  namesHaveNoReservedPrefix,
  namingPatternsUseKnownPlaceholders,
  // parameters
  defaultsGoWithSourcesThatHaveOne,
  sourcesFitTheirTriggers,
  sourcesHaveOneOrigin,
  unitsGoWithMetrics,
  // structure
  benchmarksRunFromLowToHigh,
  conversionIdsAreUnique,
  daysAreInTheCalendar,
  feedsNameGoals,
  idsInIgnoreAreKnown,
  moneyHasACurrency,
  oneGoalIsPrimary,
  onlyTagsHaveTriggers,
  percentagesAreAtMost100,
  ratesAreOfSomethingKnown,
  ratesSayOfWhat,
  sourceAndCollectorAgree,
  taggedConversionsHaveATrigger,
  taggedConversionsHaveAnEvent,
  targetsHaveOneMeasure,
  wasNamesWhatIsGone,
  // triggers
  conditionsHaveOneSubject,
  cssTestsElements,
  durationsArePositive,
  operatorsFitTheirValues,
  regexesCompile,
  selectorsOrIdsAreGiven,
  testsHaveOneOperator,
  textsHoldNoReferences,
  triggersHaveOneKind,
  videosHaveAMoment,
]
