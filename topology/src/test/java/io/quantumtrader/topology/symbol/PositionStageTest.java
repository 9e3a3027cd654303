package io.quantumtrader.topology.symbol;

import static io.quantumtrader.topology.decision.market.Candles.SYMBOL;
import static io.quantumtrader.topology.decision.market.Candles.at;
import static io.quantumtrader.topology.decision.market.Candles.candle;
import static io.quantumtrader.topology.decision.market.Candles.dec;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.ExchangePosition;
import io.quantumtrader.schemas.avro.ExchangeView;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.PositionSide;
import io.quantumtrader.schemas.avro.PositionSnapshot;
import io.quantumtrader.topology.Given;
import io.quantumtrader.topology.decision.snapshot.Rows;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ledger rows and candles to valued positions through the whole sub-topology. */
final class PositionStageTest {

  private static final String REGISTRY = "position-stage";

  @TempDir Path directory;
  private SymbolDriver driver;

  @BeforeEach
  void openDriver() {
    driver = new SymbolDriver(directory, REGISTRY);
  }

  @AfterEach
  void closeDriver() {
    driver.close();
  }

  private static PositionLedger.Builder row(String account, String symbol, long n) {
    return Rows.open(n).setAccount(account).setSymbol(symbol);
  }

  @Test
  void shouldValueANewRowAtOnceAtTheLastPrice() {
    // given
    driver.candle(candle(0, "104").build());

    // when
    driver.ledger(row("main", SYMBOL, 1).build());

    // then
    TestRecord<String, PositionSnapshot> record = driver.snapshots().getFirst();
    assertThat(record.key()).isEqualTo("main:" + SYMBOL);
    assertThat(record.timestamp()).isEqualTo(at(1));
    assertThat(record.value().getMarkPrice()).isEqualByComparingTo("104");
    assertThat(record.value().getUnrealizedPnl()).isEqualByComparingTo("8");
    assertThat(record.value().getAsOfMs()).isEqualTo(at(1));
    assertThat(record.value().getAgeMs()).isZero();
  }

  @Test
  void shouldWaitForAPriceWhereNoneIsKnown() {
    // given
    driver.ledger(row("main", SYMBOL, 1).build());
    assertThat(driver.snapshots()).isEmpty();

    // when
    driver.candle(candle(1, "103").build());

    // then
    List<TestRecord<String, PositionSnapshot>> snapshots = driver.snapshots();
    assertThat(snapshots).hasSize(1);
    assertThat(snapshots.getFirst().timestamp()).isEqualTo(at(2));
    assertThat(snapshots.getFirst().value().getUnrealizedPnl()).isEqualByComparingTo("6");
    assertThat(snapshots.getFirst().value().getAgeMs()).isEqualTo(60_000);
  }

  @Test
  void shouldRevalueTheSymbolsOwnOpenPositionsAndNoOthers() {
    // given
    driver.ledger(row("main", SYMBOL, 1).build());
    driver.ledger(row("second", SYMBOL, 1).setSide(PositionSide.SHORT).build());
    driver.ledger(row("main", SYMBOL + "2", 1).build());
    driver.ledger(row("main", "ETHUSDT", 1).build());
    driver.ledger(row("third", SYMBOL, 1).build());
    driver.ledger(Rows.flat(2).setAccount("third").setSymbol(SYMBOL).build());
    driver.drain();

    // when
    driver.candle(candle(2, "101").build());

    // then
    assertThat(driver.snapshots())
        .extracting(TestRecord::key)
        .containsExactly("main:" + SYMBOL, "second:" + SYMBOL);
  }

  @Test
  void shouldTakeTheSnapshotAwayWhenThePositionIsFlat() {
    // given
    driver.candle(candle(0).build());
    driver.ledger(row("main", SYMBOL, 1).build());
    driver.drain();

    // when
    driver.ledger(Rows.flat(2).build());
    driver.ledger(Rows.flat(3).build());

    // then
    List<TestRecord<String, PositionSnapshot>> snapshots = driver.snapshots();
    assertThat(snapshots).hasSize(1);
    assertThat(snapshots.getFirst().key()).isEqualTo("main:" + SYMBOL);
    assertThat(snapshots.getFirst().value()).isNull();
    assertThat(snapshots.getFirst().timestamp()).isEqualTo(at(2));
  }

