/** A row of the fault table. */
export interface Row {
  id: string;
  fault: string;
  expect: string;
  /** Where this product means something else than the words of the row, and what is tested instead. */
  note?: string;
  /** The tests of the row stand in this file, under other names. */
  elsewhere?: string;
  /** Why there is no test. */
  without?: string;
}
