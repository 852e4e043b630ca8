/** One refused item of a batch with its coded reason. */
export interface Refused<Item> {
  readonly item: Item;
  readonly code: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/** What a batch command answers: nothing is skipped in silence. */
export interface BatchOutcome<Done, Item> {
  readonly done: readonly Done[];
  readonly refused: readonly Refused<Item>[];
}
