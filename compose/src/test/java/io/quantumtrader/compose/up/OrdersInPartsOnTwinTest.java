package io.quantumtrader.compose.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.quantumtrader.execution.decision.NetPosition;
import io.quantumtrader.execution.twin.ExchangeTwin;
import io.quantumtrader.execution.twin.core.Bracket;
import io.quantumtrader.execution.twin.core.Side;
import io.quantumtrader.execution.twin.core.TwinOrder;
import io.quantumtrader.execution.twin.core.TwinSymbol;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.IntentAction;
import io.quantumtrader.schemas.avro.ResultOrigin;
import io.quantumtrader.schemas.avro.ResultOutcome;
import io.quantumtrader.schemas.avro.Sizing;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole pipeline on an exchange that takes no market order above 0.008 BTC, and above 300 USDT
 * no leverage beyond 3: an entry is made to fit, and a position that is larger than an order is
 * closed in parts, none of which the exchange refuses.
 */
@Tag("real")
final class OrdersInPartsOnTwinTest {

  private static final BigDecimal MOST = new BigDecimal("0.008");
  private static final BigDecimal START = new BigDecimal("10000");

  @TempDir private Path directory;

  private static TwinSymbol bounded() {
    TwinSymbol usual = TwinSymbol.perpetual(DemoRun.BTC, "60000", "0.10", "0.001", "5");
    return new TwinSymbol(
        usual.symbol(),
        usual.status(),
        usual.contractType(),
        usual.baseAsset(),
        usual.quoteAsset(),
        usual.tick(),
        usual.step(),
        usual.minQuantity(),
        usual.maxQuantity(),
        MOST,
        usual.minNotional(),
        usual.multiplierUp(),
        usual.multiplierDown(),
        usual.startPrice(),
        List.of(bracket(1, 20, "0", "300", "0"), bracket(2, 3, "300", "100000", "0")));
  }

  private static Bracket bracket(int number, int most, String floor, String cap, String less) {
    return new Bracket(
        number,
        most,
        new BigDecimal(floor),
        new BigDecimal(cap),
        new BigDecimal("0.005"),
        new BigDecimal(less));
  }

  @Test
  void shouldMakeAnEntryFitAndCloseMoreThanOneOrderTakes() throws Exception {
    try (ExchangeTwin twin = DemoRun.twin(bounded());
        DemoRun run = new DemoRun(DemoRun.options(twin, directory, "--without", "agent,redis"))) {
      // given: 0.015 BTC are asked for at 10x
      run.awaitFed();
      run.open(twin, "900", 10);
      assertThat(twin.state().amount("main", DemoRun.BTC)).isEqualByComparingTo(MOST);
      int[] leverage = {0};
      twin.change((core, now) -> leverage[0] = core.book("main").leverage(DemoRun.BTC));
      assertThat(leverage[0]).isEqualTo(3);
      run.await(() -> DemoRun.rests(twin, "STOP_MARKET"));

      // and: the trader's own hand makes it larger than any order
      twin.change(
          (core, now) -> core.byHand("main", DemoRun.BTC, Side.BUY, new BigDecimal("0.012"), now));
      run.await(() -> agree(run, twin));
      assertThat(twin.state().amount("main", DemoRun.BTC)).isEqualByComparingTo("0.020");

      // when
      run.send("close", IntentAction.CLOSE, Sizing.QUANTITY, "0.020", 1);
      run.await(() -> twin.state().amount("main", DemoRun.BTC).signum() == 0 || refused(run));

      // then
      assertThat(TwinBooks.read(run.endpoints()).results())
          .as("refused by the exchange")
          .filteredOn(each -> each.getOutcome() == ResultOutcome.REJECTED)
          .isEmpty();
      run.await(() -> agree(run, twin));
      assertThat(sells(twin))
          .extracting(
              order -> order.quantity().stripTrailingZeros().toPlainString(), TwinOrder::reduceOnly)
          .containsExactly(tuple("0.008", true), tuple("0.008", true), tuple("0.004", true));
      assertThat(TwinBooks.read(run.endpoints()).codes())
          .containsKeys("main CLOSE_GRANTED", "main CLOSE_REST_GRANTED");
      assertThat(plannedSells(run)).isEqualByComparingTo("-0.020");
      assertThat(DemoRun.rests(twin, "STOP_MARKET")).isFalse();
    }
  }

  private static boolean refused(DemoRun run) {
    return TwinBooks.read(run.endpoints()).results().stream()
        .anyMatch(each -> each.getOutcome() == ResultOutcome.REJECTED);
  }

  /** Results, ledger and wallet say what the exchange says. */
  private static boolean agree(DemoRun run, ExchangeTwin twin) {
    return TwinBooks.read(run.endpoints()).flaws("main", twin.state(), START).isEmpty();
  }

  private static List<TwinOrder> sells(ExchangeTwin twin) {
    return twin.state().orders("main").stream().filter(each -> each.side() == Side.SELL).toList();
  }

  private static BigDecimal plannedSells(DemoRun run) {
    return TwinBooks.read(run.endpoints()).results().stream()
        .filter(each -> each.getOrigin() == ResultOrigin.PLAN && each.getFill() != null)
        .filter(each -> each.getReduceOnly())
        .map(OrdersInPartsOnTwinTest::signed)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static BigDecimal signed(ApplyResult each) {
    return NetPosition.signed(each.getSide(), each.getFill().getQuantity());
  }
}
