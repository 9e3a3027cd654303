package io.quantumtrader.replay.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.ExchangePosition;
import io.quantumtrader.schemas.avro.PositionSide;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A position may be without its stop for some time in which the executor is able, not longer. */
final class StopCheckTest {

  private static final long STEP_MS = 60_000;
  private static final int STEPS = (int) (StopCheck.MOST_MS / STEP_MS);

  private final Verdicts verdicts = new Verdicts();
  private final StopCheck check = new StopCheck(verdicts);

  private static ExchangeAccount account(BigDecimal stop) {
    return ExchangeAccount.newBuilder()
        .setAccount(Given.ACCOUNT)
        .setAsOfMs(Given.NOW)
        .setWallet(BigDecimal.TEN)
        .setPositions(
            List.of(
                ExchangePosition.newBuilder()
                    .setSymbol("A")
                    .setSide(PositionSide.LONG)
                    .setQuantity(BigDecimal.ONE)
                    .setEntryPrice(BigDecimal.TEN)
                    .setLeverage(1)
                    .setStopPrice(stop)
                    .build()))
        .build();
  }

  private void look(int times, BigDecimal stop, boolean booked, boolean able) {
    for (int i = 0; i < times; i++) {
      check.look(account(stop), position -> booked, STEP_MS, able);
    }
  }

  @Test
  void shouldNoticeOneThatIsBareForTooLong() {
    look(STEPS, null, true, true);
    assertThat(verdicts.first()).isEmpty();
    look(1, null, true, true);

    assertThat(verdicts.first()).map(Broken::promise).contains(Promise.STOP_IN_PLACE);
  }

  @Test
  void shouldBeginAnewWithEachStop() {
    look(STEPS, null, true, true);
    look(1, BigDecimal.ONE, true, true);
    look(STEPS, null, true, true);

    assertThat(verdicts.first()).isEmpty();
  }

  @Test
  void shouldNotCountWhatNobodyCouldOrHadToProtect() {
    look(STEPS * 2, null, false, true);
    look(STEPS * 2, null, true, false);

    assertThat(verdicts.first()).isEmpty();
  }
}
