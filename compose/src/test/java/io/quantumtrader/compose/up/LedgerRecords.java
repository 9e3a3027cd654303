package io.quantumtrader.compose.up;

import io.quantumtrader.app.parts.Endpoints;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.schemas.topic.TopicReader;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The committed records of what must not be lost, by place, byte for byte. */
final class LedgerRecords {

  private static final List<Topic> TOPICS =
      List.of(
          Topic.POLICY,
          Topic.CONTROL,
          Topic.TRADE_INTENT,
          Topic.DECISION,
          Topic.APPLY_PLAN,
          Topic.APPLY_RESULT,
          Topic.POSITION_LEDGER,
          Topic.PORTFOLIO_STATE,
          Topic.EXCHANGE_ACCOUNT);

  private LedgerRecords() {}

  /** Reads them to their ends: topic, partition and offset; time, key and value. */
  static Map<String, String> read(Endpoints endpoints) {
    Map<String, String> records = new TreeMap<>();
    new TopicReader(endpoints.kafka(), Duration.ofSeconds(30))
        .readAll(
            TOPICS.stream().map(Topic::topicName).toList(),
            record ->
                records.put(
                    record.topic() + "-" + record.partition() + "@" + record.offset(),
                    record.timestamp() + " " + hex(record.key()) + " " + hex(record.value())));
    return records;
  }

  private static String hex(byte[] bytes) {
    return bytes == null ? "none" : HexFormat.of().formatHex(Arrays.copyOf(bytes, bytes.length));
  }
}
