package io.quantumtrader.topology.account;

import static io.quantumtrader.topology.Given.MAIN;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.topology.Given;
import io.quantumtrader.topology.Names;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows beside a store, of which decisions must see what lies in it. */
final class StoredRowsTest {

  @TempDir Path directory;
  private AccountDriver driver;
  private KeyValueStore<String, PositionLedger> store;

  @BeforeEach
  void open() {
    driver = new AccountDriver(directory);
    store = driver.testDriver().getKeyValueStore(Names.LEDGER_STORE);
  }

  @AfterEach
  void close() {
    driver.close();
  }

  private static PositionLedger row(String quantity) {
    return Given.longBtc().setQuantity(new BigDecimal(quantity)).build();
  }

  /** After a restart the digits of a decimal come from the store, so they do so before one. */
  @Test
  void shouldShowARowAsItLiesInTheStore() {
    // given
    StoredRows<PositionLedger> rows = new StoredRows<>(store);

    // when
    rows.put("main:BTCUSDT", row("1.5"));

    // then
    assertThat(rows.find("main:BTCUSDT").orElseThrow().getQuantity().scale()).isEqualTo(18);
    assertThat(rows.startingWith("main:")).singleElement().isEqualTo(store.get("main:BTCUSDT"));
    assertThat(rows.find("main:BTCUSDT")).isEqualTo(new StoredRows<>(store).find("main:BTCUSDT"));
  }

  @Test
  void shouldShowTheLastRowThatWasWrittenAndNoneThatWasTakenAway() {
    // given
    StoredRows<PositionLedger> rows = new StoredRows<>(store);
    rows.put("main:BTCUSDT", row("1"));
    rows.put("main3:BTCUSDT", row("3"));
    assertThat(rows.all()).hasSize(2);

    // when
    rows.put("main:BTCUSDT", row("2"));
    rows.delete("main3:BTCUSDT");

    // then
    assertThat(rows.all()).extracting(each -> each.getQuantity().intValue()).containsExactly(2);
    assertThat(rows.keys()).containsExactly(MAIN + ":BTCUSDT");
    assertThat(rows.find("main3:BTCUSDT")).isEmpty();
  }

  /** What forgets goes by the order of keys: a replay must come to the same as before. */
  @Test
  void shouldListAccountsInTheOrderOfTheStore() {
    // given: names of which one begins another
    StoredRows<PositionLedger> rows = new StoredRows<>(store);
    List<String> keys = List.of("a:B", "a-b:A", "a:A", "ab:A", "a_:A", "a|A");

    // when
    keys.forEach(key -> rows.put(key, row("1")));

    // then
    List<String> stored = new ArrayList<>();
    try (KeyValueIterator<String, PositionLedger> all = store.all()) {
      all.forEachRemaining(row -> stored.add(row.key));
    }
    assertThat(rows.keys()).isEqualTo(stored).hasSize(keys.size());
    assertThat(new StoredRows<>(store).keys()).isEqualTo(stored);
    assertThat(rows.startingWith("a:")).hasSize(2);
    assertThat(rows.startingWith("a|")).hasSize(1);
  }
}
