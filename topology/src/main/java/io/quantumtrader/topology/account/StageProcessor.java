package io.quantumtrader.topology.account;

import io.quantumtrader.topology.Deciding;
import io.quantumtrader.topology.Names;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * What the stages have in common: each looks at the account's state and the reference data, decides
 * by a pure function, and only then has everything written that was decided.
 *
 * @param <V> what comes in
 */
abstract class StageProcessor<V> implements Processor<String, V, String, Object> {

  /** The sinks whose records tell which records the task had taken. */
  private static final Set<String> TELLING =
      Set.of(Names.DECISION_SINK, Names.PORTFOLIO_STATE_SINK, Names.POSITION_LEDGER_SINK);

  private final int accountPartitions;
  private ProcessorContext<String, Object> context;
  private AccountState state;
  private ReferenceData data;
  private KeyCheck keys;

  /**
   * Creates the processor.
   *
   * @param accountPartitions partitions of the account topics
   */
  StageProcessor(int accountPartitions) {
    this.accountPartitions = accountPartitions;
  }

  @Override
  public void init(ProcessorContext<String, Object> processorContext) {
    context = processorContext;
    state = AccountState.in(processorContext);
    data = new ReferenceData(processorContext);
    keys = new KeyCheck(accountPartitions, processorContext);
  }

  final ProcessorContext<String, Object> context() {
    return context;
  }

  final AccountState state() {
    return state;
  }

  final ReferenceData data() {
    return data;
  }

  final KeyCheck keys() {
    return keys;
  }

  /**
   * Returns what was decided, once it is known that all of it can be written.
   *
   * @param decision reads what it was given: no store, no table
   */
  static Outcome decide(Supplier<Outcome> decision) {
    return Deciding.on(decision, Outcome::eachRecord);
  }

  /** Changes the state, then sends what goes out, at the time that the clock shows. */
  final void write(Outcome outcome, long nowMs) {
    context.recordMetadata().ifPresent(of -> state.inputs().take(of.topic(), of.offset()));
    state.apply(outcome.changes());
    for (Emission emission : outcome.emissions()) {
      if (TELLING.contains(emission.to()) && !state.inputs().isEmpty()) {
        state.inputs().addTo(emission.headers());
      }
      context.forward(
          new Record<>(emission.key(), emission.value(), nowMs, emission.headers()), emission.to());
    }
  }
}
