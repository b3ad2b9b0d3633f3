/** Thrown by a job that need not be tried again: nothing that time brings would let it succeed. It is dead at once. */
export class Hopeless extends Error {
  override name = 'Hopeless';
}
