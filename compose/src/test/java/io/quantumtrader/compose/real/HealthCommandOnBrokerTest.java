package io.quantumtrader.compose.real;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.quantumtrader.app.testing.CommandRun;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What {@code quantum health} says of the Redis of a pipeline at given addresses. */
@Tag("real")
final class HealthCommandOnBrokerTest {

  private static final String COST = "REDIS_UNREACHABLE";

  private static RealPipeline pipeline;

  @BeforeAll
  static void start() {
    pipeline = RealPipeline.fresh();
  }

  @AfterAll
  static void stop() throws Exception {
    pipeline.close();
  }

  private static List<String> costs(String... more) throws Exception {
    List<String> command = new ArrayList<>(List.of("health", "--json"));
    command.addAll(List.of(more));
    CommandRun run = pipeline.run(command);
    assertThat(run.code()).as(run.err()).isIn(0, 3, 4);
    JsonNode health = new JsonMapper().readTree(run.out());
    return health.get("costs").findValuesAsText("cost");
  }

  @Test
  void shouldSayThatRedisDoesNotAnswerWhereItIsAskedAndDoesNot() throws Exception {
    assertThat(costs("--redis-uri", pipeline.stack().redisUri())).doesNotContain(COST);
    assertThat(costs()).doesNotContain(COST);
    try (ServerSocket nobody = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String silent = "redis://127.0.0.1:" + nobody.getLocalPort();
      assertThat(costs("--redis-uri", silent)).contains(COST);
    }
  }

  @Test
  void shouldRefuseAnAddressThatIsNone() {
    // when
    CommandRun run = pipeline.run(List.of("health", "--redis-uri", "http://127.0.0.1"));

    // then
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines().reduce((first, second) -> second).orElseThrow())
        .contains("redis.uri", "must begin with redis://");
  }
}
