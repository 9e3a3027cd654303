package io.quantumtrader.compose.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quantumtrader.console.health.HealthCost;
import io.quantumtrader.schemas.avro.MarketState;
import io.quantumtrader.schemas.topic.Topic;
import java.util.List;

/** What goes wrong with market and clock. */
final class MarketSituations {

  /** Full hours that are waited for after the first. */
  private static final int HOURS = 3;

  private static final int LOOKS = 60;
  private static final long LOOK_EVERY_MS = 250;

  private MarketSituations() {}

  static List<Situation> all() {
    return List.of(
        Situation.of(
            "a quiet market that brings too few symbols",
            HealthCost.UNIVERSE_SMALL,
            MarketSituations::quiet),
        Situation.of(
            "a symbol without candles", HealthCost.MARKET_STALE, MarketSituations::silentSymbol),
        Situation.of("no feed", HealthCost.CLOCK_STOPPED, MarketSituations::noFeed));
  }

  /** The first ranking finds nobody who moves, and of those it falls back to, one is missing. */
  private static void quiet(BrokenPipeline pipeline) throws Exception {
    pipeline.market().list(List.of("BTCUSDT", "ETHUSDT"));
    awaitStates(2, pipeline);
    pipeline.market().list(BrokenPipeline.OTHERS);
    pipeline.market().start();
    pipeline.awaitCost(HealthCost.UNIVERSE_SMALL, "2 symbols may be opened");

    // mended: it is there at a full hour, the next one at best
    pipeline.market().list(List.of("BNBUSDT"));
    awaitStates(BrokenPipeline.ALL.size(), pipeline);
    pipeline.market().pass(BrokenPipeline.MINUTES_BEFORE_THE_HOUR + 1);
    for (int hour = 0; hour < HOURS && !isRanked(pipeline); hour++) {
      pipeline.market().pass(60);
    }
  }

  private static void awaitStates(int symbols, BrokenPipeline pipeline) {
    await()
        .atMost(BrokenPipeline.PATIENCE)
        .until(
            () -> pipeline.topics().table(Topic.MARKET_STATE, MarketState.class).size() == symbols);
  }

  /** The stages may be minutes behind when the hour strikes; what is stale then is left out. */
  private static boolean isRanked(BrokenPipeline pipeline) throws InterruptedException {
    for (int look = 0; look < LOOKS; look++) {
      if (pipeline.ask("/api/health").get("costs").isEmpty()) {
        return true;
      }
      Thread.sleep(LOOK_EVERY_MS);
    }
    return false;
  }

  private static void silentSymbol(BrokenPipeline pipeline) throws Exception {
    pipeline.market().silence("ETHUSDT");
    pipeline.market().pass(3);
    pipeline.awaitCost(HealthCost.MARKET_STALE, "1 of 3 symbols are stale, ETHUSDT among them");
    assertThat(pipeline.codeOf(pipeline.intend("main", "ETHUSDT", "100", 2)))
        .isEqualTo("MARKET_STATE_STALE");

    pipeline.market().hear();
    pipeline.market().pass(1);
  }

  private static void noFeed(BrokenPipeline pipeline) {
    pipeline.market().stop();
    pipeline.awaitCost(HealthCost.CLOCK_STOPPED, "its last step was ");

    pipeline.market().start();
  }
}
