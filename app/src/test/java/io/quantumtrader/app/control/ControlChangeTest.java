package io.quantumtrader.app.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.quantumtrader.schemas.avro.Control;
import io.quantumtrader.schemas.avro.ManualClose;
import io.quantumtrader.schemas.avro.ReduceOrder;
import io.quantumtrader.schemas.avro.RiskBackfill;
import io.quantumtrader.schemas.avro.StopOrder;
import io.quantumtrader.schemas.avro.SymbolLock;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.schemas.topic.Accounts;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A record replaces the one before it whole: what is not changed is taken over. */
final class ControlChangeTest {

  private static final long NOW = 1_763_553_600_000L;
  private static final long DAY = Duration.ofDays(1).toMillis();
  private static final BigDecimal PRICE = new BigDecimal("70500").setScale(18);

  private final ControlChange change = new ControlChange("main", "because", "ops", NOW);

  /** Everything that a record can hold, at a time. */
  private static Control full(long atMs) {
    return Control.newBuilder()
        .setAccount("main")
        .setTradingState(TradingState.REDUCING)
        .setReason("calm")
        .setAtMs(atMs)
        .setCloses(List.of(ManualClose.newBuilder().setId("close").setAtMs(atMs).build()))
        .setBackfills(List.of(RiskBackfill.newBuilder().setId("backfill").setAtMs(atMs).build()))
        .setReduces(
            List.of(
                ReduceOrder.newBuilder().setId("reduce").setToExposure(0.5).setAtMs(atMs).build()))
        .setStops(
            List.of(
                StopOrder.newBuilder()
                    .setId("stop")
                    .setSymbol("XUSDT")
                    .setPrice(PRICE)
                    .setAtMs(atMs)
                    .build()))
        .setLocks(List.of(lock("XUSDT", true, true, null)))
        .build();
  }

  private static SymbolLock lock(String symbol, boolean entries, boolean exits, Long untilMs) {
    return SymbolLock.newBuilder()
        .setId("lock of " + symbol)
        .setSymbol(symbol)
        .setEntries(entries)
        .setExits(exits)
        .setUntilMs(untilMs)
        .setAtMs(1)
        .build();
  }

  private Map<String, UnaryOperator<Control>> changes() {
    LockScope btc = new LockScope("BTCUSDT", true, true);
    return Map.of(
        "state", before -> change.withState(before, TradingState.HALTED),
        "close", before -> change.withClose(before, "n", "BTCUSDT"),
        "backfill", before -> change.withBackfill(before, "n", "BTCUSDT", List.of()),
        "reduce", before -> change.withReduce(before, "n", 0.6),
        "stop", before -> change.withStop(before, "n", "BTCUSDT", PRICE),
        "lock", before -> change.withLock(before, "n", btc, null, NOW),
        "unlock", before -> change.withoutLock(before, btc, NOW));
  }

  @ParameterizedTest
  @ValueSource(strings = {"state", "close", "backfill", "reduce", "stop", "lock", "unlock"})
  void shouldKeepEverythingElse(String what) {
    Control before = full(NOW - DAY);

    Control after = changes().get(what).apply(before);

    assertThat(after.getCloses()).containsAll(before.getCloses());
    assertThat(after.getBackfills()).containsAll(before.getBackfills());
    assertThat(after.getReduces()).containsAll(before.getReduces());
    assertThat(after.getStops()).containsAll(before.getStops());
    assertThat(after.getLocks()).containsAll(before.getLocks());
    assertThat(sizes(after)).isEqualTo(what.equals("state") || what.equals("unlock") ? 5 : 6);
    assertThat(after.getTradingState())
        .isEqualTo(what.equals("state") ? TradingState.HALTED : TradingState.REDUCING);
    assertThat(after.getReason()).isEqualTo(what.equals("state") ? "because" : "calm");
  }

  @ParameterizedTest
  @ValueSource(strings = {"state", "close", "backfill", "reduce", "stop", "lock", "unlock"})
  void shouldDropOrdersOfMoreThanADayAgoAndNoLockThatHolds(String what) {
    Control after = changes().get(what).apply(full(NOW - DAY - 1));

    assertThat(after.getLocks()).extracting(SymbolLock::getSymbol).contains("XUSDT");
    assertThat(sizes(after)).isEqualTo(what.equals("state") || what.equals("unlock") ? 1 : 2);
  }

  private static int sizes(Control control) {
    return control.getCloses().size()
        + control.getBackfills().size()
        + control.getReduces().size()
        + control.getStops().size()
        + control.getLocks().size();
  }

