/** How a review of a customer may stand, as the list is filtered by it. */
export const KYC_FILTERS = ['pending', 'verified', 'expired', 'rejected', 'ending'] as const;
export type KycFilter = (typeof KYC_FILTERS)[number];
