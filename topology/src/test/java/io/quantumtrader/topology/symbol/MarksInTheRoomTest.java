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
final class MarksInTheRoomTest {

  private static final String REGISTRY = "marks-in-the-room";

  @TempDir Path directory;
  private SymbolDriver room;

  @BeforeEach
  void openRoom() {
    room = new SymbolDriver(directory, REGISTRY);
    room.ledger(row("main", "98"));
    room.ledger(row("second", "90"));
    room.candle(candle(1, "100").build());
    room.drain();
  }

  @AfterEach
  void closeRoom() {
    room.close();
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
    return room.snapshots().stream().map(TestRecord::value).toList();
  }

  @Test
  void shouldValueEachAccountAtAMarkAndProposeByItsOwnStop() {
    // when
    room.mark(SYMBOL, "97", at(2) + 5_000);

    // then
    List<TestRecord<String, PositionSnapshot>> snapshots = room.snapshots();
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
    List<TestRecord<String, HarvestProposal>> proposals = room.proposals();
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
    assertThat(room.states()).isEmpty();
    assertThat(room.codes()).isEmpty();
  }

  @Test
  void shouldSayWhatThePriceCameFrom() {
    // when
    room.mark(SYMBOL, "97", at(2) + 5_000);
    List<TestRecord<String, PositionSnapshot>> byMark = room.snapshots();
    List<TestRecord<String, HarvestProposal>> proposed = room.proposals();
    room.candle(candle(2, "97").build());

    // then
    assertThat(byMark).allSatisfy(each -> assertThat(source(each)).isEqualTo("mark"));
    assertThat(proposed)
        .isNotEmpty()
        .allSatisfy(each -> assertThat(source(each)).isEqualTo("mark"));
    assertThat(room.snapshots()).hasSize(2).allSatisfy(each -> assertThat(source(each)).isNull());
  }

  private static String source(TestRecord<?, ?> record) {
    Header header = record.headers().lastHeader(MarketHeaders.MARK_SOURCE);
    return header == null ? null : new String(header.value(), UTF_8);
  }

  @Test
  void shouldLeaveAStandInToTheCandle() {
    // when
    room.mark(candle(2, "97").build(), Marks.standIn());

    // then
    assertThat(room.snapshots()).isEmpty();
    assertThat(room.proposals()).isEmpty();
    assertThat(room.decisions()).isEmpty();
    assertThat(room.deadLetters()).isEmpty();
  }

  @Test
  void shouldTakeAMarkWithAnotherSourceForAPrice() {
    // when
    room.mark(
        Marks.at(SYMBOL, "97", at(2) + 1),
        new RecordHeaders().add(MarketHeaders.MARK_SOURCE, "index".getBytes(UTF_8)));

    // then
    assertThat(room.snapshots()).hasSize(2);
  }

  @Test
  void shouldRecordWhatIsSuspectOrLateAndChangeNothing() {
    // when
    room.mark(SYMBOL, "79.9", at(2) + 1_000);
    room.mark(SYMBOL, "101", at(2) + 2_000);
    room.drain();
    room.mark(SYMBOL, "79.9", at(2) + 3_000);
    room.mark(SYMBOL, "97", at(2) + 1_999);
    room.mark(SYMBOL, "0", at(2) + 4_000);

    // then
    assertThat(room.codes()).containsExactly("MARK_SUSPECT", "MARK_OUT_OF_ORDER", "MARK_INVALID");
    assertThat(room.snapshots()).isEmpty();
    assertThat(room.proposals()).isEmpty();

    // and: the price is still the one before them
    room.ledger(Rows.open(2).setAccount("main").build());
    assertThat(snapshots().getFirst().getMarkPrice()).isEqualByComparingTo("101");
  }

  @Test
  void shouldMeasureASuspectMarkAgainstTheLastOne() {
    // when: 25 from the close, 4 from the mark between
    room.mark(SYMBOL, "119", at(2) + 1_000);
    room.mark(SYMBOL, "125", at(2) + 2_000);

    // then
    assertThat(room.codes()).isEmpty();
    assertThat(snapshots().getLast().getMarkPrice()).isEqualByComparingTo("125");
  }

  @Test
  void shouldKeepMarketStateOutOfIt() {
    // given: the same candles with and without marks
    for (int i = 2; i < 300; i++) {
      room.candle(candle(i, i % 3 == 0 ? "100" : "100.5").build());
    }
    room.drain();

    // when
    room.mark(SYMBOL, "118", at(300) + 1_000);
    room.candle(candle(300, "100.2").build());

    // then: neither the mark nor its distance moved what candles are judged by
    assertThat(room.codes()).isEmpty();
    assertThat(room.states())
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
    room.mark(SYMBOL, "100", at(2) + 1);
    for (int i = 2; i < 300; i++) {
      room.candle(candle(i, i % 3 == 0 ? "100" : "100.5").build());
    }
    double sigma = room.states().getLast().value().getSigma();
    room.drain();

    // when
    room.mark(SYMBOL, "97", at(300) + 1_000);

    // then
    assertThat(room.proposals().getFirst().value().getSigma()).isEqualTo(sigma);
  }

  @Test
  void shouldNotGoBackToTheCloseOfACandleThatIsOlderThanTheMark() {
    // when
    room.mark(SYMBOL, "103", at(3) + 2_000);
    room.drain();
    room.candle(candle(2, "101").build());

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
    room.candle(candle(2, "100").build());
    room.mark(SYMBOL, "106", at(3) + 2_000);
    room.drain();

    // when
    room.candle(candle(2, "100.5").build());

    // then
    assertThat(snapshots().getLast().getPeakPrice()).isEqualByComparingTo("106");
  }

  @Test
  void shouldKnowTheMarkAfterARestart() {
    // given
    room.mark(SYMBOL, "103", at(2) + 2_000);

    // when
    room = room.restarted(directory, REGISTRY);
    room.mark(SYMBOL, "97", at(2) + 1_000);

    // then
    assertThat(room.codes()).containsExactly("MARK_OUT_OF_ORDER");
  }

  @Test
  void shouldDeadLetterWhatIsNoMark() {
    // when
    Candle other = Marks.at("A:B", "1", at(2));
    room.mark(other, new RecordHeaders());
    room.unreadableMark(SYMBOL);

    room.mark(SYMBOL, "97", at(2) + 5_000);

    // then: the driver shows no dead letter of what cannot be read; the next mark counts
    assertThat(room.deadLetters()).containsExactly("SYMBOL_INVALID");
    assertThat(snapshots()).hasSize(2);
  }
}
