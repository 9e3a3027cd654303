package io.quantumtrader.topology.decision;

import static io.quantumtrader.topology.Given.BTC;
import static io.quantumtrader.topology.Given.MAIN;
import static io.quantumtrader.topology.Given.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.Control;
import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.avro.SymbolLock;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.schemas.reason.ReasonCode;
import io.quantumtrader.schemas.topic.Accounts;
import io.quantumtrader.topology.Given;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a lock of a symbol holds back, and until when. */
final class SymbolLocksTest {

  private static Optional<ReasonCode> entries(SymbolLock... locks) {
    return SymbolLocks.ofEntries(List.of(locks), BTC, NOON).map(Finding::code);
  }

  private static Optional<ReasonCode> exits(ExitTrigger trigger, SymbolLock... locks) {
    return SymbolLocks.ofExits(List.of(locks), BTC, trigger, NOON).map(Finding::code);
  }

  @ParameterizedTest(name = "until noon {0} ms -> holds: {1}")
  @CsvSource({"-1, false", "0, false", "1, true"})
  void shouldHoldBeforeItsEndAndNotAtIt(long after, boolean holds) {
    SymbolLock lock = Given.lock(BTC, true, true, NOON + after);

    assertThat(entries(lock).isPresent()).isEqualTo(holds);
    assertThat(exits(ExitTrigger.RUNG, lock).isPresent()).isEqualTo(holds);
  }

  @Test
  void shouldHoldUntilItIsTakenOffWithoutAnEnd() {
    Finding why =
        SymbolLocks.ofEntries(List.of(Given.lock(BTC, true, false, null)), BTC, Long.MAX_VALUE - 1)
            .orElseThrow();

    assertThat(why.code()).isEqualTo(ReasonCode.SYMBOL_LOCKED);
    assertThat(Denials.text(why.numbers().list()))
        .contains("lockedUntilMs=until it is taken off", "lock=lock-1");
  }

  @Test
  void shouldSayUntilWhenAndWhatTheClockShows() {
    Finding why =
        SymbolLocks.ofExits(
                List.of(Given.lock(BTC, false, true, NOON + 7)), BTC, ExitTrigger.KILL_SCORE, NOON)
            .orElseThrow();

    assertThat(why.code()).isEqualTo(ReasonCode.EXIT_LOCKED);
    assertThat(Denials.text(why.numbers().list()))
        .contains("lockedUntilMs=" + (NOON + 7), "nowMs=" + NOON);
  }

  @ParameterizedTest
  @CsvSource({"true, true, true, true", "true, false, true, false", "false, true, false, true"})
  void shouldHoldWhatItNames(boolean entries, boolean exits, boolean noEntry, boolean noExit) {
    SymbolLock lock = Given.lock(BTC, entries, exits, null);

    assertThat(entries(lock).isPresent()).isEqualTo(noEntry);
    assertThat(exits(ExitTrigger.RUNG, lock).isPresent()).isEqualTo(noExit);
  }

  @Test
  void shouldHoldNoOtherSymbolNotEvenOneThatBeginsAlike() {
    assertThat(entries(Given.lock("BTCUSD", true, true, null))).isEmpty();
    assertThat(entries(Given.lock("BTCUSDTX", true, true, null))).isEmpty();
    assertThat(exits(ExitTrigger.RUNG, Given.lock("BTCUSD", true, true, null))).isEmpty();
  }

  /** Closing is never held back by a gate that limits opening; this is what a lock may hold. */
  @ParameterizedTest
  @EnumSource(ExitTrigger.class)
  void shouldHoldOfExitsWhatHarvestProposesAndNothingThatProtectsOrThatSomebodyAskedFor(
      ExitTrigger trigger) {
    boolean passes =
        switch (trigger) {
          case STOP_HIT, TARGET_HIT, MANUAL_CLOSE, LIQUIDATION_GUARD, INTENT -> true;
          case NONE, RUNG, KILL_SCORE, PROFIT_LOCK, TRAILING_STOP, UNRECOGNIZED -> false;
        };

    assertThat(exits(trigger, Given.lock(BTC, true, true, null)).isEmpty()).isEqualTo(passes);
  }

  @Test
  void shouldNameTheLockThatHoldsLongest() {
    SymbolLock shorter = Given.lock(BTC, true, false, NOON + 5);
    SymbolLock longer = Given.lock(BTC, true, false, NOON + 6);

    Finding why = SymbolLocks.ofEntries(List.of(longer, shorter), BTC, NOON).orElseThrow();

    assertThat(Denials.text(why.numbers().list())).contains("lockedUntilMs=" + (NOON + 6));
  }

  @Test
  void shouldHoldByTheRecordOfAllAndByTheAccounts() {
    // given
    Control all = control(Accounts.ALL_ORDERS, Given.lock(BTC, true, false, null));
    Control own = control(MAIN, Given.lock("ETHUSDT", false, true, null));

    // when
    List<SymbolLock> locks = SymbolLocks.in(List.of(all, own));

    // then
    assertThat(SymbolLocks.ofEntries(locks, BTC, NOON)).isPresent();
    assertThat(SymbolLocks.ofExits(locks, "ETHUSDT", ExitTrigger.RUNG, NOON)).isPresent();
    assertThat(SymbolLocks.ofEntries(locks, "ETHUSDT", NOON)).isEmpty();
  }

  private static Control control(String key, SymbolLock lock) {
    return Control.newBuilder(Given.control(key, TradingState.ACTIVE))
        .setLocks(List.of(lock))
        .build();
  }
}
