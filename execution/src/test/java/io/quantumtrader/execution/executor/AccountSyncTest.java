package io.quantumtrader.execution.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.execution.Plans;
import io.quantumtrader.execution.Positions;
import io.quantumtrader.execution.exchange.MarketOrder;
import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.PositionHold;
import io.quantumtrader.schemas.avro.PositionSide;
import io.quantumtrader.schemas.avro.ResultOrigin;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The exchange against the ledger: what differs, what is adopted, and how often it is asked. */
final class AccountSyncTest extends OpenPositionBase {

  @Test
  void shouldHoldEntriesWhereTheLedgerHasAnotherPosition() {
    // given: one of two coins is booked
    open2();
    ledger.set(booked("1").build());

    // when
    later();
    List<PositionHold> young = holds();
    later();

    // then
    assertThat(young).isEmpty();
    assertThat(holds())
        .singleElement()
        .satisfies(
            hold -> {
              assertThat(hold.getLedgerQuantity()).isEqualByComparingTo("1");
              assertThat(hold.getExchangeQuantity()).isEqualByComparingTo("2");
              assertThat(hold.getSinceMs()).isEqualTo(NOW + 10_000);
            });
    assertThat(calls("execute")).as("no order repairs a number").hasSize(1);
  }

  @Test
  void shouldLetGoOnceTheyAgree() {
    // given
    open2();
    ledger.set(booked("1").build());
    later();
    later();

    // when
    ledger.set(booked("2").build());
    later();

    // then
    assertThat(holds()).isEmpty();
  }

  @Test
  void shouldGoOnHoldingAfterARestart() {
    // given
    open2();
    ledger.set(booked("1").build());
    later();
    later();
    ExchangeAccount published = accounts.getLast();

    // when
    desk = takenUp(new PartitionHistory(laterMs, Map.of("main", published), results, Map.of()));
    accounts.clear();
    laterMs += AccountSync.AGE_MS;
    tick(laterMs);

    // then
    assertThat(holds()).isEqualTo(published.getHolds());
  }

  @Test
  void shouldAskOnceForManyChangesInAMoment() {
    // given: as many changes as may be asked about in a minute
    for (int number = 10; number < 10 + AccountSync.CHANGES_PER_MINUTE; number++) {
      take(Plans.entry(number, ETH, OrderSide.BUY, "0.1"));
    }
    int before = accounts.size();

    // when
    take(Plans.entry(98, ETH, OrderSide.BUY, "0.1"));
    take(Plans.entry(99, ETH, OrderSide.BUY, "0.1"));
    int within = accounts.size();
    tick(NOW + AccountSync.AGAIN_MS);

    // then
    assertThat(within).isEqualTo(before);
    assertThat(accounts).hasSize(before + 1);
    assertThat(accounts.getLast().getPositions().getFirst().getQuantity())
        .isEqualByComparingTo("1.2");
  }

  @Test
  @Tag("assumes-countdown-takes-conditionals")
  void shouldTellTheExchangeThatItIsThereOnlyWhereThatIsWanted() {
    // given
    open2();
    later();
    int quiet = calls("dead man").size();
    settings = MockClients.settings().deadMan(Duration.ofSeconds(60));
    desk = takenUp(PartitionHistory.NONE);

    // when: told each 20 s while something is open, and taken back afterwards
    later();
    later();
    later();
    var unused =
        exchange
            .paper()
            .execute(
                new MarketOrder(
                    "main", ETH, OrderSide.SELL, new BigDecimal("2"), true, "hand", laterMs));
    later();
    later();

    // then
    assertThat(quiet).isZero();
    assertThat(calls("dead man"))
        .containsExactly("dead man ETHUSDT 60", "dead man ETHUSDT 60", "dead man ETHUSDT 0");
  }

  @ParameterizedTest
  @CsvSource({"true, 0, 1", "false, 0, 0", "true, 1, 0"})
  void shouldAdoptOnceWhatTheLedgerKnowsNothingOf(boolean adopts, String booked, int adopted) {
    // given: two coins on the exchange
    settings = MockClients.settings().adopts(adopts);
    desk = takenUp(PartitionHistory.NONE);
    open2();
    PositionSide side = booked.equals("0") ? PositionSide.FLAT : PositionSide.LONG;
    ledger.set(Positions.row("main", ETH, side, booked).build());
    results.clear();

    // when
    for (int looks = 0; looks < 12; looks++) {
      later();
    }

    // then
    assertThat(results)
        .hasSize(adopted)
        .allSatisfy(
            result -> {
              assertThat(result.getOrigin()).isEqualTo(ResultOrigin.ADOPTED);
              assertThat(result.getSide()).isEqualTo(OrderSide.BUY);
              assertThat(result.getFill().getQuantity()).isEqualByComparingTo("2");
              assertThat(result.getFill().getPrice()).isEqualByComparingTo("2000.5");
            });
    assertThat(calls("execute")).hasSize(1);
  }
}