  /** The wall clock says nothing of a lock: a replay of last year has a clock of last year. */
  @ParameterizedTest
  @ValueSource(strings = {"state", "close", "backfill", "reduce", "stop"})
  void shouldKeepALockThatTheWallClockTakesForLapsed(String what) {
    Control before =
        Control.newBuilder(full(NOW))
            .setLocks(List.of(lock("XUSDT", true, true, NOW - 400 * DAY)))
            .build();

    assertThat(changes().get(what).apply(before).getLocks()).isEqualTo(before.getLocks());
  }

  @ParameterizedTest(name = "with {0} ms left a lock is kept: {1}")
  @CsvSource({"-1, false", "0, false", "1, true"})
  void shouldDropWithTheNextLockWhatHasLapsedOnThePipelinesClock(long leftMs, boolean kept) {
    long clockMs = NOW - 400 * DAY;
    LockScope btc = new LockScope("BTCUSDT", true, true);
    Control before =
        Control.newBuilder(full(NOW))
            .setLocks(List.of(lock("XUSDT", true, true, clockMs + leftMs)))
            .build();

    assertThat(change.withLock(before, "n", btc, null, clockMs).getLocks()).hasSize(kept ? 2 : 1);
    assertThat(change.withoutLock(before, btc, clockMs).getLocks()).hasSize(kept ? 1 : 0);
  }

  @Test
  void shouldWriteWhatWasOrderedWithWhoAndWhy() {
    Control after =
        change.withLock(full(NOW), "n", new LockScope("BTCUSDT", true, false), NOW + 5, NOW);

    SymbolLock lock = after.getLocks().getLast();
    assertThat(lock)
        .isEqualTo(new SymbolLock("n", "BTCUSDT", true, false, NOW + 5, "because", "ops", NOW));
    assertThat(change.withReduce(full(NOW), "n", 0.6).getReduces().getLast())
        .isEqualTo(new ReduceOrder("n", 0.6, "because", "ops", NOW));
    assertThat(change.withStop(full(NOW), "n", "BTCUSDT", PRICE).getStops().getLast())
        .isEqualTo(new StopOrder("n", "BTCUSDT", PRICE, "because", "ops", NOW));
  }

  /** What is locked again has the new end; what of it the new lock does not name keeps the old. */
  @Test
  void shouldTakeThePlaceOfTheOlderLockAsFarAsItSaysTheSame() {
    Control before = full(NOW);

    Control after = change.withLock(before, "n", new LockScope("XUSDT", true, false), NOW + 5, NOW);

    assertThat(after.getLocks())
        .extracting(SymbolLock::getEntries, SymbolLock::getExits, SymbolLock::getUntilMs)
        .containsExactly(tuple(false, true, null), tuple(true, false, NOW + 5));
  }

  @ParameterizedTest
  @CsvSource({"true, false, 1", "false, true, 1", "true, true, 0"})
  void shouldTakeOffThePartThatIsNamed(boolean entries, boolean exits, int left) {
    Control after = change.withoutLock(full(NOW), new LockScope("XUSDT", entries, exits), NOW);

    assertThat(after.getLocks()).hasSize(left);
    assertThat(after.getLocks())
        .allSatisfy(lock -> assertThat(lock.getEntries()).isEqualTo(!entries));
  }

  @ParameterizedTest
  @CsvSource({
    "main, true, ACTIVE",
    "main, false, REDUCING",
    "*, false, REDUCING",
    "*:orders, false, ACTIVE"
  })
  void shouldStandInForARecordThatWasNeverWrittenWithoutAChangeOfState(
      String key, boolean all, TradingState state) {
    Control absent = new ControlChange(key, "", "ops", NOW).absent(all);

    assertThat(absent.getTradingState()).isEqualTo(state);
    assertThat(absent.getAccount()).isEqualTo(key);
  }

  @Test
  void shouldShowEachLockAndOrder() {
    Control record =
        Control.newBuilder(full(NOW))
            .setLocks(
                List.of(
                    lock("XUSDT", true, true, null),
                    lock("YUSDT", true, false, NOW),
                    lock("ZUSDT", false, true, NOW)))
            .build();

    assertThat(ControlText.lines(record))
        .containsExactly(
            "main: REDUCING (calm)",
            "  lock XUSDT: entries and exits  lock of XUSDT",
            "  lock YUSDT: entries until 2025-11-19T12:00:00Z  lock of YUSDT",
            "  lock ZUSDT: exits until 2025-11-19T12:00:00Z  lock of ZUSDT",
            "  close everything  close",
            "  reduce to 50 %  reduce",
            "  stop of XUSDT to 70500  stop",
            "  backfill risk of everything  backfill");
    Control all = Control.newBuilder(record).setAccount(Accounts.ALL_ORDERS).build();
    assertThat(ControlText.lines(all).getFirst()).isEqualTo("ordered of all accounts:");
  }
}
