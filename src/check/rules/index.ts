// Generated from the files in src/check/rules by `npm run generate`. Do not edit.

import type { Rule } from '../rule.ts'
import { audienceEventsAreTheirOwn } from './audiences/audience-events-are-their-own.ts'
import { audienceFiltersAreNested } from './audiences/audience-filters-are-nested.ts'
import { audiencesAreOfEventsOfTheirOwn } from './audiences/audiences-are-of-events-of-their-own.ts'
import { audiencesAreOfWhatGa4Sees } from './audiences/audiences-are-of-what-ga4-sees.ts'
import { audiencesFit } from './audiences/audiences-fit.ts'
import { audiencesHaveOneRule } from './audiences/audiences-have-one-rule.ts'
import { audiencesLeaveOutWhoHasConverted } from './audiences/audiences-leave-out-who-has-converted.ts'
import { audiencesNameConversions } from './audiences/audiences-name-conversions.ts'
import { advancedModeDoesNotWait } from './consent/advanced-mode-does-not-wait.ts'
import { consentRegionsAreCodes } from './consent/consent-regions-are-codes.ts'
import { cookiesAreReadWithConsent } from './consent/cookies-are-read-with-consent.ts'
import { defaultsNameAllTypes } from './consent/defaults-name-all-types.ts'
import { europeDeniesByDefault } from './consent/europe-denies-by-default.ts'
import { lateConsentBringsTheGoogleTagBack } from './consent/late-consent-brings-the-google-tag-back.ts'
import { oncePerPageDoesNotWaitForConsent } from './consent/once-per-page-does-not-wait-for-consent.ts'
import { oncePerPageIsNotForVendorsThatWait } from './consent/once-per-page-is-not-for-vendors-that-wait.ts'
import { plansDecideOnConsent } from './consent/plans-decide-on-consent.ts'
import { requiredConsentHasADefault } from './consent/required-consent-has-a-default.ts'
import { theConsentTagHasSomethingToSet } from './consent/the-consent-tag-has-something-to-set.ts'
import { accountsDoNotShareAQueue } from './destinations/accounts-do-not-share-a-queue.ts'
import { conversionsOfGoogleAdsHaveALinker } from './destinations/conversions-of-google-ads-have-a-linker.ts'
import { conversionsReachAnAccountOnce } from './destinations/conversions-reach-an-account-once.ts'
import { destinationsHaveTheVendorsId } from './destinations/destinations-have-the-vendors-id.ts'
import { htmlAsksBeforeItCalls } from './destinations/html-asks-before-it-calls.ts'
import { htmlDoesNotWriteTheDocument } from './destinations/html-does-not-write-the-document.ts'
import { htmlIsThere } from './destinations/html-is-there.ts'
import { htmlValuesKeepTheirType } from './destinations/html-values-keep-their-type.ts'
import { idsDifferEachTime } from './destinations/ids-differ-each-time.ts'
import { lateConsentBringsVendorsBack } from './destinations/late-consent-brings-vendors-back.ts'
import { microsDoNotBid } from './destinations/micros-do-not-bid.ts'
import { namesAreOfTheirVendor } from './destinations/names-are-of-their-vendor.ts'
import { oneConversionBidsOnce } from './destinations/one-conversion-bids-once.ts'
import { oneOrderHasOneIdEverywhere } from './destinations/one-order-has-one-id-everywhere.ts'
import { onlyTagsAreSentOn } from './destinations/only-tags-are-sent-on.ts'
import { optionsGoWithTheirVendor } from './destinations/options-go-with-their-vendor.ts'
import { sendsNameDestinations } from './destinations/sends-name-destinations.ts'
import { sendsSayWhatTheVendorNeeds } from './destinations/sends-say-what-the-vendor-needs.ts'
import { templatesAreAcknowledged } from './destinations/templates-are-acknowledged.ts'
import { userDataIsNamedInThePlan } from './destinations/user-data-is-named-in-the-plan.ts'
import { vendorsWaitForTheirConsent } from './destinations/vendors-wait-for-their-consent.ts'
import { entitiesAreAsGtmExportsThem } from './entities/entities-are-as-gtm-exports-them.ts'
import { entitiesBelongToNoPlan } from './entities/entities-belong-to-no-plan.ts'
import { entitiesHaveANameEach } from './entities/entities-have-a-name-each.ts'
import { entitiesReferToWhatIsThere } from './entities/entities-refer-to-what-is-there.ts'
import { environmentsHaveTheirOwnProperty } from './environments/environments-have-their-own-property.ts'
import { hostsAreHostNames } from './environments/hosts-are-host-names.ts'
import { productionIsProtected } from './environments/production-is-protected.ts'
import { sharedContainersHaveHosts } from './environments/shared-containers-have-hosts.ts'
import { variablesAreUsed } from './environments/variables-are-used.ts'
import { approvalIsSomebodyElses } from './governance/approval-is-somebody-elses.ts'
import { exceptionsAreShort } from './governance/exceptions-are-short.ts'
import { goalsAreNotPaused } from './governance/goals-are-not-paused.ts'
import { plansAreReviewed } from './governance/plans-are-reviewed.ts'
import { plansHaveAnOwner } from './governance/plans-have-an-owner.ts'
import { todosAreDone } from './governance/todos-are-done.ts'
import { weightsAreRecent } from './governance/weights-are-recent.ts'
import { automaticEventsAreNotKeyEvents } from './key-events/automatic-events-are-not-key-events.ts'
import { countingFitsTheEvent } from './key-events/counting-fits-the-event.ts'
import { fewMicrosAreKeyEvents } from './key-events/few-micros-are-key-events.ts'
import { goalEventsAreTheGoalsOwn } from './key-events/goal-events-are-the-goals-own.ts'
import { keyEventsAreFew } from './key-events/key-events-are-few.ts'
import { keyEventsAreNames } from './key-events/key-events-are-names.ts'
import { keyEventsAreOfGa4 } from './key-events/key-events-are-of-ga4.ts'
import { keyEventsHaveAValue } from './key-events/key-events-have-a-value.ts'
import { amountsFitTheCurrency } from './markets/amounts-fit-the-currency.ts'
import { campaignWordsAreAsGa4ReadsThem } from './markets/campaign-words-are-as-ga4-reads-them.ts'
import { consentInSaudiArabiaHasANote } from './markets/consent-in-saudi-arabia-has-a-note.ts'
import { consentOfAMarketIsOfItsCountry } from './markets/consent-of-a-market-is-of-its-country.ts'
import { environmentsHaveHosts } from './markets/environments-have-hosts.ts'
import { labelsOfMarketsStandForOne } from './markets/labels-of-markets-stand-for-one.ts'
import { marketCurrenciesAreKnownToGa4 } from './markets/market-currencies-are-known-to-ga4.ts'
import { marketDecimalsFitTheCurrency } from './markets/market-decimals-fit-the-currency.ts'
import { marketFiltersReadThePath } from './markets/market-filters-read-the-path.ts'
import { marketIsSentOnce } from './markets/market-is-sent-once.ts'
import { marketWeekendsAreThoseOfTheCountry } from './markets/market-weekends-are-those-of-the-country.ts'
import { marketsAreNotInEventNames } from './markets/markets-are-not-in-event-names.ts'
import { marketsDoNotOverlap } from './markets/markets-do-not-overlap.ts'
import { marketsHaveAFilter } from './markets/markets-have-a-filter.ts'
import { marketsHaveATarget } from './markets/markets-have-a-target.ts'
import { marketsNameWhatThereIs } from './markets/markets-name-what-there-is.ts'
import { timeZonesExist } from './markets/time-zones-exist.ts'
import { alertsHaveWhatTheyCompare } from './measuring/alerts-have-what-they-compare.ts'
import { analyticsSourcesSayWhere } from './measuring/analytics-sources-say-where.ts'
import { experimentsNameWhatTheyChange } from './measuring/experiments-name-what-they-change.ts'
import { enhancedMeasurementEventsAreNotSentTwice } from './names/enhanced-measurement-events-are-not-sent-twice.ts'
import { enhancedMeasurementIsOnWhereItIsReliedOn } from './names/enhanced-measurement-is-on-where-it-is-relied-on.ts'
import { eventNamesAreNotReserved } from './names/event-names-are-not-reserved.ts'
import { eventNamesHoldNoIds } from './names/event-names-hold-no-ids.ts'
import { eventsHaveFewParameters } from './names/events-have-few-parameters.ts'
import { literalValuesFit } from './names/literal-values-fit.ts'
import { namesAreLowerCase } from './names/names-are-lower-case.ts'
import { namesAreSafeInGtm } from './names/names-are-safe-in-gtm.ts'
import { namesDifferByMoreThanSpelling } from './names/names-differ-by-more-than-spelling.ts'
import { namesHaveNoReservedPrefix } from './names/names-have-no-reserved-prefix.ts'
import { namingPatternsUseKnownPlaceholders } from './names/naming-patterns-use-known-placeholders.ts'
import { parameterNamesFit } from './names/parameter-names-fit.ts'
import { recommendedEventNamesAreUsed } from './names/recommended-event-names-are-used.ts'
import { userPropertiesAreFew } from './names/user-properties-are-few.ts'
import { userPropertiesAreNotReserved } from './names/user-properties-are-not-reserved.ts'
import { currenciesExist } from './parameters/currencies-exist.ts'
import { customDefinitionsFit } from './parameters/custom-definitions-fit.ts'
import { defaultsGoWithSourcesThatHaveOne } from './parameters/defaults-go-with-sources-that-have-one.ts'
import { descriptionsFit } from './parameters/descriptions-fit.ts'
import { dimensionsHaveFewValues } from './parameters/dimensions-have-few-values.ts'
import { displayNamesAreUnique } from './parameters/display-names-are-unique.ts'
import { ecommerceHasGooglesNames } from './parameters/ecommerce-has-googles-names.ts'
import { eventsUseThePlansCurrency } from './parameters/events-use-the-plans-currency.ts'
import { formFieldsAreNotRead } from './parameters/form-fields-are-not-read.ts'
import { formParametersAreRegistered } from './parameters/form-parameters-are-registered.ts'
import { formatsGoWithVariablesOfThePlan } from './parameters/formats-go-with-variables-of-the-plan.ts'
import { linkAddressesHoldNoPerson } from './parameters/link-addresses-hold-no-person.ts'
import { namesForServerContainersStayThere } from './parameters/names-for-server-containers-stay-there.ts'
import { numbersArriveAsNumbers } from './parameters/numbers-arrive-as-numbers.ts'
import { parametersHaveOneType } from './parameters/parameters-have-one-type.ts'
import { parametersHaveTheirStandardType } from './parameters/parameters-have-their-standard-type.ts'
import { personalDataIsNotSent } from './parameters/personal-data-is-not-sent.ts'
import { predefinedParametersAreNotRegistered } from './parameters/predefined-parameters-are-not-registered.ts'
import { purchasesHaveATransactionId } from './parameters/purchases-have-a-transaction-id.ts'
import { recommendedEventsAreComplete } from './parameters/recommended-events-are-complete.ts'
import { registeredParametersAreSent } from './parameters/registered-parameters-are-sent.ts'
import { sensitiveConversionsHaveAComplianceNote } from './parameters/sensitive-conversions-have-a-compliance-note.ts'
import { sentParametersAreInTheDictionary } from './parameters/sent-parameters-are-in-the-dictionary.ts'
import { sourcesFitTheirTriggers } from './parameters/sources-fit-their-triggers.ts'
import { sourcesHaveOneOrigin } from './parameters/sources-have-one-origin.ts'
import { textsFillTheirPlaces } from './parameters/texts-fill-their-places.ts'
import { unitsGoWithMetrics } from './parameters/units-go-with-metrics.ts'
import { userIdsAreOpaque } from './parameters/user-ids-are-opaque.ts'
import { valueAndCurrencyGoTogether } from './parameters/value-and-currency-go-together.ts'
import { valuesAreInTheDictionary } from './parameters/values-are-in-the-dictionary.ts'
import { valuesBelongToTheirMoment } from './parameters/values-belong-to-their-moment.ts'
import { versionsGoWithTheDataLayer } from './parameters/versions-go-with-the-data-layer.ts'
import { wholeAddressesAreNotSent } from './parameters/whole-addresses-are-not-sent.ts'
import { bigqueryLocationsExist } from './property/bigquery-locations-exist.ts'
import { calculatedMetricsFit } from './property/calculated-metrics-fit.ts'
import { derivedConditionsHaveOneTest } from './property/derived-conditions-have-one-test.ts'
import { derivedEventsAreMadeOfWhatIsSent } from './property/derived-events-are-made-of-what-is-sent.ts'
import { derivedEventsAreMadeOnce } from './property/derived-events-are-made-once.ts'
import { googleAdsAccountsAreLinkedOnce } from './property/google-ads-accounts-are-linked-once.ts'
import { metricsAreKnownToGa4 } from './property/metrics-are-known-to-ga4.ts'
import { attributionWindowsExistInGa4 } from './structure/attribution-windows-exist-in-ga4.ts'
import { benchmarksCoverMobile } from './structure/benchmarks-cover-mobile.ts'
import { benchmarksRunFromLowToHigh } from './structure/benchmarks-run-from-low-to-high.ts'
import { channelsAreSpeltAsGa4SpellsThem } from './structure/channels-are-spelt-as-ga4-spells-them.ts'
import { conversionIdsAreUnique } from './structure/conversion-ids-are-unique.ts'
import { conversionsHaveAMetric } from './structure/conversions-have-a-metric.ts'
import { conversionsHaveATarget } from './structure/conversions-have-a-target.ts'
import { conversionsHaveAnOwner } from './structure/conversions-have-an-owner.ts'
import { conversionsHaveBenchmarks } from './structure/conversions-have-benchmarks.ts'
import { daysAreInTheCalendar } from './structure/days-are-in-the-calendar.ts'
import { eventsAreCountedOnce } from './structure/events-are-counted-once.ts'
import { feedsNameGoals } from './structure/feeds-name-goals.ts'
import { goalsAreDescribed } from './structure/goals-are-described.ts'
import { goalsAreFedByThree } from './structure/goals-are-fed-by-three.ts'
import { goalsAreFed } from './structure/goals-are-fed.ts'
import { goalsHaveAnOutcome } from './structure/goals-have-an-outcome.ts'
import { idsInIgnoreAreKnown } from './structure/ids-in-ignore-are-known.ts'
import { impactCanBeRanked } from './structure/impact-can-be-ranked.ts'
import { incentivesAreWatched } from './structure/incentives-are-watched.ts'
import { leadGoalsAreFollowedUp } from './structure/lead-goals-are-followed-up.ts'
import { metricsAreToldOnce } from './structure/metrics-are-told-once.ts'
import { microsHaveAUxOutcome } from './structure/micros-have-a-ux-outcome.ts'
import { microsHaveAWeight } from './structure/micros-have-a-weight.ts'
import { moneyHasACurrency } from './structure/money-has-a-currency.ts'
import { noWeightOutweighsTheRest } from './structure/no-weight-outweighs-the-rest.ts'
import { oneActionHasOneEvent } from './structure/one-action-has-one-event.ts'
import { oneGoalIsPrimary } from './structure/one-goal-is-primary.ts'
import { onlyTagsHaveTriggers } from './structure/only-tags-have-triggers.ts'
import { otherSourcesNameTheirSystem } from './structure/other-sources-name-their-system.ts'
import { percentagesAreAtMost100 } from './structure/percentages-are-at-most-100.ts'
import { plansHaveAnAttributionWindow } from './structure/plans-have-an-attribution-window.ts'
import { plansStaySmall } from './structure/plans-stay-small.ts'
import { primaryGoalsHaveAGuardrail } from './structure/primary-goals-have-a-guardrail.ts'
import { ratesAreOfSomethingKnown } from './structure/rates-are-of-something-known.ts'
import { ratesSayOfWhat } from './structure/rates-say-of-what.ts'
import { schedulesRunForward } from './structure/schedules-run-forward.ts'
import { sharedEventsAreToldApart } from './structure/shared-events-are-told-apart.ts'
import { sourceAndCollectorAgree } from './structure/source-and-collector-agree.ts'
import { taggedConversionsHaveATrigger } from './structure/tagged-conversions-have-a-trigger.ts'
import { taggedConversionsHaveAnEvent } from './structure/tagged-conversions-have-an-event.ts'
import { targetsAreWithinBenchmarks } from './structure/targets-are-within-benchmarks.ts'
import { targetsHaveOneMeasure } from './structure/targets-have-one-measure.ts'
import { targetsLieAhead } from './structure/targets-lie-ahead.ts'
import { targetsNameMarkets } from './structure/targets-name-markets.ts'
import { targetsOfPartsAreToldApart } from './structure/targets-of-parts-are-told-apart.ts'
import { titlesAreOneLine } from './structure/titles-are-one-line.ts'
import { touchpointsAreMixed } from './structure/touchpoints-are-mixed.ts'
import { touchpointsHaveTitles } from './structure/touchpoints-have-titles.ts'
import { wasNamesWhatIsGone } from './structure/was-names-what-is-gone.ts'
import { weightsApplyToAValue } from './structure/weights-apply-to-a-value.ts'
import { weightsHaveEvidence } from './structure/weights-have-evidence.ts'
import { addressesAreTestedWithoutAFragment } from './triggers/addresses-are-tested-without-a-fragment.ts'
import { alternativesDiffer } from './triggers/alternatives-differ.ts'
import { clickSelectorsIncludeDescendants } from './triggers/click-selectors-include-descendants.ts'
import { clicksAreNarrowed } from './triggers/clicks-are-narrowed.ts'
import { clicksAreReadFromWhatWasMeant } from './triggers/clicks-are-read-from-what-was-meant.ts'
import { conditionsHaveOneSubject } from './triggers/conditions-have-one-subject.ts'
import { cssTestsElements } from './triggers/css-tests-elements.ts'
import { dataLayerEventsAreNamed } from './triggers/data-layer-events-are-named.ts'
import { dataLayerPatternsAreAnchored } from './triggers/data-layer-patterns-are-anchored.ts'
import { durationsArePositive } from './triggers/durations-are-positive.ts'
import { ecommerceComesFromTheDataLayer } from './triggers/ecommerce-comes-from-the-data-layer.ts'
import { ecommerceIsNotMappedByHand } from './triggers/ecommerce-is-not-mapped-by-hand.ts'
import { emptyTextsAreNotCompared } from './triggers/empty-texts-are-not-compared.ts'
import { enhancedMeasurementDoesNotCountItToo } from './triggers/enhanced-measurement-does-not-count-it-too.ts'
import { existingTriggersAreTakenAsTheyAre } from './triggers/existing-triggers-are-taken-as-they-are.ts'
import { groupsAreNotBlocked } from './triggers/groups-are-not-blocked.ts'
import { groupsHoldSingleTriggers } from './triggers/groups-hold-single-triggers.ts'
import { hostPatternsEscapeTheirDots } from './triggers/host-patterns-escape-their-dots.ts'
import { javascriptIsAFunction } from './triggers/javascript-is-a-function.ts'
import { javascriptIsTheLastResort } from './triggers/javascript-is-the-last-resort.ts'
import { keyEventsFireOnce } from './triggers/key-events-fire-once.ts'
import { listenersAreArmedByWhatIsKnown } from './triggers/listeners-are-armed-by-what-is-known.ts'
import { listsAndAddressesAreNotComparedWhole } from './triggers/lists-and-addresses-are-not-compared-whole.ts'
import { missingValuesDoNotMatch } from './triggers/missing-values-do-not-match.ts'
import { navigationIsNotHeldUp } from './triggers/navigation-is-not-held-up.ts'
import { operatorsFitTheirValues } from './triggers/operators-fit-their-values.ts'
import { pageViewsAreCountedOneWay } from './triggers/page-views-are-counted-one-way.ts'
import { pagesOfSinglePageAppsAreHistoryChanges } from './triggers/pages-of-single-page-apps-are-history-changes.ts'
import { pathPatternsAreAnchored } from './triggers/path-patterns-are-anchored.ts'
import { patternsOfAddressesAreAscii } from './triggers/patterns-of-addresses-are-ascii.ts'
import { regexesArePortable } from './triggers/regexes-are-portable.ts'
import { regexesCompile } from './triggers/regexes-compile.ts'
import { regexesEndQuickly } from './triggers/regexes-end-quickly.ts'
import { selectorsAreStable } from './triggers/selectors-are-stable.ts'
import { selectorsOrIdsAreGiven } from './triggers/selectors-or-ids-are-given.ts'
import { selectorsParse } from './triggers/selectors-parse.ts'
import { severalTriggersDoNotOverlap } from './triggers/several-triggers-do-not-overlap.ts'
import { singlePageAppsPushFormEvents } from './triggers/single-page-apps-push-form-events.ts'
import { subjectsAreVariable } from './triggers/subjects-are-variable.ts'
import { successMessagesAreAwaited } from './triggers/success-messages-are-awaited.ts'
import { tablesHaveADefault } from './triggers/tables-have-a-default.ts'
import { testsHaveOneOperator } from './triggers/tests-have-one-operator.ts'
import { textsAreShort } from './triggers/texts-are-short.ts'
import { textsHoldNoReferences } from './triggers/texts-hold-no-references.ts'
import { textsOfTranslatedSitesAreNotCompared } from './triggers/texts-of-translated-sites-are-not-compared.ts'
import { timersAndScrollsAreFew } from './triggers/timers-and-scrolls-are-few.ts'
import { timersCountFromThePageLoad } from './triggers/timers-count-from-the-page-load.ts'
import { triggersHaveOneKind } from './triggers/triggers-have-one-kind.ts'
import { videosHaveAMoment } from './triggers/videos-have-a-moment.ts'

