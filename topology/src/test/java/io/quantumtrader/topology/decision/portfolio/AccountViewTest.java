package io.quantumtrader.topology.decision.portfolio;

import static io.quantumtrader.topology.Given.BTC;
import static io.quantumtrader.topology.Given.MAIN;
import static io.quantumtrader.topology.Given.NOON;
import static io.quantumtrader.topology.Given.dec;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.PositionSide;
import io.quantumtrader.topology.Given;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** An account with a position in BTC and one in ETH, of which that in BTC changes. */
final class AccountViewTest {

  private static final PositionLedger BTC_ROW = Given.longBtc().build();
  private static final PositionLedger ETH_ROW =
      Given.position("ETHUSDT", PositionSide.SHORT, "1", "3000").build();
  private static final ValuedPosition ETH_VALUE =
      new ValuedPosition(ETH_ROW, dec("2900"), NOON - 2);
  private static final AccountView VIEW =
      new AccountView(
          MAIN,
          Given.policy().build(),
          Optional.empty(),
          List.of(BTC_ROW, ETH_ROW),
          List.of(new ValuedPosition(BTC_ROW, dec("72000"), NOON - 1), ETH_VALUE),
          List.of(),
          Optional.empty());

  @Test
  void shouldKeepTheOthersAndThePriceOfAPositionThatGoesOn() {
    // given
    PositionLedger more = Given.longBtc().setQuantity(dec("0.03")).build();

    // when
    AccountView after = VIEW.with(more);

    // then
    assertThat(after.rows()).containsExactly(ETH_ROW, more);
    assertThat(after.positions())
        .containsExactly(ETH_VALUE, new ValuedPosition(more, dec("72000"), NOON - 1));
  }

  @Test
  void shouldKeepTheOthersWhereAPositionIsClosed() {
    // given
    PositionLedger flat =
        Given.longBtc().setPositionId("").setSide(PositionSide.FLAT).setQuantity(dec("0")).build();

    // when
    AccountView after = VIEW.with(flat);

    // then
    assertThat(after.rows()).containsExactly(ETH_ROW, flat);
    assertThat(after.positions()).containsExactly(ETH_VALUE);
  }

  @Test
  void shouldValueAnotherPositionAtItsEntryPrice() {
    // given
    PositionLedger next =
        Given.position(BTC, PositionSide.LONG, "1", "71500")
            .setPositionId("main:BTCUSDT:2")
            .setUpdatedAtMs(NOON)
            .build();

    // when
    AccountView after = VIEW.with(next);

    // then
    assertThat(after.positions())
        .containsExactly(ETH_VALUE, new ValuedPosition(next, dec("71500"), NOON));
  }
}
