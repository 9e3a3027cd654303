package io.quantumtrader.connectors.importing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.RedisException;
import io.lettuce.core.XAddArgs;
import io.quantumtrader.connectors.redis.RealRedis;
import io.quantumtrader.connectors.redis.source.StreamEntry;
import io.quantumtrader.connectors.redis.write.RedisEndpoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Old streams on a real Redis. */
@Tag("real")
final class OldStreamsTest {

  @RegisterExtension static final RealRedis REDIS = new RealRedis();

  private OldStreams open() {
    return new OldStreams(new RedisEndpoint(REDIS.uri(), "", "", Duration.ofSeconds(10)));
  }

  private static void add(String stream, String id, String value) {
    String unused = REDIS.commands().xadd(stream, new XAddArgs().id(id), Map.of("n", value));
  }

  /** More than a page of one stream, with entries of another one between and beside them. */
  @Test
  void shouldReadAllPagesInTheOrderOfTheIds() {
    for (int i = 0; i < 1_003; i++) {
      // Several of one millisecond, so that a page ends within one.
      add("a", (1_000 + i / 7) + "-" + i % 7, "a" + i);
    }
    add("b", "1-0", "first");
    add("b", "1001-3", "between");
    add("b", "9999-18446744073709551615", "last");

    List<StreamEntry> entries = new ArrayList<>();
    try (OldStreams old = open()) {
      old.read(List.of("a", "b", "nowhere"), entries::add);
    }

    assertThat(entries).hasSize(1_006).isSortedAccordingTo((x, y) -> x.id().compareTo(y.id()));
    assertThat(entries.stream().filter(each -> each.stream().equals("a")).map(OldStreamsTest::n))
        .hasSize(1_003)
        .doesNotHaveDuplicates()
        .startsWith("a0", "a1")
        .endsWith("a1002");
    assertThat(n(entries.getFirst())).isEqualTo("first");
    assertThat(n(entries.getLast())).isEqualTo("last");
    assertThat(entries.getFirst().stream()).isEqualTo("b");
  }

  private static String n(StreamEntry entry) {
    assertThat(new String(entry.fields().getFirst().name(), UTF_8)).isEqualTo("n");
    return entry.text().get("n");
  }

  @Test
  void shouldCountWhatIsThere() {
    add("old*:stream:one", "1-0", "x");
    add("old*:stream:one", "2-0", "x");
    add("older:stream:two", "1-0", "x");
    String unused = REDIS.commands().set("old*:stream:three", "no stream");

    try (OldStreams old = open()) {
      assertThat(old.lengths("old*:stream:"))
          .containsExactly(Map.entry("old*:stream:one", 2L), Map.entry("old*:stream:three", -1L));
      assertThatThrownBy(() -> old.read(List.of("old*:stream:three"), entry -> {}))
          .isInstanceOf(RedisException.class);
    }
  }
}
