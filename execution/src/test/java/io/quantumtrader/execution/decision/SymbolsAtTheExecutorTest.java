package io.quantumtrader.execution.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.execution.Plans;
import io.quantumtrader.execution.decision.ExecutorVerdict.Execute;
import io.quantumtrader.execution.decision.ExecutorVerdict.Refuse;
import io.quantumtrader.execution.exchange.ProtectiveOrder;
import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.PlanAction;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.schemas.reason.ReasonCode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which symbols the executor sends orders in, and what their ids are made of. */
final class SymbolsAtTheExecutorTest {

  private static final String GOOD = "io.quantumtrader.schemas.testing.SymbolSamples#good";
  private static final String BAD = "io.quantumtrader.schemas.testing.SymbolSamples#bad";
  private static final String LOWER = "io.quantumtrader.schemas.testing.SymbolSamples#lowerCase";

  private static ExecutorVerdict decide(String symbol) {
    ApplyPlan plan = Plans.plan(7, "main", symbol, OrderSide.BUY, PlanAction.ENTRY, "2").build();
    return ExecutorDecision.decide(
        plan, PlanStanding.NEW, TradingState.ACTIVE, ExecutorMode.TRADE, 30_000);
  }

  @ParameterizedTest
  @MethodSource(GOOD)
  void shouldExecuteAPlanInASymbol(String symbol) {
    assertThat(decide(symbol)).isInstanceOf(Execute.class);
  }

  @ParameterizedTest
  @MethodSource({BAD, LOWER})
  void shouldRefuseAPlanInWhatIsNoSymbol(String text) {
    assertThat(decide(text))
        .isInstanceOfSatisfying(
            Refuse.class, refused -> assertThat(refused.code()).isEqualTo(ReasonCode.PLAN_INVALID));
  }

  /** The exchange takes 36 characters of {@code .A-Z:/a-z0-9_-}, whatever the symbol is made of. */
  @ParameterizedTest
  @MethodSource(GOOD)
  void shouldMakeOrderIdsThatTheExchangeTakes(String symbol) {
    for (ProtectiveOrder.Kind kind : ProtectiveOrder.Kind.values()) {
      assertThat(ClientOrderIds.restored("main", symbol, "fill-" + symbol, kind))
          .matches("[.A-Z:/a-z0-9_-]{1,36}");
    }
  }
}
