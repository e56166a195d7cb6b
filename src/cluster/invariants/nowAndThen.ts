/** For what is broken by the passing of time: time goes by slower than events, so that a look once in a while is enough. */
export class NowAndThen {
  #events = 0;

  /** To be asked once an event. */
  isDue(): boolean {
    this.#events += 1;
    return this.#events % lookEvery === 0;
  }
}

const lookEvery = 64;
