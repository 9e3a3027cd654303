package io.quantumtrader.compose.up;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.app.tap.RunStatistics;
import io.quantumtrader.console.tap.TappedRecord;
import io.quantumtrader.schemas.topic.Topic;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

final class StatusTest {

  @Test
  void shouldShowEverythingWhereThereIsRoom() {
    assertThat(Status.line(new RunStatistics(), 79))
        .isEqualTo("candles 0  states 0  intents 0  plans 0  fills 0  open 0  equity 0.00");
  }

  @Test
  void shouldLeaveFieldsOutWholeAndKeepTheEquity() {
    assertThat(Status.line(new RunStatistics(), 68))
        .isEqualTo("candles 0  intents 0  plans 0  fills 0  open 0  equity 0.00");
    assertThat(Status.line(new RunStatistics(), 10)).isEqualTo("open 0  equity 0.00");
    for (int width = 19; width < 90; width++) {
      assertThat(Status.line(new RunStatistics(), width)).hasSizeLessThanOrEqualTo(width);
    }
  }

  @Test
  void shouldShortenLargeCounts() {
    RunStatistics statistics = new RunStatistics();
    for (int count = 0; count < 12_345; count++) {
      statistics.accept(
          TappedRecord.of(
              Topic.CANDLE,
              new ConsumerRecord<>(Topic.CANDLE.topicName(), 0, count, null, null),
              Optional.empty(),
              false));
    }

    assertThat(Status.line(statistics, 79)).startsWith("candles 12k  ").hasSizeLessThan(80);
  }
}
