package io.quantumtrader.compose.up;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quantumtrader.compose.readme.House;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The smoke test with nothing that runs: on a pipeline and a twin of its own, to its end. */
@Tag("real")
final class SmokeOwnPipelineTest {

  @TempDir private Path directory;

  @Test
  void shouldTradeOnceOnATwinOfItsOwn() throws Exception {
    try (House house = House.in(directory)) {
      // when
      House.Run run =
          house.run("./quantum smoke --exchange twin --symbol BTCUSDT --notional 50 --json");

      // then
      assertThat(run.code()).as(run.err()).isZero();
      JsonNode said = new ObjectMapper().readTree(run.out());
      assertThat(said.path("ok").asBoolean()).isTrue();
      assertThat(said.findValuesAsText("name"))
          .contains("entry is filled", "stop and target rest there", "Redis has it")
          .endsWith("close is filled", "exchange is flat", "ledger is flat", "Redis is flat");
      assertThat(said.path("steps")).allMatch(step -> step.path("ok").asBoolean());
      assertThat(run.err()).contains("Stopping: feed, executor");
    }
  }
}
