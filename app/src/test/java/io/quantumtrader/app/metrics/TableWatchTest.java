package io.quantumtrader.app.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.topology.GlobalTableProgress;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

final class TableWatchTest {

  private static final TopicPartition CONTROL = new TopicPartition(Topic.CONTROL.topicName(), 0);
  private static final TopicPartition PLANS = new TopicPartition(Topic.APPLY_PLAN.topicName(), 0);

  private final Map<TopicPartition, Long> last = new HashMap<>();
  private final TableWatch watch = new TableWatch(new GlobalTableProgress(), last);

  @Test
  void shouldNameTheTableThatStandsWithItsNumbers() {
    last.put(CONTROL, 4L);
    last.put(PLANS, 99L); // no table: nobody applies it here

    assertThat(watch.look(0)).isEmpty();
    assertThat(watch.look(TableWatch.STANDS_MS - 1)).isEmpty();
    assertThat(watch.look(TableWatch.STANDS_MS))
        .contains("the table of quantum.control-0 stands at offset -1 of 4 for 20 s");
  }

  @Test
  void shouldSayNothingOfTopicsThatAreNoTables() {
    last.put(PLANS, 99L);

    assertThat(watch.look(0)).isEmpty();
    assertThat(watch.look(10 * TableWatch.STANDS_MS)).isEmpty();
  }
}