  @Test
  void shouldNotGoBackToAnOlderRow() {
    // given
    driver.candle(candle(0).build());
    driver.ledger(row("main", SYMBOL, 5).setQuantity(dec("3")).build());
    driver.drain();

    // when
    driver.ledger(row("main", SYMBOL, 4).build());
    driver.candle(candle(5).build());

    // then
    List<TestRecord<String, PositionSnapshot>> snapshots = driver.snapshots();
    assertThat(snapshots).hasSize(1);
    assertThat(snapshots.getFirst().value().getQuantity()).isEqualByComparingTo("3");
  }

  @Test
  void shouldHoldOnToTheLastGoodPriceWhileItIsSuspect() {
    // given
    driver.candle(candle(0).build());
    driver.ledger(row("main", SYMBOL, 1).build());
    driver.drain();

    // when
    driver.candle(candle(1, "150").build());
    List<TestRecord<String, PositionSnapshot>> whileSuspect = driver.snapshots();
    driver.candle(candle(2, "151").build());

    // then
    assertThat(whileSuspect).isEmpty();
    PositionSnapshot restored = driver.snapshots().getFirst().value();
    assertThat(restored.getMarkPrice()).isEqualByComparingTo("151");
    assertThat(restored.getPeakPrice()).isEqualByComparingTo("152");
  }

  @Test
  void shouldTakeBackWhatAReplacedCandleAdded() {
    // given
    driver.candle(candle(0).build());
    driver.ledger(row("main", SYMBOL, 1).build());
    driver.candle(candle(1, "110").build());
    driver.drain();

    // when
    driver.candle(candle(1, "102").build());

    // then
    PositionSnapshot snapshot = driver.snapshots().getFirst().value();
    assertThat(snapshot.getMarkPrice()).isEqualByComparingTo("102");
    assertThat(snapshot.getPeakPrice()).isEqualByComparingTo("103");
  }

  @Test
  void shouldValueAtThePriceBeforeACandleThatTurnsOutSuspect() {
    // given
    driver.candle(candle(0).build());
    driver.ledger(row("main", SYMBOL, 1).build());
    driver.candle(candle(1, "110").build());
    driver.drain();

    // when
    driver.candle(candle(1, "150").build());

    // then
    PositionSnapshot snapshot = driver.snapshots().getFirst().value();
    assertThat(snapshot.getMarkPrice()).isEqualByComparingTo("100");
    assertThat(snapshot.getPeakPrice()).isEqualByComparingTo("100");
    assertThat(snapshot.getAsOfMs()).isEqualTo(at(1));
  }

  @Test
  void shouldKnowItsPositionsAfterARestart() {
    // given
    driver.candle(candle(0).build());
    driver.ledger(row("main", SYMBOL, 1).build());
    driver.candle(candle(1, "110").build());

    // when
    driver = driver.restarted(directory, REGISTRY);
    driver.candle(candle(2, "105").build());

    // then
    PositionSnapshot snapshot = driver.snapshots().getFirst().value();
    assertThat(snapshot.getPeakPrice()).isEqualByComparingTo("111");
    assertThat(snapshot.getUnrealizedPnl()).isEqualByComparingTo("10");
  }

  @Test
  void shouldDeadLetterARowWithoutValue() {
    // when
    driver.noLedger("main:" + SYMBOL);

    // then
    assertThat(driver.deadLetters()).containsExactly("VALUE_MISSING");
  }

  private static ExchangeView saidAt(long asOfMs) {
    ExchangePosition position = Given.exchangePosition(SYMBOL, "2").build();
    return new ExchangeView("main", SYMBOL, asOfMs, position, 0L, null);
  }

  /** One that says nothing is told; those that follow are taken. */
  @Test
  void shouldDeadLetterAViewOfTheExchangeWithoutValue() {
    // given
    driver.candle(candle(0).build());
    driver.ledger(row("main", SYMBOL, 1).build());

    // when
    driver.view("main:" + SYMBOL, null, at(1));
    driver.view("main:" + SYMBOL, saidAt(at(1)), at(1));
    driver.candle(candle(1, "110").build());

    // then
    assertThat(driver.deadLetters()).containsExactly("VALUE_MISSING");
    assertThat(driver.snapshots().getLast().value().getExchange()).isNotNull();
  }
}
