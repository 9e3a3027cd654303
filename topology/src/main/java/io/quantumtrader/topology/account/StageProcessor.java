package io.quantumtrader.topology.account;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** What the stages have in common: the account's books, the tables, and how a stage speaks. */
abstract class StageProcessor<V> implements Processor<String, V, String, Step> {

  private final int accountPartitions;
  private ProcessorContext<String, Step> context;
  private AccountBooks books;
  private TableRows tables;
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
  public void init(ProcessorContext<String, Step> processorContext) {
    context = processorContext;
    books = new AccountBooks(processorContext);
    tables = new TableRows(processorContext);
    keys = new KeyCheck(accountPartitions, processorContext);
  }

  final ProcessorContext<String, Step> context() {
    return context;
  }

  final AccountBooks books() {
    return books;
  }

  final TableRows tables() {
    return tables;
  }

  final KeyCheck keys() {
    return keys;
  }

  /** Hands a step to the next stage, at the time that the clock shows. */
  final void hand(String account, Step step, long nowMs) {
    context.forward(new Record<>(account, step, nowMs));
  }

  /** Publishes a record, at the time that the clock shows. */
  final void publish(String key, SpecificRecord value, long nowMs) {
    context.forward(new Record<>(key, new Step.Publication(value), nowMs));
  }
}
