package io.quantumtrader.topology.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.PositionSnapshot;
import io.quantumtrader.topology.Given;
import io.quantumtrader.topology.Names;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which snapshots are kept, and which one counts at a step of the clock. */
final class SnapshotRowsTest {

  private static final String KEY = "main:BTCUSDT";

  @TempDir Path directory;
  private AccountDriver driver;
  private KeyValueStore<String, PositionSnapshot> store;
  private SnapshotRows rows;
  private long nowMs;

  @BeforeEach
  void open() {
    driver = new AccountDriver(directory);
    store = driver.testDriver().getKeyValueStore(Names.POSITION_SNAPSHOT_STORE);
    rows = new SnapshotRows(new StoredRows<>(store), () -> nowMs);
  }

  @AfterEach
  void close() {
    driver.close();
  }

  private static PositionSnapshot at(long asOfMs, String mark) {
    return Given.snapshot(Given.longBtc().build(), mark, asOfMs);
  }

  private List<String> keys() {
    List<String> keys = new ArrayList<>();
    try (KeyValueIterator<String, PositionSnapshot> all = store.all()) {
      while (all.hasNext()) {
        KeyValue<String, PositionSnapshot> row = all.next();
        keys.add(row.key);
      }
    }
    return keys;
  }

  private Optional<BigDecimal> markBefore(long atMs) {
    return rows.before(KEY, atMs).map(PositionSnapshot::getMarkPrice);
  }

  @Test
  void shouldKeepOneThatWaitsAndTheLastThatTheClockHasPassed() {
    // given
    nowMs = 100;
    rows.put(KEY, at(80, "1"));
    rows.put(KEY, at(90, "2"));
    assertThat(keys()).containsExactly(KEY + "|90");

    // when: one of this very step
    rows.put(KEY, at(100, "3"));

    // then
    assertThat(keys()).containsExactly(KEY + "|100", KEY + "|90");
    assertThat(markBefore(100))
        .hasValueSatisfying(mark -> assertThat(mark).isEqualByComparingTo("2"));
    assertThat(markBefore(101))
        .hasValueSatisfying(mark -> assertThat(mark).isEqualByComparingTo("3"));
    assertThat(markBefore(90)).isEmpty();
  }

  @Test
  void shouldTakeBackWhatCameBeforeWithTheSameTimeOrALaterOne() {
    // given
    nowMs = 50;
    rows.put(KEY, at(100, "1"));
    rows.put(KEY, at(110, "2"));

    // when
    rows.put(KEY, at(100, "3"));

    // then
    assertThat(keys()).containsExactly(KEY + "|100");
    assertThat(markBefore(200))
        .hasValueSatisfying(mark -> assertThat(mark).isEqualByComparingTo("3"));
  }

  @Test
  void shouldReadARowOfTheFormerLayoutUntilItIsReplaced() {
    // given: the newest lay under the bare key, the ones before it by their time
    nowMs = 100;
    store.put(KEY, at(100, "2"));
    store.put(KEY + "|90", at(90, "1"));
    assertThat(markBefore(100))
        .hasValueSatisfying(mark -> assertThat(mark).isEqualByComparingTo("1"));
    assertThat(markBefore(101))
        .hasValueSatisfying(mark -> assertThat(mark).isEqualByComparingTo("2"));

    // when
    nowMs = 110;
    rows.put(KEY, at(110, "3"));

    // then
    assertThat(keys()).containsExactly(KEY, KEY + "|110");
    assertThat(markBefore(110))
        .hasValueSatisfying(mark -> assertThat(mark).isEqualByComparingTo("2"));
    nowMs = 120;
    rows.put(KEY, at(120, "4"));
    assertThat(keys()).containsExactly(KEY + "|110", KEY + "|120");
  }

  @Test
  void shouldRemoveAllOfAPositionAndNothingOfItsNeighbour() {
    // given
    rows.put(KEY, at(100, "1"));
    rows.put(KEY, at(110, "2"));
    rows.put(KEY + "2", at(100, "5"));
    store.put(KEY, at(90, "0"));

    // when
    new SnapshotRows(new StoredRows<>(store), () -> nowMs).remove(KEY);

    // then
    assertThat(keys()).containsExactly(KEY + "2|100");
  }

  @Test
  void shouldLetTheOldestGoWhereTooManyWait() {
    // when: the clock stands still
    for (int i = 1; i <= SnapshotRows.MOST_WAITING + 5; i++) {
      rows.put(KEY, at(i, "1"));
    }

    // then: those that wait behind the newest
    assertThat(keys())
        .hasSize(SnapshotRows.MOST_WAITING + 1)
        .doesNotContain(KEY + "|4")
        .contains(KEY + "|5");
  }
}
