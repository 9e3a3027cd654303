package io.quantumtrader.execution.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.execution.Plans;
import io.quantumtrader.execution.Positions;
import io.quantumtrader.execution.exchange.MarketOrder;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.PositionHold;
import io.quantumtrader.schemas.avro.PositionSide;
import io.quantumtrader.schemas.avro.ResultOrigin;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
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

  @ParameterizedTest
  @CsvSource({"true, 0, 1", "false, 0, 0", "true, 1, 0"})
  void shouldAdoptOnceWhatTheLedgerKnowsNothingOf(boolean adopts, String booked, int adopted) {
    // given: two coins on the exchange
    adopting(adopts);
    byHand(OrderSide.BUY);
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
              assertThat(result.getFill().getAtMs()).isEqualTo(result.getAtMs() - 7);
            });
    assertThat(calls("execute")).isEmpty();
  }

  private void adopting(boolean adopts) {
    settings = MockClients.settings().adopts(adopts);
    desk = takenUp(PartitionHistory.NONE);
  }

  /** Trades two coins as the trader himself may do. */
  private void byHand(OrderSide side) {
    var unused =
        exchange
            .paper()
            .execute(
                new MarketOrder(
                    "main", ETH, side, new BigDecimal("2"), side == OrderSide.SELL, "hand", NOW));
  }

  private long adopted() {
    return results.stream().filter(each -> each.getOrigin() == ResultOrigin.ADOPTED).count();
  }

  private void looks(int count) {
    for (int looks = 0; looks < count; looks++) {
      later();
    }
  }

  @Test
  void shouldNotAdoptWhileTheExchangeHasNotToldWhatHappened() {
    // given
    adopting(true);
    byHand(OrderSide.BUY);
    exchange.searched(false);

    // when
    looks(12);
    long before = adopted();
    exchange.searched(true);
    looks(4);

    // then
    assertThat(before).isZero();
    assertThat(adopted()).isEqualTo(1);
  }

  @Test
  void shouldNotAdoptWhileAPlanInTheSymbolIsUnderWay() {
    // given: an entry that was filled, and whose answer is lost for minutes
    adopting(true);
    exchange.loseAnswers(1_000);
    take(entry());

    // when
    looks(15);

    // then
    assertThat(adopted()).isZero();
    assertThat(results).noneMatch(ApplyResult::getFinalResult);
  }

  @Test
  void shouldNotAdoptWhatTheLedgerHasNotBookedYet() {
    // given: an entry that was filled and reported, while the account stages are down
    adopting(true);
    open2();

    // when
    looks(15);
    long before = adopted();
    ledger.set(
        Positions.row("main", ETH, PositionSide.FLAT, "0")
            .setLastFillId(results.getLast().getFill().getFillId())
            .build());
    looks(12);

    // then: once it has booked that, what is there besides may be adopted
    assertThat(before).isZero();
    assertThat(adopted()).isEqualTo(1);
  }

  @Test
  void shouldNotAdoptAfterARestartWhatWasReportedAndIsNotBooked() {
    // given
    adopting(true);
    open2();

    // when
    desk = takenUp(new PartitionHistory(NOW, Map.of(), List.copyOf(results), Map.of()));
    looks(15);

    // then
    assertThat(adopted()).isZero();
  }
}
