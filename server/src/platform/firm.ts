/** The firm's own bucket: products, staff, the business day. Customers live in 0…255. */
export const FIRM = 256;
