package io.quantumtrader.replay.simulate;

import static io.quantumtrader.replay.simulate.Given.MINUTE;
import static io.quantumtrader.replay.simulate.Given.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.execution.decision.ExecutorMode;
import io.quantumtrader.replay.log.TopicValues;
import io.quantumtrader.schemas.avro.Candle;
import io.quantumtrader.schemas.topic.Topic;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A candle is wrong in its prices or its time, and otherwise one as the world has them. */
final class MarketEventsTest {

  @Test
  void shouldHaveTheIntervalOfTheWorld() {
    try (World world =
        new World(1, true, ExecutorMode.TRADE, new Verdicts(), Tampering.NONE, NOW)) {
      SimulatedMarket market = new SimulatedMarket(7, 5 * MINUTE);
      market.past(NOW);
      market.minute(NOW + MINUTE);
      List<Candle> candles = new ArrayList<>();
      TopicValues values = new TopicValues(world.serdes());
      world
          .log()
          .listen(
              (partition, entry) -> {
                if (partition.topic().equals(Topic.CANDLE.topicName())) {
                  candles.add((Candle) values.read(Topic.CANDLE, entry.value()).orElseThrow());
                }
              });
      MarketEvents events = new MarketEvents(new WorldTopics(world.log(), world.serdes()), market);
      for (int salt = 0; salt < 40; salt++) {
        events.bad(new SimulatedEvent(salt, 1, EventKind.BAD_CANDLE, salt), NOW + MINUTE);
      }

      assertThat(candles)
          .hasSizeGreaterThan(10)
          .allSatisfy(
              candle -> {
                assertThat(candle.getIntervalMs()).isEqualTo(5 * MINUTE);
                assertThat(candle.getOpenTimeMs() % (5 * MINUTE)).isZero();
              });
    }
  }
}
