/**
 * GA4's own metrics, by the names that formulas take. Google adds to them, so what is none of these is a question, no mistake.
 * https://developers.google.com/analytics/devguides/reporting/data/v1/api-schema
 */
export const GA4_METRICS: ReadonlySet<string> = new Set(
  (
    'active1DayUsers active28DayUsers active7DayUsers activeUsers adUnitExposure addToCarts advertiserAdClicks advertiserAdCost ' +
    'advertiserAdCostPerClick advertiserAdCostPerKeyEvent advertiserAdImpressions averagePurchaseRevenue ' +
    'averagePurchaseRevenuePerPayingUser averagePurchaseRevenuePerUser averageRevenuePerUser averageSessionDuration bounceRate ' +
    'cartToViewRate checkouts cohortActiveUsers cohortTotalUsers crashAffectedUsers crashFreeUsersRate dauPerMau dauPerWau ' +
    'ecommercePurchases engagedSessions engagementRate eventCount eventCountPerUser eventValue eventsPerSession ' +
    'firstTimePurchaserRate firstTimePurchasers firstTimePurchasersPerNewUser grossItemRevenue grossPurchaseRevenue ' +
    'itemDiscountAmount itemListClickEvents itemListClickThroughRate itemListViewEvents itemPromotionClickThroughRate ' +
    'itemRefundAmount itemRevenue itemViewEvents itemsAddedToCart itemsCheckedOut itemsClickedInList itemsClickedInPromotion ' +
    'itemsPurchased itemsViewed itemsViewedInList itemsViewedInPromotion keyEvents newUsers organicGoogleSearchAveragePosition ' +
    'organicGoogleSearchClickThroughRate organicGoogleSearchClicks organicGoogleSearchImpressions promotionClicks promotionViews ' +
    'publisherAdClicks publisherAdImpressions purchaseRevenue purchaseToViewRate purchaserRate refundAmount returnOnAdSpend ' +
    'screenPageViews screenPageViewsPerSession screenPageViewsPerUser scrolledUsers sessionKeyEventRate sessions sessionsPerUser ' +
    'shippingAmount taxAmount totalAdRevenue totalPurchasers totalRevenue totalUsers transactions transactionsPerPurchaser ' +
    'userEngagementDuration userKeyEventRate wauPerMau'
  ).split(' '),
)
