package io.quantumtrader.compose.real;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quantumtrader.app.testing.CommandRun;
import io.quantumtrader.schemas.avro.Sizing;
import io.quantumtrader.schemas.avro.TradeIntent;
import io.quantumtrader.schemas.topic.Topic;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An intent that is typed, against real stages. */
@Tag("real")
final class IntentCommandTest {

  private static final String TYPED = "intent BTCUSDT BUY 300 --leverage 2 --json --wait ";
  private static final long LAST_YEAR_MS = 1_763_546_400_000L;

  private RealPipeline pipeline;

  @BeforeEach
  void open() {
    pipeline = RealPipeline.fresh();
  }

  @AfterEach
  void close() {
    pipeline.close();
  }

  @Test
  void shouldPrintTheVerdictOfTheStagesInThePipelinesOwnTime() throws Exception {
    // given stages whose clock is a replay's, and no trading state, which means REDUCING
    pipeline.startStages();
    pipeline.clock(LAST_YEAR_MS);
    pipeline.settle();

    // when
    CompletableFuture<CommandRun> typed = typed(TYPED + 60);
    long nowMs = LAST_YEAR_MS;
    while (!typed.isDone()) {
      // The stages decide as the clock goes on; by less than makes an intent expire.
      nowMs = Math.min(nowMs + 100, LAST_YEAR_MS + 50_000);
      pipeline.clock(nowMs);
      Thread.sleep(100);
    }

    // then
    CommandRun run = typed.join();
    assertThat(run.code()).as(run.err()).isEqualTo(3);
    JsonNode said = new ObjectMapper().readTree(run.out());
    assertThat(said.get("verdict").asText()).isEqualTo("DENIED");
    assertThat(said.get("code").asText()).isEqualTo("TRADING_REDUCING");
    TradeIntent sent = pipeline.values(Topic.TRADE_INTENT, TradeIntent.class).getFirst();
    assertThat(sent.getIntentId()).isEqualTo(said.get("intentId").asText());
    assertThat(sent.getSizing()).isEqualTo(Sizing.MARGIN);
    assertThat(sent.getAmount()).isEqualByComparingTo("300");
    assertThat(sent.getSource()).isEqualTo("operator " + System.getProperty("user.name"));
    assertThat(sent.getCreatedAtMs()).isBetween(LAST_YEAR_MS, LAST_YEAR_MS + 50_000);
  }

  @Test
  void shouldSayThatThereWasNoVerdictInTime() throws Exception {
    CommandRun run = typed(TYPED + 1).join();

    assertThat(run.code()).isEqualTo(4);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains(" had no verdict within 1 s; no stages run there");
    assertThat(pipeline.values(Topic.TRADE_INTENT, TradeIntent.class)).hasSize(1);
  }

  @Test
  void shouldNotWaitWhereThatIsNotWanted() throws Exception {
    CommandRun run = typed("intent BTCUSDT CLOSE --no-wait --id mine").join();

    assertThat(run.code()).isZero();
    assertThat(run.out()).isEqualToIgnoringNewLines("sent mine");
  }

  private CompletableFuture<CommandRun> typed(String line) {
    return CompletableFuture.supplyAsync(() -> pipeline.run(List.of(line.split(" "))));
  }
}
