package io.quantumtrader.topology.symbol;

import static io.quantumtrader.topology.decision.market.Candles.SYMBOL;
import static io.quantumtrader.topology.decision.market.Candles.at;
import static io.quantumtrader.topology.decision.market.Candles.candle;
import static io.quantumtrader.topology.decision.market.Candles.dec;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.Candle;
import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.avro.HarvestProposal;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.PositionSnapshot;
import io.quantumtrader.schemas.avro.Risk;
import io.quantumtrader.schemas.avro.RiskSource;
import io.quantumtrader.schemas.topic.MarketHeaders;
import io.quantumtrader.topology.decision.market.Marks;
import io.quantumtrader.topology.decision.snapshot.Rows;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Marks between candles: long 2 at 100 of two accounts, with stops at 98 and at 90. */
final class MarksInSubtopologyTest {

  private static final String REGISTRY = "marks-in-sub-topology";

  @TempDir Path directory;
  private SymbolDriver driver;

  @BeforeEach
  void openDriver() {
    driver = new SymbolDriver(directory, REGISTRY);
    driver.ledger(row("main", "98"));
    driver.ledger(row("second", "90"));
    driver.candle(candle(1, "100").build());
    driver.drain();
  }

  @AfterEach
  void closeDriver() {
    driver.close();
  }

  private static PositionLedger row(String account, String stop) {
    return Rows.open(1)
        .setAccount(account)
        .setRisk(
            Risk.newBuilder()
                .setInitialStop(dec(stop))
                .setTarget(dec("116"))
                .setFactor(1.5)
                .setSource(RiskSource.STATE_ATR)
                .build())
        .build();
  }

  private List<PositionSnapshot> snapshots() {
    return driver.snapshots().stream().map(TestRecord::value).toList();
  }

  @Test
  void shouldValueEachAccountAtAMarkAndProposeByItsOwnStop() {
    // when
    driver.mark(SYMBOL, "97", at(2) + 5_000);

    // then
    List<TestRecord<String, PositionSnapshot>> snapshots = driver.snapshots();
    assertThat(snapshots)
        .extracting(TestRecord::key)
        .containsExactly("main:" + SYMBOL, "second:" + SYMBOL);
    assertThat(snapshots)
        .allSatisfy(
            snapshot -> {
              assertThat(snapshot.timestamp()).isEqualTo(at(2) + 5_000);
              assertThat(snapshot.value().getAsOfMs()).isEqualTo(at(2) + 5_000);
              assertThat(snapshot.value().getMarkPrice()).isEqualByComparingTo("97");
              assertThat(snapshot.value().getUnrealizedPnl()).isEqualByComparingTo("-6");
              assertThat(snapshot.value().getTroughPrice()).isEqualByComparingTo("97");
            });
    List<TestRecord<String, HarvestProposal>> proposals = driver.proposals();
    assertThat(proposals.getFirst().key()).isEqualTo("main:" + SYMBOL);
    assertThat(proposals.getFirst().value().getTrigger()).isEqualTo(ExitTrigger.STOP_HIT);
    assertThat(proposals.getFirst().value().getMarkPrice()).isEqualByComparingTo("97");
    assertThat(proposals.getFirst().value().getAsOfMs()).isEqualTo(at(2) + 5_000);
    assertThat(proposals.subList(1, proposals.size()))
        .allSatisfy(
            other -> {
              assertThat(other.key()).isEqualTo("second:" + SYMBOL);
              assertThat(other.value().getTrigger()).isNotEqualTo(ExitTrigger.STOP_HIT);
            });
    assertThat(driver.states()).isEmpty();
    assertThat(driver.codes()).isEmpty();
  }

  @Test
  void shouldSayWhatThePriceCameFrom() {
    // when
    driver.mark(SYMBOL, "97", at(2) + 5_000);
    List<TestRecord<String, PositionSnapshot>> byMark = driver.snapshots();
    List<TestRecord<String, HarvestProposal>> proposed = driver.proposals();
    driver.candle(candle(2, "97").build());

    // then
    assertThat(byMark).allSatisfy(each -> assertThat(source(each)).isEqualTo("mark"));
    assertThat(proposed)
        .isNotEmpty()
        .allSatisfy(each -> assertThat(source(each)).isEqualTo("mark"));
    assertThat(driver.snapshots()).hasSize(2).allSatisfy(each -> assertThat(source(each)).isNull());
  }

  private static String source(TestRecord<?, ?> record) {
    Header header = record.headers().lastHeader(MarketHeaders.MARK_SOURCE);
    return header == null ? null : new String(header.value(), UTF_8);
  }

  @Test
  void shouldLeaveAStandInToTheCandle() {
    // when
    driver.mark(candle(2, "97").build(), Marks.standIn());

    // then
    assertThat(driver.snapshots()).isEmpty();
    assertThat(driver.proposals()).isEmpty();
    assertThat(driver.decisions()).isEmpty();
    assertThat(driver.deadLetters()).isEmpty();
  }

