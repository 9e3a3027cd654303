package io.quantumtrader.topology.decision.entry;

import static io.quantumtrader.topology.Given.BTC;
import static io.quantumtrader.topology.Given.NOON;
import static io.quantumtrader.topology.Given.intent;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.IntentAction;
import io.quantumtrader.schemas.avro.PositionSide;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.topology.Given;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A locked symbol takes no entries; closes by intent pass. */
final class BridgeLocksTest {

  private final BridgeViews views = new BridgeViews();

  @ParameterizedTest
  @CsvSource({"-1, entry BUY", "0, entry BUY", "1, SYMBOL_LOCKED"})
  void shouldDenyAnEntryBeforeTheLockEnds(long after, String code) {
    views.locks = List.of(Given.lock(BTC, true, false, NOON + after));

    assertThat(views.code(intent("i"))).isEqualTo(code);
  }

  @Test
  void shouldLetAnEntryPassALockOfExits() {
    views.locks = List.of(Given.lock(BTC, false, true, null));

    assertThat(views.code(intent("i"))).isEqualTo("entry BUY");
  }

  @Test
  void shouldNameTheTradingStateFirst() {
    views.locks = List.of(Given.lock(BTC, true, true, null));
    views.trading = TradingState.REDUCING;

    assertThat(views.code(intent("i"))).isEqualTo("TRADING_REDUCING");
  }

  /** A close, reduceOnly, and the opposite side of what is open with no more than that. */
  @Test
  void shouldLetEachKindOfCloseByIntentPass() {
    views.locks = List.of(Given.lock(BTC, true, true, null));
    views.open(PositionSide.LONG, "0.02");

    assertThat(views.code(BridgeViews.close())).isEqualTo("close SELL");
    assertThat(views.code(BridgeViews.sized(IntentAction.SELL, "0.01").setReduceOnly(true)))
        .isEqualTo("close SELL 0.01");
    assertThat(views.code(BridgeViews.sized(IntentAction.SELL, "0.02")))
        .isEqualTo("close SELL 0.02");
    assertThat(views.code(BridgeViews.sized(IntentAction.SELL, "0.021")))
        .as("what would open the other side is an entry")
        .isEqualTo("SYMBOL_LOCKED");
  }
}
