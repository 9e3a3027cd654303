package io.quantumtrader.topology.wiring;

import static io.quantumtrader.topology.Given.BTC;
import static io.quantumtrader.topology.Given.HOUR;
import static io.quantumtrader.topology.Given.MAIN;
import static io.quantumtrader.topology.Given.MINUTE;
import static io.quantumtrader.topology.Given.NOON;
import static io.quantumtrader.topology.Given.dec;
import static io.quantumtrader.topology.wiring.Pipeline.ETH;
import static io.quantumtrader.topology.wiring.Pipeline.TWIN;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.avro.ManualClose;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.topology.Given;
import io.quantumtrader.topology.decision.entry.EntryLine;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a task knows outlives it: the next one finds all of it in the changelogs. */
final class RestartTest extends WiringTest {

  private static final int WARM_UP = 258;

  @Test
  void shouldFindEveryStoreAsItWas() {
    // given: something in each store
    for (int i = 0; i < WARM_UP; i++) {
      pipeline.pass(MINUTE).candle(BTC, 71_000 + i % 7 * 10 + ".5");
    }
    pipeline.adopt(MAIN, BTC, OrderSide.BUY, "0.02", "71000");
    pipeline.granted(MAIN, "i1", ETH);
    pipeline.adopt(TWIN, ETH, OrderSide.BUY, "0.5", "3000");
    pipeline.pass(MINUTE).candle(BTC, "71000.5");
    pipeline.control(TWIN, TradingState.ACTIVE, new ManualClose("c1", "", "", "ops", NOON));
    pipeline.positions(MAIN, Given.exchangePosition(BTC, "0.02"));
    pipeline.pass(1000).mark(BTC, "71001");
    pipeline.lateEntries(MAIN, ETH, EntryLine.DECIDED_PER_STEP + 2);
    Map<String, Map<String, String>> before = stores();
    assertThat(before).allSatisfy((name, rows) -> assertThat(rows).as(name).isNotEmpty());

    // when
    pipeline.when(Pipeline::restart);

    // then
    assertThat(stores().keySet()).isEqualTo(before.keySet());
    before.forEach((name, rows) -> assertThat(stores().get(name)).as(name).isEqualTo(rows));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldBookAFillOnce(boolean restarted) {
    // given
    pipeline.adopt(MAIN, BTC, OrderSide.BUY, "0.5", "71000");
    pipeline.result(Pipeline.adopted(MAIN, BTC, OrderSide.BUY, "same", "0.25", "71000"));
    restart(restarted);

    // when
    Outputs outputs =
        pipeline.when(
            it -> it.result(Pipeline.adopted(MAIN, BTC, OrderSide.BUY, "same", "0.25", "71000")));

    // then
    assertThat(outputs.decision().getCode()).isEqualTo("FILL_DUPLICATE");
    assertThat(outputs.ledgers()).isEmpty();
  }

  /** The memory of intents may be shorter; that of fills is not. */
  @ParameterizedTest
  @ValueSource(longs = {2, 23})
  void shouldKnowAFillForADay(long hours) {
    // given
    pipeline.policy(Pipeline.DEFAULT, Pipeline.policy().setDedupeMs(HOUR));
    pipeline.result(Pipeline.adopted(MAIN, BTC, OrderSide.BUY, "same", "0.25", "71000"));
    for (long hour = 0; hour < hours; hour++) {
      pipeline.pass(HOUR);
    }

    // when
    Outputs outputs =
        pipeline.when(
            it -> it.result(Pipeline.adopted(MAIN, BTC, OrderSide.BUY, "same", "0.25", "71000")));

    // then
    assertThat(outputs.decision().getCode()).isEqualTo("FILL_DUPLICATE");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldDecideTheEntriesThatWaitOnce(boolean restarted) {
    // given: two more than are decided at once
    pipeline.lateEntries(MAIN, ETH, EntryLine.DECIDED_PER_STEP + 2);
    restart(restarted);

    // when
    Outputs outputs = pipeline.when(it -> it.pass(1000));

    // then
    assertThat(outputs.of(Topic.DECISION, Decision.class))
        .extracting(each -> each.value().getCauseId())
        .filteredOn(cause -> cause.startsWith("late-"))
        .containsExactly(
            "late-" + EntryLine.DECIDED_PER_STEP, "late-" + (EntryLine.DECIDED_PER_STEP + 1));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldKnowTheLastMark(boolean restarted) {
    // given
    pipeline.adopt(MAIN, BTC, OrderSide.BUY, "0.02", "71000");
    pipeline.pass(MINUTE).candle(BTC, "71000").pass(10_000).mark(BTC, "71002");
    restart(restarted);

    // when: a mark that is older than it
    Outputs outputs = pipeline.when(it -> it.pass(-1).mark(BTC, "71001"));

    // then
    assertThat(outputs.decision().getCode()).isEqualTo("MARK_OUT_OF_ORDER");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldKnowWhatTheExchangeSays(boolean restarted) {
    // given
    pipeline.adopt(MAIN, BTC, OrderSide.BUY, "0.02", "71000");
    pipeline.positions(MAIN, Given.exchangePosition(BTC, "0.02"));
    restart(restarted);

    // when
    Outputs outputs = pipeline.when(it -> it.pass(1000).mark(BTC, "71001"));

    // then
    assertThat(outputs.snapshots()).hasSize(1);
    assertThat(outputs.snapshots().get(0).getExchange().getMargin()).isEqualByComparingTo("474");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldDecideAnIntentOnce(boolean restarted) {
    // given
    pipeline.refuse(pipeline.granted(MAIN, "same", BTC));
    restart(restarted);

    // when
    Outputs outputs = pipeline.when(it -> it.intent(Pipeline.buy(MAIN, "same", BTC)));

    // then
    assertThat(outputs.decision().getCode()).isEqualTo("INTENT_DUPLICATE");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldCountEntriesTowardsTheRates(boolean restarted) {
    // given
    pipeline.refuse(pipeline.granted(MAIN, "i1", BTC));
    pipeline.refuse(pipeline.granted(MAIN, "i2", BTC));
    restart(restarted);

    // when
    Outputs outputs = pipeline.when(it -> it.intent(Pipeline.buy(MAIN, "i3", BTC)));

    // then
    assertThat(outputs.decision().getCode()).isEqualTo("RATE_BURST");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldKeepTheReservationOfAPlan(boolean restarted) {
    // given
    pipeline.granted(MAIN, "i1", BTC);
    restart(restarted);

    // when
    Outputs outputs = pipeline.when(it -> it.intent(Pipeline.buy(MAIN, "i2", BTC)));

    // then
    assertThat(outputs.decision().getCode()).isEqualTo("ENTRY_IN_FLIGHT");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldOpenWithTheRiskThatThePlanWasGrantedWith(boolean restarted) {
    // given: the market moves after the grant
    ApplyPlan plan = pipeline.granted(MAIN, "i1", BTC);
    pipeline.state(Given.state(BTC).setAtr(100.0));
    restart(restarted);

    // when
    Outputs outputs = pipeline.when(it -> it.fill(plan, "71000"));

    // then
    assertThat(outputs.ledgers().get(0).getRisk().getInitialStop())
        .isEqualByComparingTo(plan.getRisk().getInitialStop());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldTryAnExitAgainUnderAnotherId(boolean restarted) {
    // given
    pipeline.adopt(MAIN, BTC, OrderSide.BUY, "0.02", "71000");
    ApplyPlan first = pipeline.when(it -> it.proposal(Pipeline.closeAll(MAIN, BTC))).plan();
    pipeline.refuse(first);
    restart(restarted);

    // when
    Outputs outputs = pipeline.when(it -> it.proposal(Pipeline.closeAll(MAIN, BTC)));

    // then
    assertThat(outputs.plan().getAttempt()).isEqualTo(1);
    assertThat(outputs.plan().getPlanId()).isNotEqualTo(first.getPlanId());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldNotTakeUpAnOrderAgain(boolean restarted) {
    // given: closed on order, and opened anew
    pipeline.adopt(MAIN, BTC, OrderSide.BUY, "0.02", "71000");
    pipeline.control(MAIN, TradingState.ACTIVE, new ManualClose("c1", BTC, "", "ops", NOON));
    pipeline.fill(pipeline.when(it -> it.pass(1000)).plan(), "71000");
    pipeline.pass(1000);
    pipeline.adopt(MAIN, BTC, OrderSide.BUY, "0.02", "71000");
    restart(restarted);

    // when
    Outputs outputs = pipeline.when(it -> it.pass(1000));

    // then
    assertThat(outputs.plans()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldStandWhereTheClockStood(boolean restarted) {
    // given
    pipeline.pass(MINUTE);
    restart(restarted);

    // when
    Outputs outputs = pipeline.when(it -> it.intent(Pipeline.buy(MAIN, "i1", BTC)));

    // then
    assertThat(outputs.decision().getCode()).isEqualTo("PERMIT_GRANTED");
    assertThat(outputs.decision().getAtMs()).isEqualTo(NOON + MINUTE);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldProposeForAPositionThatWasOpenBefore(boolean restarted) {
    // given
    pipeline.adopt(MAIN, BTC, OrderSide.BUY, "0.02", "71000");
    pipeline.pass(MINUTE).candle(BTC, "71000");
    restart(restarted);
    pipeline.pass(MINUTE);

    // when
    Outputs outputs = pipeline.when(it -> it.candle(BTC, "66000"));

    // then
    assertThat(outputs.plan().getTrigger()).isEqualTo(ExitTrigger.STOP_HIT);
    assertThat(outputs.plan().getQuantity()).isEqualTo(dec("0.02"));
  }

  private void restart(boolean restarted) {
    if (restarted) {
      pipeline.restart();
    }
  }

  private Map<String, Map<String, String>> stores() {
    Map<String, Map<String, String>> stores = new TreeMap<>();
    Set<String> names = pipeline.driver().storeNames();
    names.forEach(name -> stores.put(name, pipeline.driver().rows(name)));
    return stores;
  }
}
