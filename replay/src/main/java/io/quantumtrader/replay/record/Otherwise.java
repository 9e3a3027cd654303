package io.quantumtrader.replay.record;

import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.topic.Topic;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.avro.specific.SpecificRecord;

/**
 * What is other in one turn of a task: the policy that it is decided under, or the input.
 *
 * @param policy makes the other policy out of the one that held; returns the same for no change
 * @param input makes the other input out of the recorded one; returns the same for no change
 * @param begin is told when the turn begins: what is decided from here on is decided otherwise
 */
public record Otherwise(
    UnaryOperator<Policy> policy, UnaryOperator<SpecificRecord> input, Runnable begin) {

  void begins() {
    begin.run();
  }

  Turn input(Turn turn) {
    RecordedRecord record = turn.record();
    return new Turn(
        turn.to(),
        record.value().map(value -> with(record, input.apply(value))).orElse(record),
        turn.atMs(),
        turn.isStep(),
        turn.lookups());
  }

  /** Returns the row that stands for the policy in that turn; empty where none was looked at. */
  Optional<RecordedRecord> policy(TableVersions tables, Turn turn) {
    // The default is looked at only where the account has no row of its own: one of both is there.
    return turn.lookups().stream()
        .filter(lookup -> lookup.getTable().equals(Topic.POLICY.topicName()))
        .filter(lookup -> lookup.getAsOfMs() != null)
        .findFirst()
        .flatMap(lookup -> tables.version(lookup, turn.atMs()))
        .flatMap(
            row ->
                row.value()
                    .filter(Policy.class::isInstance)
                    .map(value -> with(row, policy.apply((Policy) value))));
  }

  private static RecordedRecord with(RecordedRecord record, SpecificRecord value) {
    return new RecordedRecord(
        record.topic(),
        record.partition(),
        record.offset(),
        record.timestampMs(),
        record.key(),
        record.headers(),
        Optional.of(value),
        Optional.empty());
  }
}
