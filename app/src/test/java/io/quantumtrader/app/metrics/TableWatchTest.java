package io.quantumtrader.app.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.topology.GlobalTableProgress;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class TableWatchTest {

  private static final TopicPartition CONTROL = new TopicPartition(Topic.CONTROL.topicName(), 0);
  private static final TopicPartition PLANS = new TopicPartition(Topic.APPLY_PLAN.topicName(), 0);

  private final Map<TopicPartition, Long> last = new HashMap<>();
  private final GlobalTableProgress progress = new GlobalTableProgress();
  private final TableWatch watch = new TableWatch(progress, last);

  @Test
  void shouldNameTheTableThatStandsWithItsNumbers() {
    last.put(CONTROL, 4L);
    last.put(PLANS, 99L); // no table: nobody applies it here

    assertThat(watch.look(0)).isEmpty();
    assertThat(watch.look(TableWatch.STANDS_MS - 1)).isEmpty();
    assertThat(watch.look(TableWatch.STANDS_MS))
        .contains("the table of quantum.control-0 has been stuck at offset -1 of 4 for 20 s");
  }

  @Test
  void shouldSayNothingOfATableThatHasAllAndSayItWhereMoreComesThatItDoesNotTake() {
    last.put(CONTROL, 4L);
    progress.applied(CONTROL.topic(), 0, 4);
    assertThat(watch.look(0)).isEmpty();
    assertThat(watch.look(10 * TableWatch.STANDS_MS)).isEmpty();

    last.put(CONTROL, 5L);
    assertThat(watch.look(11 * TableWatch.STANDS_MS)).isEmpty();
    assertThat(watch.look(12 * TableWatch.STANDS_MS))
        .contains("the table of quantum.control-0 has been stuck at offset 4 of 5 for 20 s");

    progress.applied(CONTROL.topic(), 0, 5);
    assertThat(watch.look(13 * TableWatch.STANDS_MS)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"MARKET_STATE", "INSTRUMENT", "UNIVERSE", "POLICY", "CONTROL"})
  void shouldWatchEachTable(Topic topic) {
    last.put(new TopicPartition(topic.topicName(), 0), 0L);

    assertThat(watch.look(0)).isEmpty();
    assertThat(watch.look(TableWatch.STANDS_MS)).isPresent();
  }

  @Test
  void shouldShowForHowLongEachTableStands() {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    watch.show(registry);
    last.put(CONTROL, 4L);
    assertThat(watch.look(Monitoring.monotonicMs() - 7_000)).isEmpty();

    assertThat(standing(registry, Topic.CONTROL)).isGreaterThanOrEqualTo(7);
    assertThat(standing(registry, Topic.POLICY)).isZero();
  }

  private static double standing(MeterRegistry registry, Topic topic) {
    return registry
        .get("quantum.global.table.standing.seconds")
        .tag("topic", topic.topicName())
        .gauge()
        .value();
  }

  @Test
  void shouldSayNothingOfTopicsThatAreNoTables() {
    last.put(PLANS, 99L);

    assertThat(watch.look(0)).isEmpty();
    assertThat(watch.look(10 * TableWatch.STANDS_MS)).isEmpty();
  }
}
