package io.quantumtrader.replay.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.replay.run.Candles;
import io.quantumtrader.replay.run.MemoryPipeline;
import io.quantumtrader.schemas.avro.Control;
import io.quantumtrader.schemas.topic.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;

final class TopicFoldTest {

  @Test
  void shouldPassOverWhatCannotBeReadAndGoOn() {
    List<SpecificRecord> taken = new ArrayList<>();
    TopicFold fold = new TopicFold(Set.of(Topic.CONTROL, Topic.POLICY), taken::add);
    try (MemoryPipeline pipeline = new MemoryPipeline(Runs.setup(), fold)) {
      fold.decodeWith(pipeline.serdes());
      pipeline.put(
          new TopicPartition(Topic.CONTROL.topicName(), 0),
          Candles.BEGIN_MS,
          new byte[] {42},
          new byte[] {1, 2, 3},
          new Header[0]);
      Control after = Runs.setup().controls().getFirst();
      pipeline.put(after, Candles.BEGIN_MS);

      assertThat(taken).isEqualTo(List.of(after));
      assertThat(fold.unreadable()).isEqualTo(1);
    }
  }
}
