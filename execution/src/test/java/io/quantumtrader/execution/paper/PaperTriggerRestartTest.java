package io.quantumtrader.execution.paper;

import static io.quantumtrader.execution.Candles.flat;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.execution.Candles;
import io.quantumtrader.execution.Plans;
import io.quantumtrader.execution.decision.ClientOrderIds;
import io.quantumtrader.execution.decision.ResultRecords;
import io.quantumtrader.execution.decision.ResultRecords.Progress;
import io.quantumtrader.execution.decision.ResultRecords.Remark;
import io.quantumtrader.execution.exchange.OrderOutcome.Accepted;
import io.quantumtrader.execution.exchange.ProtectiveOrder;
import io.quantumtrader.execution.exchange.ProtectiveOrder.Kind;
import io.quantumtrader.execution.exchange.UnplannedFill;
import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.avro.Fill;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.ResultOutcome;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What triggers after a restart, from what the executor committed. */
final class PaperTriggerRestartTest extends PaperTriggerBase {

  private ApplyResult entryResult(Fill fill) {
    ApplyPlan plan = Plans.entry(1, BTC, OrderSide.BUY, "0.0025");
    return ResultRecords.fill(
        plan,
        ResultOutcome.FILLED,
        true,
        fill,
        new Progress("o", fill.getQuantity()),
        Remark.NONE,
        NOW);
  }

  /** Gives the account, published at a time, to another exchange. */
  private PaperExchange restored(long asOfMs, List<ApplyResult> results) {
    PaperExchange after = new PaperExchange(FREE);
    after.see(flat(BTC, 0, "79465.1"));
    after.restore("main", exchange.account("main", asOfMs), results);
    return after;
  }

  @Test
  void shouldTriggerTheSameAfterARestart() {
    // given: said anew at 120 000, before the candle that closes then was seen
    Fill entry = trade("qs-" + PLAN, OrderSide.BUY, "0.0025");
    protect(OrderSide.SELL, Kind.STOP, "77105");
    PaperExchange after = restored(120_000, List.of(entryResult(entry)));

    // when
    exchange.see(flat(BTC, NOW, "77000"));
    after.see(flat(BTC, NOW, "77000"));

    // then
    List<UnplannedFill> triggered = after.unplanned("main", 120_000);
    assertThat(triggered).hasSize(1);
    assertThat(triggered).isEqualTo(exchange.unplanned("main", 120_000));
    assertThat(after.account("main", 1)).isEqualTo(exchange.account("main", 1));
  }

  @Test
  void shouldNotTriggerAgainWhatIsInTheAccount() {
    // given
    Fill entry = trade("qs-" + PLAN, OrderSide.BUY, "0.0025");
    protect(OrderSide.SELL, Kind.STOP, "77105");
    exchange.see(flat(BTC, NOW, "77000"));
    UnplannedFill stopped = exchange.unplanned("main", 120_000).getFirst();

    // when
    PaperExchange after =
        restored(120_000, List.of(entryResult(entry), ResultRecords.unplanned(stopped, 120_000)));
    after.see(flat(BTC, NOW, "77000"));
    after.see(flat(BTC, 120_000, "77000"));

    // then
    assertThat(after.unplanned("main", 180_000)).isEmpty();
    assertThat(after.query("main", BTC, stopped.clientOrderId(), 180_000))
        .isInstanceOf(Accepted.class);
  }

  @ParameterizedTest(name = "a candle that closes {0} ms after the account was published: {1}")
  @CsvSource({"-1, 0", "0, 0", "1, 1", "60000, 1"})
  void shouldCountFromTheAccountWhereThePlanIsForgotten(long afterMs, int triggered) {
    // given
    openLong();
    PaperExchange after = restored(200_000, List.of());

    // when
    after.see(flat(BTC, 200_000 + afterMs - Candles.INTERVAL_MS, "77000"));

    // then
    List<UnplannedFill> found = after.unplanned("main", 300_000);
    assertThat(found).hasSize(triggered);
    String id = ClientOrderIds.restored("main", BTC, "a-1", Kind.STOP);
    assertThat(found).allMatch(each -> each.clientOrderId().equals(id));
    assertThat(id).hasSize(21).isNotEqualTo(ClientOrderIds.restored("main", BTC, "b", Kind.STOP));
  }

  @Test
  void shouldKeepWhatMovedTheStop() {
    // given
    openLong();
    exchange.protect(
        new ProtectiveOrder(
            "main",
            BTC,
            OrderSide.SELL,
            Kind.STOP,
            new BigDecimal("78000"),
            ClientOrderIds.of(Plans.id(2), Kind.STOP),
            NOW,
            ExitTrigger.PROFIT_LOCK));

    // when
    PaperExchange after = restored(NOW, List.of());
    after.see(flat(BTC, NOW, "77900"));

    // then
    assertThat(account().getPositions().getFirst().getStopSetBy())
        .isEqualTo(ExitTrigger.PROFIT_LOCK);
    assertThat(after.unplanned("main", 120_000))
        .extracting(stopped -> stopped.trigger())
        .containsExactly(ExitTrigger.PROFIT_LOCK);
  }

  @Test
  void shouldForgetWhatItTriggeredForAnAccountThatAnotherGoesOnWith() {
    // given
    openLong();
    exchange.see(flat(BTC, NOW, "77000"));

    // when
    exchange.restore("main", Optional.empty(), List.of());

    // then
    assertThat(exchange.unplanned("main", 120_000)).isEmpty();
  }
}
