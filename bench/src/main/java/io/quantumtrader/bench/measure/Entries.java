package io.quantumtrader.bench.measure;

import io.quantumtrader.bench.Effort;
import io.quantumtrader.bench.Measurement;
import io.quantumtrader.bench.report.Figure;
import io.quantumtrader.topology.Tuning;
import java.util.List;
import java.util.function.Consumer;

/** (a) the loop, (b) the pass-through, (c) entries. */
public final class Entries implements Measurement {

  private static final String EXPLANATION =
      """
        Intents of 100 accounts in 566 symbols, 40 of which may be opened: all accepted, all \
        denied (the symbol may not be opened), one in ten accepted. The whole topology runs with \
        its production settings, from the first send to the last commit. Beside it, on the same \
        broker and in turn:

        - **the loop**, the limit: a hand-written transactional consumer and producer that reads \
        the same intents, 500 to a transaction, and writes what the topology wrote for them, byte \
        for byte, changelogs included, to copies of the topics. It decides nothing;
        - **the pass-through**, a Streams application with the same settings that hands the \
        intents from one topic to another.

        *Clients* is the processor time of stream threads, consumers and producers; *process* is \
        that of the whole process, broker, compilation and collection included, without what the \
        measurement itself takes. A ratio to the loop is the median of the rounds' own ratios.""";

  private final Tuning tuning;

  /**
   * Creates it.
   *
   * @param tuning what the stages are tuned for
   */
  public Entries(Tuning tuning) {
    this.tuning = tuning;
  }

  @Override
  public String name() {
    return tuning == Tuning.LATENCY ? "entries" : "entries-" + tuning;
  }

  @Override
  public String covers() {
    // (c) again with another tuning is nothing new of the plan.
    return tuning == Tuning.LATENCY ? "abc" : "";
  }

  @Override
  public String explanation() {
    return tuning == Tuning.LATENCY
        ? EXPLANATION
        : "The same intents and the same loop, with the stages and the pass-through tuned for "
            + tuning
            + " (`--tuning="
            + tuning
            + "`): commits further apart, larger batches and turns.";
  }

  @Override
  public List<Figure> run(Effort effort, Consumer<String> progress) {
    try (EntryRounds rounds = EntryRounds.start(effort, tuning, name(), progress)) {
      for (int round = -effort.warmUp(); round < effort.rounds(); round++) {
        progress.accept(round < 0 ? "warm-up" : "round " + (round + 1) + " of " + effort.rounds());
        rounds.play(round);
      }
      return rounds.figures();
    }
  }
}
