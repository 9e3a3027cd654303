package io.quantumtrader.replay.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.topic.Topic;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which of several rows of one time a decision is taken to have seen. */
final class TableVersionsTest {

  private static RecordedRecord row(long offset, long writtenMs) {
    return new RecordedRecord(
        Topic.MARKET_STATE,
        0,
        offset,
        writtenMs,
        Optional.of("BTCUSDT"),
        List.of(),
        Optional.empty(),
        Optional.empty());
  }

  @ParameterizedTest
  @CsvSource({"5000, 2", "3000, 2", "2999, 1", "1000, 0", "999, 0"})
  void shouldBeTheLastThatWasWrittenByThen(long atMs, long offset) {
    List<RecordedRecord> rows = List.of(row(0, 1000), row(1, 2000), row(2, 3000));

    assertThat(TableVersions.lastBy(atMs, rows).orElseThrow().offset()).isEqualTo(offset);
    assertThat(TableVersions.lastBy(atMs, List.of())).isEmpty();
  }
}
