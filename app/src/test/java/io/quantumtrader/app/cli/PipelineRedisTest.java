package io.quantumtrader.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which Redis is asked of a pipeline. */
final class PipelineRedisTest {

  private static final RunningPipeline PLAIN =
      RunningPipeline.at("127.0.0.1:9092", "http://127.0.0.1:8081", ClientConfig.NONE);

  private static RunningPipeline withSetting(String uri) {
    ClientConfig config =
        new ClientConfig(Optional.empty(), Map.of(), Map.of(), Map.of("redis.uri", uri), Set.of());
    return RunningPipeline.at("127.0.0.1:9092", "http://127.0.0.1:8081", config);
  }

  private static String asked(RunningPipeline pipeline) {
    return pipeline.redis().orElseThrow().toString();
  }

  @Test
  void shouldBeThatOfARunningUpBeforeThatOfTheSettings() {
    assertThat(PLAIN.redis()).isEmpty();
    assertThat(asked(PLAIN.withRedis("redis://127.0.0.1:7001"))).contains("7001");
    assertThat(asked(withSetting("redis://127.0.0.1:7002"))).contains("7002");
    assertThat(asked(withSetting("redis://127.0.0.1:7002").withRedis("redis://127.0.0.1:7003")))
        .contains("7003");
  }

  @Test
  void shouldBeRefusedInOneLineWhereItIsNoAddress() {
    assertThatThrownBy(PLAIN.withRedis("nonsense")::redis)
        .isInstanceOf(CommandFailure.class)
        .hasMessageStartingWith("Redis: redis.uri: ")
        .hasMessageNotContaining("\n");
  }
}
