package io.quantumtrader.compose.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quantumtrader.console.health.HealthCost;
import io.quantumtrader.execution.twin.engine.RestFault;
import java.util.List;

/** What goes wrong between executor and exchange, for one account while another one trades on. */
final class ExchangeSituations {

  private static final String COIN = "COIN3USDT";
  private static final int ALWAYS = 1_000_000;

  private ExchangeSituations() {}

  static List<Situation> all() {
    return List.of(
        Situation.of(
            "an exchange that does not say what became of an order",
            HealthCost.ORDER_UNRESOLVED,
            ExchangeSituations::unresolved),
        Situation.of(
            "a stop that was cancelled and cannot be set again",
            HealthCost.WITHOUT_STOP,
            ExchangeSituations::withoutStop),
        Situation.of(
            "a position that was opened by hand",
            HealthCost.RECONCILE_HOLD,
            "A position is unknown here",
            ExchangeSituations::unknownPosition));
  }

  private static void unresolved(BrokenPipeline pipeline) {
    // given
    var faults = pipeline.exchange().twin().faults();
    faults.next("POST", "/fapi/v1/order", RestFault.cut(false), 1);
    faults.next("GET", "/fapi/v1/order", RestFault.cut(false), ALWAYS);

    // when
    pipeline.intend("second", COIN, "100", 2);

    // then
    String found = pipeline.awaitCost(HealthCost.ORDER_UNRESOLVED, "second: ENTRY " + COIN);
    String plan = found.substring(found.lastIndexOf(' ') + 1);
    assertThat(pipeline.run("why", plan)).contains("UNRESOLVED");

    // mended
    faults.clear();
    pipeline.awaitWell();
    pipeline.flatten();
  }

  private static void withoutStop(BrokenPipeline pipeline) throws Exception {
    // given
    pipeline.enter("second", COIN, "100", 2);
    pipeline.enter("main", COIN, "100", 2);
    var faults = pipeline.exchange().twin().faults();
    faults.next("POST", "/fapi/v1/algoOrder", RestFault.cut(false), ALWAYS);

    // when
    pipeline.exchange().cancelStops("second", COIN);
    pipeline.market().pass(1);

    // then
    assertThat(pipeline.awaitCost(HealthCost.WITHOUT_STOP, "second: " + COIN))
        .doesNotContain("main", "more");
    assertThat(pipeline.run("positions", "--account", "second")).contains(COIN, "none");

    // mended
    faults.clear();
    pipeline.awaitWell();
    assertThat(pipeline.exchange().hasStop("second", COIN)).isTrue();
    pipeline.flatten();
  }

  /** Its fill is not told, as one from before the account was followed. */
  private static void unknownPosition(BrokenPipeline pipeline) throws Exception {
    // given
    pipeline.enter("main", COIN, "100", 2);
    var faults = pipeline.exchange().twin().faults();
    faults.streams().silenceUsers(true);
    faults.next("GET", "/fapi/v1/userTrades", RestFault.cut(false), ALWAYS);

    // when
    pipeline.exchange().buyByHand("second", COIN, "1.5");

    // then
    assertThat(pipeline.awaitCost(HealthCost.RECONCILE_HOLD, "second"))
        .isEqualTo("second: the ledger has 0 " + COIN + ", the exchange 1.5");
    assertThat(pipeline.run("positions")).contains("main").doesNotContain("second");
    assertThat(pipeline.codeOf(pipeline.intend("second", COIN, "100", 2)))
        .isEqualTo("POSITION_HELD");
    assertThat(pipeline.run("health", "--json")).contains("RECONCILE_HOLD");

    // mended: the exchange tells the trade, and it is booked
    faults.clear();
    faults.streams().silenceUsers(false);
    await()
        .atMost(BrokenPipeline.PATIENCE)
        .until(() -> pipeline.run("positions").contains("second"));
    pipeline.awaitWell();
    pipeline.flatten();
  }
}