  @Test
  void shouldTakeAMarkWithAnotherSourceForAPrice() {
    // when
    driver.mark(
        Marks.at(SYMBOL, "97", at(2) + 1),
        new RecordHeaders().add(MarketHeaders.MARK_SOURCE, "index".getBytes(UTF_8)));

    // then
    assertThat(driver.snapshots()).hasSize(2);
  }

  @Test
  void shouldRecordWhatIsSuspectOrLateAndChangeNothing() {
    // when
    driver.mark(SYMBOL, "79.9", at(2) + 1_000);
    driver.mark(SYMBOL, "101", at(2) + 2_000);
    driver.drain();
    driver.mark(SYMBOL, "79.9", at(2) + 3_000);
    driver.mark(SYMBOL, "97", at(2) + 1_999);
    driver.mark(SYMBOL, "0", at(2) + 4_000);

    // then
    assertThat(driver.codes()).containsExactly("MARK_SUSPECT", "MARK_OUT_OF_ORDER", "MARK_INVALID");
    assertThat(driver.snapshots()).isEmpty();
    assertThat(driver.proposals()).isEmpty();

    // and: the price is still the one before them
    driver.ledger(Rows.open(2).setAccount("main").build());
    assertThat(snapshots().getFirst().getMarkPrice()).isEqualByComparingTo("101");
  }

  @Test
  void shouldMeasureASuspectMarkAgainstTheLastOne() {
    // when: 25 from the close, 4 from the mark between
    driver.mark(SYMBOL, "119", at(2) + 1_000);
    driver.mark(SYMBOL, "125", at(2) + 2_000);

    // then
    assertThat(driver.codes()).isEmpty();
    assertThat(snapshots().getLast().getMarkPrice()).isEqualByComparingTo("125");
  }

  @Test
  void shouldKeepMarketStateOutOfIt() {
    // given: the same candles with and without marks
    for (int i = 2; i < 300; i++) {
      driver.candle(candle(i, i % 3 == 0 ? "100" : "100.5").build());
    }
    driver.drain();

    // when
    driver.mark(SYMBOL, "118", at(300) + 1_000);
    driver.candle(candle(300, "100.2").build());

    // then: neither the mark nor its distance moved what candles are judged by
    assertThat(driver.codes()).isEmpty();
    assertThat(driver.states())
        .singleElement()
        .satisfies(
            state -> {
              assertThat(state.value().getLastPrice()).isEqualByComparingTo("100.2");
              assertThat(state.value().getPriceSuspect()).isFalse();
              assertThat(state.value().getAtr()).isLessThan(3);
            });
  }

  @Test
  void shouldAskTheKernelWithTheClosesOfTheLastCandle() {
    // given: another processor of the task writes them
    driver.mark(SYMBOL, "100", at(2) + 1);
    for (int i = 2; i < 300; i++) {
      driver.candle(candle(i, i % 3 == 0 ? "100" : "100.5").build());
    }
    double sigma = driver.states().getLast().value().getSigma();
    driver.drain();

    // when
    driver.mark(SYMBOL, "97", at(300) + 1_000);

    // then
    assertThat(driver.proposals().getFirst().value().getSigma()).isEqualTo(sigma);
  }

  @Test
  void shouldNotGoBackToTheCloseOfACandleThatIsOlderThanTheMark() {
    // when
    driver.mark(SYMBOL, "103", at(3) + 2_000);
    driver.drain();
    driver.candle(candle(2, "101").build());

    // then
    assertThat(snapshots())
        .hasSize(2)
        .allSatisfy(
            snapshot -> {
              assertThat(snapshot.getMarkPrice()).isEqualByComparingTo("103");
              assertThat(snapshot.getAsOfMs()).isEqualTo(at(3) + 2_000);
            });
  }

  @Test
  void shouldKeepTheHighOfAMarkWhenACandleIsReplaced() {
    // given
    driver.candle(candle(2, "100").build());
    driver.mark(SYMBOL, "106", at(3) + 2_000);
    driver.drain();

    // when
    driver.candle(candle(2, "100.5").build());

    // then
    assertThat(snapshots().getLast().getPeakPrice()).isEqualByComparingTo("106");
  }

  @Test
  void shouldKnowTheMarkAfterARestart() {
    // given
    driver.mark(SYMBOL, "103", at(2) + 2_000);

    // when
    driver = driver.restarted(directory, REGISTRY);
    driver.mark(SYMBOL, "97", at(2) + 1_000);

    // then
    assertThat(driver.codes()).containsExactly("MARK_OUT_OF_ORDER");
  }

  @Test
  void shouldDeadLetterWhatIsNoMark() {
    // when
    Candle other = Marks.at("A:B", "1", at(2));
    driver.mark(other, new RecordHeaders());
    driver.unreadableMark(SYMBOL);

    driver.mark(SYMBOL, "97", at(2) + 5_000);

    // then: the driver shows no dead letter of what cannot be read; the next mark counts
    assertThat(driver.deadLetters()).containsExactly("SYMBOL_INVALID");
    assertThat(snapshots()).hasSize(2);
  }
}
