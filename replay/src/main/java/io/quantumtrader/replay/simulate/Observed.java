package io.quantumtrader.replay.simulate;

import io.quantumtrader.replay.log.LogEntry;
import io.quantumtrader.replay.log.RecordLog;
import io.quantumtrader.replay.log.TopicValues;
import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.HarvestProposal;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.PositionSnapshot;
import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.schemas.avro.Universe;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.topic.IntentHeaders;
import io.quantumtrader.schemas.topic.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;

/** Reads what is written to the topics, and tells watchers. */
final class Observed implements RecordLog.Listener {

  private final TopicValues values;
  private final List<Watcher> watchers = new ArrayList<>();
  private boolean rogue;

  Observed(RecordSerdes serdes) {
    this.values = new TopicValues(serdes);
  }

  /** Tells a watcher from now on. */
  void tell(Watcher watcher) {
    watchers.add(watcher);
  }

  /** Does something that neither the pipeline nor its agents do. */
  void asRogue(Runnable what) {
    rogue = true;
    try {
      what.run();
    } finally {
      rogue = false;
    }
  }

  @Override
  public void appended(TopicPartition partition, LogEntry entry) {
    Topic topic = Topic.named(partition.topic()).orElse(null);
    if (topic == null) {
      return;
    }
    switch (topic) {
      case TRADE_INTENT -> {
        if (!wasMoved(entry)) {
          each(topic, entry, TradeIntent.class, value -> tell(of -> of.intent(value)));
        }
      }
      case APPLY_PLAN -> {
        if (!rogue) {
          each(topic, entry, ApplyPlan.class, value -> tell(of -> of.plan(value)));
        }
      }
      case APPLY_RESULT ->
          each(topic, entry, ApplyResult.class, value -> tell(of -> of.result(value, rogue)));
      case DECISION -> each(topic, entry, Decision.class, value -> tell(of -> of.decision(value)));
      case POSITION_LEDGER ->
          each(topic, entry, PositionLedger.class, value -> tell(of -> of.ledger(value)));
      case POSITION_SNAPSHOT ->
          each(topic, entry, PositionSnapshot.class, value -> tell(of -> of.snapshot(value)));
      case EXCHANGE_ACCOUNT -> {
        if (!rogue) {
          each(topic, entry, ExchangeAccount.class, value -> tell(of -> of.wallet(value)));
        }
      }
      case HARVEST_CALIBRATED ->
          each(topic, entry, HarvestProposal.class, value -> tell(of -> of.calibrated(value)));
      case UNIVERSE -> each(topic, entry, Universe.class, value -> tell(of -> of.universe(value)));
      case DEAD_LETTER -> tell(of -> of.letter(entry));
      default -> {
        // Nothing that is promised shows there.
      }
    }
  }

  private static boolean wasMoved(LogEntry entry) {
    for (Header header : entry.headers()) {
      if (header.key().equals(IntentHeaders.MOVED_FROM)) {
        return true;
      }
    }
    return false;
  }

  private void tell(Consumer<Watcher> what) {
    watchers.forEach(what);
  }

  private <T extends SpecificRecord> void each(
      Topic topic, LogEntry entry, Class<T> type, Consumer<T> taker) {
    read(topic, entry.value(), type).ifPresent(taker);
  }

  /** Returns a value; empty where it cannot be read or there is none. */
  <T extends SpecificRecord> Optional<T> read(Topic topic, byte[] value, Class<T> type) {
    return values.read(topic, value).map(type::cast);
  }
}
