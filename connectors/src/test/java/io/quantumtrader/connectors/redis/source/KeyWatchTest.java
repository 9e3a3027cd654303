package io.quantumtrader.connectors.redis.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.connectors.redis.RealRedis;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("real")
final class KeyWatchTest {

  @RegisterExtension static final RealRedis REDIS = new RealRedis();

  /** A switch that is thrown becomes a record at once, anything else after it has stood. */
  public static final class Switch implements KeyReader {

    private String topic;

    /** For the mapping. */
    public Switch() {}

    @Override
    public void configure(String topic, Map<String, String> settings) {
      this.topic = topic;
    }

    @Override
    public boolean isUrgent(Change change) {
      return change.now().get("switch").equals("1");
    }

    @Override
    public List<Output> read(Change change, long nowMs) {
      return List.of(new Output(topic, null, Schema.STRING_SCHEMA, change.now().get("switch")));
    }
  }

  private static SourceHarness worker() {
    String mapping =
        """
        {"keys": [{"keys": ["switch"], "written": "mark:", "topic": "switches", "reader": "%s"}]}
        """
            .formatted(Switch.class.getName());
    return new SourceHarness(
        new HashMap<>(
            Map.of(
                "name", "source",
                "redis.uri", REDIS.uri(),
                "key.prefix", "q:",
                "mapping", mapping,
                "keys.poll.ms", "10",
                "keys.settle.ms", "1")));
  }

  private static List<Object> values(SourceHarness worker) throws InterruptedException {
    worker.drain();
    return worker.topic().stream().map(SourceRecord::value).toList();
  }

  @Test
  void shouldHearASwitchThatIsLetGoAndThrownAgainWhereNoSinkWrites() throws Exception {
    // given
    SourceHarness worker = worker().start();

    // when
    REDIS.commands().set("q:switch", "1");
    List<Object> thrown = values(worker);
    List<Object> same = values(worker);
    REDIS.commands().del("q:switch");
    List<Object> gone = values(worker);
    REDIS.commands().set("q:switch", "1");
    List<Object> again = values(worker);
    worker.stop();

    // then
    assertThat(thrown).isEqualTo(List.of("1"));
    assertThat(same).isEqualTo(thrown);
    assertThat(gone).isEqualTo(List.of("1", ""));
    assertThat(again).isEqualTo(List.of("1", "", "1"));
  }

  @Test
  void shouldSayAChangeOnceOverARestart() throws Exception {
    // given
    SourceHarness worker = worker().start();
    REDIS.commands().set("q:switch", "1");
    worker.drain().stop();

    // when
    List<Object> restarted = values(worker.start());

    // then
    assertThat(restarted).isEqualTo(List.of("1"));

    // when a sink has written the same, and later another value
    REDIS.commands().set("q:mark:switch", "7=1");
    values(worker);
    REDIS.commands().set("q:switch", "0");
    REDIS.commands().set("q:mark:switch", "8=0");
    List<Object> written = values(worker);
    REDIS.commands().set("q:switch", "1");
    List<Object> thrown = values(worker);
    worker.stop();

    // then
    assertThat(written).isEqualTo(List.of("1"));
    assertThat(thrown).isEqualTo(List.of("1", "1"));
  }
}
