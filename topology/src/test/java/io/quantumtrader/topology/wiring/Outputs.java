package io.quantumtrader.topology.wiring;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.HarvestProposal;
import io.quantumtrader.schemas.avro.Permit;
import io.quantumtrader.schemas.avro.PortfolioState;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.PositionSnapshot;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.topic.Topic;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** What came out of the whole topology, in the order in which it was sent. */
final class Outputs {

  /**
   * A record as it was handed to the producer.
   *
   * @param topic name of the topic
   * @param key key as text
   * @param value value; null for a tombstone
   * @param partition the partition that the sink named; null where it left that to Kafka
   * @param timeMs time of the record, epoch ms
   */
  record Out<V>(String topic, String key, V value, Integer partition, long timeMs) {}

  private final RecordSerdes serdes;
  private final List<ProducerRecord<byte[], byte[]>> records;

  Outputs(RecordSerdes serdes, List<ProducerRecord<byte[], byte[]>> records) {
    this.serdes = serdes;
    this.records = List.copyOf(records);
  }

  /** Returns the topics of all records, in the order in which they were sent. */
  List<String> topics() {
    return records.stream().map(ProducerRecord::topic).toList();
  }

  /** Returns all records, undecoded. */
  List<ProducerRecord<byte[], byte[]>> all() {
    return records;
  }

  <V extends SpecificRecord> List<Out<V>> of(Topic topic, Class<V> type) {
    List<Out<V>> found = new ArrayList<>();
    for (ProducerRecord<byte[], byte[]> record : records) {
      if (record.topic().equals(topic.topicName())) {
        V value = serdes.of(type).deserializer().deserialize(topic.topicName(), record.value());
        found.add(
            new Out<>(
                record.topic(),
                new String(record.key(), UTF_8),
                value,
                record.partition(),
                record.timestamp()));
      }
    }
    return found;
  }

  private <V extends SpecificRecord> List<V> values(Topic topic, Class<V> type) {
    return of(topic, type).stream().map(Out::value).toList();
  }

  List<ApplyPlan> plans() {
    return values(Topic.APPLY_PLAN, ApplyPlan.class);
  }

  /** Returns the only plan. */
  ApplyPlan plan() {
    List<ApplyPlan> plans = plans();
    if (plans.size() != 1) {
      throw new AssertionError(plans.size() + " plans: " + plans + "; decisions: " + decisions());
    }
    return plans.get(0);
  }

  List<Permit> permits() {
    return values(Topic.PERMIT, Permit.class);
  }

  List<Decision> decisions() {
    return values(Topic.DECISION, Decision.class);
  }

  /** Returns the only decision. */
  Decision decision() {
    List<Decision> decisions = decisions();
    if (decisions.size() != 1) {
      throw new AssertionError("one decision was expected: " + decisions);
    }
    return decisions.get(0);
  }

  /** Returns the codes of the decisions about an account. */
  List<String> codes(String account) {
    return decisions().stream()
        .filter(decision -> decision.getAccount().equals(account))
        .map(Decision::getCode)
        .toList();
  }

  List<HarvestProposal> calibrated() {
    return values(Topic.HARVEST_CALIBRATED, HarvestProposal.class);
  }

  List<PositionLedger> ledgers() {
    return values(Topic.POSITION_LEDGER, PositionLedger.class);
  }

  List<PositionSnapshot> snapshots() {
    return values(Topic.POSITION_SNAPSHOT, PositionSnapshot.class);
  }

  /** Returns the last state of an account's money. */
  PortfolioState portfolio(String account) {
    return values(Topic.PORTFOLIO_STATE, PortfolioState.class).stream()
        .filter(state -> state.getAccount().equals(account))
        .reduce((first, second) -> second)
        .orElseThrow(() -> new AssertionError("no portfolio of " + account));
  }

  /** Returns the reasons of the dead letters. */
  List<String> deadLetters() {
    return records.stream()
        .filter(record -> record.topic().equals(Topic.DEAD_LETTER.topicName()))
        .map(record -> new String(record.headers().lastHeader("quantum.reason").value(), UTF_8))
        .toList();
  }
}
