declare const brand: unique symbol;

/** A value that was checked once and carries the proof in its type, at no cost at run time. */
export type Branded<Base, Name extends string> = Base & { readonly [brand]: Name };