export const RULES: readonly Rule[] = [
  audienceEventsAreTheirOwn,
  audienceFiltersAreNested,
  audiencesAreOfEventsOfTheirOwn,
  audiencesAreOfWhatGa4Sees,
  audiencesFit,
  audiencesHaveOneRule,
  audiencesLeaveOutWhoHasConverted,
  audiencesNameConversions,
  advancedModeDoesNotWait,
  consentRegionsAreCodes,
  cookiesAreReadWithConsent,
  defaultsNameAllTypes,
  europeDeniesByDefault,
  lateConsentBringsTheGoogleTagBack,
  oncePerPageDoesNotWaitForConsent,
  oncePerPageIsNotForVendorsThatWait,
  plansDecideOnConsent,
  requiredConsentHasADefault,
  theConsentTagHasSomethingToSet,
  accountsDoNotShareAQueue,
  conversionsOfGoogleAdsHaveALinker,
  conversionsReachAnAccountOnce,
  destinationsHaveTheVendorsId,
  htmlAsksBeforeItCalls,
  htmlDoesNotWriteTheDocument,
  htmlIsThere,
  htmlValuesKeepTheirType,
  idsDifferEachTime,
  lateConsentBringsVendorsBack,
  microsDoNotBid,
  namesAreOfTheirVendor,
  oneConversionBidsOnce,
  oneOrderHasOneIdEverywhere,
  onlyTagsAreSentOn,
  optionsGoWithTheirVendor,
  sendsNameDestinations,
  sendsSayWhatTheVendorNeeds,
  templatesAreAcknowledged,
  userDataIsNamedInThePlan,
  vendorsWaitForTheirConsent,
  entitiesAreAsGtmExportsThem,
  entitiesBelongToNoPlan,
  entitiesHaveANameEach,
  entitiesReferToWhatIsThere,
  environmentsHaveTheirOwnProperty,
  hostsAreHostNames,
  productionIsProtected,
  sharedContainersHaveHosts,
  variablesAreUsed,
  approvalIsSomebodyElses,
  exceptionsAreShort,
  goalsAreNotPaused,
  plansAreReviewed,
  plansHaveAnOwner,
  todosAreDone,
  weightsAreRecent,
  automaticEventsAreNotKeyEvents,
  countingFitsTheEvent,
  fewMicrosAreKeyEvents,
  goalEventsAreTheGoalsOwn,
  keyEventsAreFew,
  keyEventsAreNames,
  keyEventsAreOfGa4,
  keyEventsHaveAValue,
  amountsFitTheCurrency,
  campaignWordsAreAsGa4ReadsThem,
  consentInSaudiArabiaHasANote,
  consentOfAMarketIsOfItsCountry,
  environmentsHaveHosts,
  labelsOfMarketsStandForOne,
  marketCurrenciesAreKnownToGa4,
  marketDecimalsFitTheCurrency,
  marketFiltersReadThePath,
  marketIsSentOnce,
  marketWeekendsAreThoseOfTheCountry,
  marketsAreNotInEventNames,
  marketsDoNotOverlap,
  marketsHaveAFilter,
  marketsHaveATarget,
  marketsNameWhatThereIs,
  timeZonesExist,
  alertsHaveWhatTheyCompare,
  analyticsSourcesSayWhere,
  experimentsNameWhatTheyChange,
  enhancedMeasurementEventsAreNotSentTwice,
  enhancedMeasurementIsOnWhereItIsReliedOn,
  eventNamesAreNotReserved,
  eventNamesHoldNoIds,
  eventsHaveFewParameters,
  literalValuesFit,
  namesAreLowerCase,
  namesAreSafeInGtm,
  namesDifferByMoreThanSpelling,
  namesHaveNoReservedPrefix,
  namingPatternsUseKnownPlaceholders,
  parameterNamesFit,
  recommendedEventNamesAreUsed,
  userPropertiesAreFew,
  userPropertiesAreNotReserved,
  currenciesExist,
  customDefinitionsFit,
  defaultsGoWithSourcesThatHaveOne,
  descriptionsFit,
  dimensionsHaveFewValues,
  displayNamesAreUnique,
  ecommerceHasGooglesNames,
  eventsUseThePlansCurrency,
  formFieldsAreNotRead,
  formParametersAreRegistered,
  formatsGoWithVariablesOfThePlan,
  linkAddressesHoldNoPerson,
  namesForServerContainersStayThere,
  numbersArriveAsNumbers,
  parametersHaveOneType,
  parametersHaveTheirStandardType,
  personalDataIsNotSent,
  predefinedParametersAreNotRegistered,
  purchasesHaveATransactionId,
  recommendedEventsAreComplete,
  registeredParametersAreSent,
  sensitiveConversionsHaveAComplianceNote,
  sentParametersAreInTheDictionary,
  sourcesFitTheirTriggers,
  sourcesHaveOneOrigin,
  textsFillTheirPlaces,
  unitsGoWithMetrics,
  userIdsAreOpaque,
  valueAndCurrencyGoTogether,
  valuesAreInTheDictionary,
  valuesBelongToTheirMoment,
  versionsGoWithTheDataLayer,
  wholeAddressesAreNotSent,
  bigqueryLocationsExist,
  calculatedMetricsFit,
  derivedConditionsHaveOneTest,
  derivedEventsAreMadeOfWhatIsSent,
  derivedEventsAreMadeOnce,
  googleAdsAccountsAreLinkedOnce,
  metricsAreKnownToGa4,
  attributionWindowsExistInGa4,
  benchmarksCoverMobile,
  benchmarksRunFromLowToHigh,
  channelsAreSpeltAsGa4SpellsThem,
  conversionIdsAreUnique,
  conversionsHaveAMetric,
  conversionsHaveATarget,
  conversionsHaveAnOwner,
  conversionsHaveBenchmarks,
  daysAreInTheCalendar,
  eventsAreCountedOnce,
  feedsNameGoals,
  goalsAreDescribed,
  goalsAreFedByThree,
  goalsAreFed,
  goalsHaveAnOutcome,
  idsInIgnoreAreKnown,
  impactCanBeRanked,
  incentivesAreWatched,
  leadGoalsAreFollowedUp,
  metricsAreToldOnce,
  microsHaveAUxOutcome,
  microsHaveAWeight,
  moneyHasACurrency,
  noWeightOutweighsTheRest,
  oneActionHasOneEvent,
  oneGoalIsPrimary,
  onlyTagsHaveTriggers,
  otherSourcesNameTheirSystem,
  percentagesAreAtMost100,
  plansHaveAnAttributionWindow,
  plansStaySmall,
  primaryGoalsHaveAGuardrail,
  ratesAreOfSomethingKnown,
  ratesSayOfWhat,
  schedulesRunForward,
  sharedEventsAreToldApart,
  sourceAndCollectorAgree,
  taggedConversionsHaveATrigger,
  taggedConversionsHaveAnEvent,
  targetsAreWithinBenchmarks,
  targetsHaveOneMeasure,
  targetsLieAhead,
  targetsNameMarkets,
  targetsOfPartsAreToldApart,
  titlesAreOneLine,
  touchpointsAreMixed,
  touchpointsHaveTitles,
  wasNamesWhatIsGone,
  weightsApplyToAValue,
  weightsHaveEvidence,
  addressesAreTestedWithoutAFragment,
  alternativesDiffer,
  clickSelectorsIncludeDescendants,
  clicksAreNarrowed,
  clicksAreReadFromWhatWasMeant,
  conditionsHaveOneSubject,
  cssTestsElements,
  dataLayerEventsAreNamed,
  dataLayerPatternsAreAnchored,
  durationsArePositive,
  ecommerceComesFromTheDataLayer,
  ecommerceIsNotMappedByHand,
  emptyTextsAreNotCompared,
  enhancedMeasurementDoesNotCountItToo,
  existingTriggersAreTakenAsTheyAre,
  groupsAreNotBlocked,
  groupsHoldSingleTriggers,
  hostPatternsEscapeTheirDots,
  javascriptIsAFunction,
  javascriptIsTheLastResort,
  keyEventsFireOnce,
  listenersAreArmedByWhatIsKnown,
  listsAndAddressesAreNotComparedWhole,
  missingValuesDoNotMatch,
  navigationIsNotHeldUp,
  operatorsFitTheirValues,
  pageViewsAreCountedOneWay,
  pagesOfSinglePageAppsAreHistoryChanges,
  pathPatternsAreAnchored,
  patternsOfAddressesAreAscii,
  regexesArePortable,
  regexesCompile,
  regexesEndQuickly,
  selectorsAreStable,
  selectorsOrIdsAreGiven,
  selectorsParse,
  severalTriggersDoNotOverlap,
  singlePageAppsPushFormEvents,
  subjectsAreVariable,
  successMessagesAreAwaited,
  tablesHaveADefault,
  testsHaveOneOperator,
  textsAreShort,
  textsHoldNoReferences,
  textsOfTranslatedSitesAreNotCompared,
  timersAndScrollsAreFew,
  timersCountFromThePageLoad,
  triggersHaveOneKind,
  videosHaveAMoment,
]
