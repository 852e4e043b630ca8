/** Fields that can be shown in clear for a stated purpose. */
export const CLEAR_FIELDS = [
  'name',
  'certificateNo',
  'phone',
  'email',
  'address',
  'birthDate',
  'representative',
] as const;

export type ClearField = (typeof CLEAR_FIELDS)[number];
