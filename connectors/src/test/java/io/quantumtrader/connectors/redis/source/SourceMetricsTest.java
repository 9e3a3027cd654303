package io.quantumtrader.connectors.redis.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.connectors.redis.RealRedis;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("real")
final class SourceMetricsTest {

  @RegisterExtension static final RealRedis REDIS = new RealRedis();

  private static Map<String, String> settings() {
    String mapping =
        """
        {"streams": [{"stream": "trades", "topic": "trades.topic", "fields": [
          {"name": "price", "type": "decimal:4"}]}]}
        """;
    return new HashMap<>(
        Map.of(
            "name", "source",
            "redis.uri", REDIS.uri(),
            "key.prefix", "q:",
            "mapping", mapping,
            "block.ms", "30",
            "dead.letter.topic", "letters"));
  }

  @Test
  void shouldCountWhatItDoesWithAStream() throws Exception {
    // given a group that is behind, and an entry that cannot be read
    REDIS.commands().xadd("q:trades", "symbol", "BTC", "price", "1.5");
    String last = REDIS.commands().xadd("q:trades", "symbol", "BTC", "price", "dear");
    SourceHarness worker = new SourceHarness(settings()).start();

    // when
    List<SourceRecord> records = worker.poll(1);

    // then it was looked at before anything was read
    assertThat(worker.counts("q:trades"))
        .containsEntry("lag-ms", (double) StreamId.parse(last).millis())
        .containsEntry("pending", 0.0)
        .containsEntry("lag-entries", -1.0)
        .containsEntry("sent-total", 1.0)
        .containsEntry("dead-letters-total", 1.0);

    // when it goes on as another task
    worker.write(records);
    worker.confirm(records);
    worker.drain().stop();
    worker.start().drain();

    // then that one counts from its own start
    assertThat(worker.counts("q:trades"))
        .containsEntry("sent-total", 0.0)
        .containsEntry("dead-letters-total", 0.0)
        .containsEntry("passed-over-total", 0.0)
        .containsEntry("claimed-total", 0.0)
        .containsEntry("pending", 0.0)
        .containsEntry("lag-ms", 0.0);
    worker.stop();
  }
}
