package io.quantumtrader.topology.wiring;

import static io.quantumtrader.topology.Given.BTC;
import static io.quantumtrader.topology.Given.MAIN;
import static io.quantumtrader.topology.Given.NOON;
import static io.quantumtrader.topology.Given.dec;
import static io.quantumtrader.topology.wiring.Pipeline.AWAY;
import static io.quantumtrader.topology.wiring.Pipeline.ETH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.Control;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.avro.IntentAction;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.PlanAction;
import io.quantumtrader.schemas.avro.ResultOutcome;
import io.quantumtrader.schemas.avro.SymbolLock;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.schemas.topic.Accounts;
import io.quantumtrader.schemas.topic.PartitionCounts;
import io.quantumtrader.topology.Given;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Locks of symbols and orders to reduce or to tighten a stop, through the whole topology, with two
 * accounts that lie in different partitions of the topics.
 */
final class OperatorOrdersTest {

  @TempDir private Path directory;
  private Pipeline pipeline;

  @BeforeEach
  void open() {
    pipeline =
        new Pipeline(directory, new PartitionCounts(1, 1), new PartitionCounts(4, 3), MAIN, AWAY);
  }

  @AfterEach
  void close() {
    pipeline.close();
  }

  private static Control.Builder under(String key) {
    return Control.newBuilder(Given.control(key, TradingState.ACTIVE));
  }

  private void lock(String key, SymbolLock... locks) {
    pipeline.control(under(key).setLocks(List.of(locks)));
  }

  @ParameterizedTest
  @CsvSource({"main, main2", "main2, main"})
  void shouldTakeASymbolOutOfEntriesForTheAccountAlone(String locked, String other) {
    // given
    lock(locked, Given.lock(BTC, true, false, null));

    // when
    Outputs outputs =
        pipeline.when(
            it ->
                it.intent(Pipeline.buy(locked, "i1", BTC))
                    .intent(Pipeline.buy(locked, "i2", ETH))
                    .intent(Pipeline.buy(other, "i1", BTC)));

    // then
    assertThat(outputs.codes(locked)).containsExactly("SYMBOL_LOCKED", "PERMIT_GRANTED");
    assertThat(outputs.codes(other)).containsExactly("PERMIT_GRANTED");
    assertThat(outputs.plans())
        .extracting(ApplyPlan::getAccount, ApplyPlan::getSymbol)
        .containsExactly(tuple(locked, ETH), tuple(other, BTC));
  }

  /**
   * The lock of all and the account's hold beside each other, and so does what each record says.
   */
  @Test
  void shouldHoldByTheLocksOfAllAndOfTheAccount() {
    // given
    lock(Accounts.ALL_ORDERS, Given.lock(BTC, true, false, null));
    lock(MAIN, Given.lock(ETH, true, false, null));

    // when
    Outputs outputs =
        pipeline.when(
            it ->
                it.intent(Pipeline.buy(MAIN, "i1", BTC))
                    .intent(Pipeline.buy(MAIN, "i2", ETH))
                    .intent(Pipeline.buy(AWAY, "i1", BTC))
                    .intent(Pipeline.buy(AWAY, "i2", ETH)));

    // then
    assertThat(outputs.codes(MAIN)).containsExactly("SYMBOL_LOCKED", "SYMBOL_LOCKED");
    assertThat(outputs.codes(AWAY)).containsExactly("SYMBOL_LOCKED", "PERMIT_GRANTED");
    assertThat(outputs.decisions().get(0).getLookups())
        .extracting(each -> each.getTable() + " " + each.getKey())
        .contains("quantum.control *", "quantum.control *:orders", "quantum.control main");
  }

  /** Whoever writes the old system's keys replaces the record of all, and knows of no locks. */
  @Test
  void shouldStayLockedWhereTheTradingStateOfAllIsReplaced() {
    // given
    lock(Accounts.ALL_ORDERS, Given.lock(BTC, true, true, null));

    // when
    pipeline.control(Accounts.ALL, TradingState.HALTED);
    pipeline.control(Accounts.ALL, TradingState.ACTIVE);
    Outputs outputs = pipeline.when(it -> it.intent(Pipeline.buy(MAIN, "i1", BTC)));

    // then
    assertThat(outputs.codes(MAIN)).containsExactly("SYMBOL_LOCKED");
  }

  @Test
  void shouldTradeByTheStateOfAllWhateverTheRecordOfOrdersSays() {
    // given
    pipeline.control(Control.newBuilder(Given.control(Accounts.ALL_ORDERS, TradingState.HALTED)));

    // when
    Outputs outputs = pipeline.when(it -> it.intent(Pipeline.buy(MAIN, "i1", BTC)));

    // then
    assertThat(outputs.codes(MAIN)).containsExactly("PERMIT_GRANTED");
  }

  /** The account's clock decides, one millisecond before, at and after the end. */
  @ParameterizedTest
  @CsvSource({"999, SYMBOL_LOCKED", "1000, PERMIT_GRANTED", "1001, PERMIT_GRANTED"})
  void shouldHoldNothingOnceTheClockHasPassedItsEnd(long afterMs, String code) {
    // given
    lock(MAIN, Given.lock(BTC, true, true, NOON + 1000));
    pipeline.pass(afterMs);

    // when
    Outputs outputs = pipeline.when(it -> it.intent(Pipeline.buy(MAIN, "i1", BTC)));

    // then
    assertThat(outputs.codes(MAIN)).containsExactly(code);
  }

  @ParameterizedTest
  @CsvSource({"main, main2", "main2, main"})
  void shouldTakeASymbolOutOfHarvestingForTheAccountAlone(String locked, String other) {
    // given
    for (String account : List.of(locked, other)) {
      pipeline.adopt(account, BTC, OrderSide.BUY, "0.02", "71000");
    }
    lock(locked, Given.lock(BTC, false, true, null));

    // when
    Outputs outputs =
        pipeline.when(
            it ->
                it.proposal(Pipeline.closeAll(locked, BTC))
                    .proposal(Pipeline.closeAll(other, BTC)));

    // then
    assertThat(outputs.codes(locked)).containsExactly("EXIT_LOCKED");
    assertThat(outputs.codes(other)).containsExactly("CLOSE_GRANTED");
    assertThat(outputs.plan().getAccount()).isEqualTo(other);
  }

  @Test
  void shouldLetEveryOtherCloseOfALockedSymbolPass() {
    // given
    for (String account : List.of(MAIN, AWAY)) {
      pipeline.adopt(account, BTC, OrderSide.BUY, "0.02", "71000");
    }
    lock(Accounts.ALL_ORDERS, Given.lock(BTC, true, true, null));

    // when
    Outputs stopHit =
        pipeline.when(
            it -> it.proposal(Pipeline.closeAll(MAIN, BTC).setTrigger(ExitTrigger.STOP_HIT)));
    Outputs intent =
        pipeline.when(it -> it.intent(Pipeline.buy(AWAY, "c1", BTC).setAction(IntentAction.CLOSE)));

    // then
    assertThat(stopHit.codes(MAIN)).containsExactly("CLOSE_GRANTED");
    assertThat(intent.codes(AWAY)).containsExactly("CLOSE_GRANTED");
  }

  /** Margins of 1000 and 500 over 10000 are 15 %; ETH, where 20 are lost, has the worst R. */
  private void openTwo(String account) {
    pipeline.wallet(account, "10020");
    pipeline.adopt(account, BTC, OrderSide.BUY, "0.02", "50000");
    pipeline.adopt(account, ETH, OrderSide.BUY, "0.5", "4000");
    pipeline.mark(ETH, "3960");
    pipeline.pass(1000);
  }

  private Outputs reduce(String key, double share) {
    pipeline.control(under(key).setReduces(List.of(Given.reduce("r1", share))));
    return pipeline.when(it -> it.pass(1000));
  }

  @ParameterizedTest
  @CsvSource({"main, main2", "main2, main"})
  void shouldReduceTheAccountAloneAndOfTheLastPositionOnlyWhatIsNeeded(
      String reduced, String other) {
    // given
    openTwo(reduced);
    openTwo(other);
    Map<String, ApplyPlan> plans =
        reduce(reduced, 0.04).plans().stream()
            .collect(Collectors.toMap(ApplyPlan::getSymbol, each -> each));

    // then: 1000 of ETH and 500 of BTC are margin, of which 400 may stay
    assertThat(plans).containsOnlyKeys(ETH, BTC);
    assertThat(plans.values()).extracting(ApplyPlan::getAccount).containsOnly(reduced);
    assertThat(plans.values())
        .extracting(ApplyPlan::getTrigger)
        .containsOnly(ExitTrigger.MANUAL_CLOSE);
    assertThat(plans.get(ETH).getAction()).isEqualTo(PlanAction.FULL_CLOSE);
    assertThat(plans.get(BTC).getQuantity()).isEqualTo(dec("0.004"));

    // when
    Outputs wait = pipeline.when(it -> it.pass(1000));
    pipeline.fill(plans.get(ETH), "3960").fill(plans.get(BTC), "50000").wallet(reduced, "10000");
    Outputs done = pipeline.when(it -> it.pass(1000));

    // then
    assertThat(wait.plans()).isEmpty();
    assertThat(done.plans()).isEmpty();
    assertThat(done.codes(reduced)).containsExactly("EXPOSURE_REACHED");
    assertThat(number(done, "exposure")).isEqualTo("0.04");
    assertThat(done.codes(other)).isEmpty();
    assertThat(pipeline.when(it -> it.pass(1000)).decisions()).isEmpty();
  }

  private static String number(Outputs outputs, String name) {
    return outputs.decision().getNumbers().stream()
        .filter(each -> each.getName().equals(name))
        .findFirst()
        .orElseThrow()
        .getValue();
  }

  @Test
  void shouldReduceEachAccountByItselfForAll() {
    // given: one has 1500 of margin, the other 500
    openTwo(MAIN);
    pipeline.adopt(AWAY, BTC, OrderSide.BUY, "0.02", "50000");

    // when
    Outputs outputs = reduce(Accounts.ALL_ORDERS, 0.05);

    // then
    assertThat(outputs.codes(AWAY)).containsExactly("EXPOSURE_REACHED");
    assertThat(outputs.plan())
        .extracting(ApplyPlan::getAccount, ApplyPlan::getSymbol)
        .containsExactly(MAIN, ETH);
  }

  /**
   * A plan that does not fill is followed by another, and the order is not forgotten by a restart.
   */
  @Test
  void shouldGoOnUntilTheShareIsReached() {
    // given
    openTwo(MAIN);
    ApplyPlan first = reduce(MAIN, 0.05).plan();
    pipeline.refuse(first);
    pipeline.restart();

    // when
    ApplyPlan second = pipeline.when(it -> it.pass(1000)).plan();

    // then
    assertThat(second.getSymbol()).isEqualTo(ETH);
    assertThat(second.getAttempt()).isEqualTo(1);
    pipeline.fill(second, "3960").wallet(MAIN, "10000");
    assertThat(pipeline.when(it -> it.pass(1000)).codes(MAIN)).containsExactly("EXPOSURE_REACHED");
  }

  @Test
  void shouldReduceAHaltedAccountInLockedSymbols() {
    // given
    openTwo(MAIN);
    pipeline.control(
        Control.newBuilder(Given.control(MAIN, TradingState.HALTED))
            .setLocks(List.of(Given.lock(ETH, true, true, null)))
            .setReduces(List.of(Given.reduce("r1", 0.05))));

    // when
    Outputs outputs = pipeline.when(it -> it.pass(1000));

    // then
    assertThat(outputs.plan().getSymbol()).isEqualTo(ETH);
  }

  @Test
  void shouldNotReduceByAnEquityThatIsNotKnown() {
    // given
    openTwo(MAIN);
    pipeline.control(under(MAIN).setReduces(List.of(Given.reduce("r1", 0.05))));

    // when: the clock passes, and no wallet is as new as it
    Outputs outputs = pipeline.when(it -> it.clock(it.nowMs() + 121_000));

    // then
    assertThat(outputs.plans()).isEmpty();
    assertThat(outputs.codes(MAIN)).contains("EQUITY_UNKNOWN");
    assertThat(pipeline.when(it -> it.pass(1000)).plans()).as("it has ended").isEmpty();
  }

  private Outputs stop(String key, String price) {
    pipeline.control(under(key).setStops(List.of(Given.stopOrder("s" + price, BTC, price))));
    return pipeline.when(it -> it.pass(1000));
  }

  private void openWithStop(String account) {
    pipeline.adopt(account, BTC, OrderSide.BUY, "0.02", "71000");
    pipeline.pass(1000);
  }

  @ParameterizedTest
  @CsvSource({"main, main2", "main2, main"})
  void shouldTightenTheStopOfTheAccountAlone(String ordered, String other) {
    // given
    openWithStop(ordered);
    openWithStop(other);

    // when
    Outputs outputs = stop(ordered, "70500");

    // then
    ApplyPlan plan = outputs.plan();
    assertThat(plan.getAccount()).isEqualTo(ordered);
    assertThat(plan.getAction()).isEqualTo(PlanAction.UPDATE_SL);
    assertThat(plan.getStopPrice()).isEqualTo(dec("70500"));
    assertThat(outputs.codes(ordered)).containsExactly("STOP_GRANTED");
    assertThat(outputs.decision().getCauseId()).isEqualTo("s70500/" + ordered + ":BTCUSDT:1");
    assertThat(pipeline.when(it -> it.pass(1000)).decisions()).as("once").isEmpty();
  }

  @Test
  void shouldDenyAStopThatIsNotTighterOrBeyondTheMarketWithTheNumbers() {
    // given
    openWithStop(MAIN);
    protectedAt(stop(MAIN, "70500").plan());

    // then
    Decision same = stop(MAIN, "70500.0").decision();
    assertThat(same.getCode()).isEqualTo("STOP_NOT_TIGHTER");
    assertThat(same.getNumbers())
        .extracting(each -> each.getName() + "=" + each.getValue())
        .contains("newStop=70500", "stop=70500");
    Decision beyond = stop(MAIN, "71000").decision();
    assertThat(beyond.getCode()).isEqualTo("STOP_BEYOND_MARKET");
    assertThat(beyond.getNumbers())
        .extracting(each -> each.getName() + "=" + each.getValue())
        .contains("newStop=71000", "price=71000");
    assertThat(stop(MAIN, "70500.1").plan().getStopPrice()).isEqualTo(dec("70500.1"));
  }

  /** The stop under way may be the tighter one, which is known when it is in place. */
  @Test
  void shouldWaitForAStopThatIsBeingMovedAndThenCompareWithIt() {
    // given
    openWithStop(MAIN);
    ApplyPlan moving = stop(MAIN, "70800").plan();

    // when
    Outputs waiting = stop(MAIN, "70500");
    protectedAt(moving);
    Outputs after = pipeline.when(it -> it.pass(1000));

    // then
    assertThat(waiting.decisions()).isEmpty();
    assertThat(after.codes(MAIN)).containsExactly("STOP_NOT_TIGHTER");
    assertThat(after.plans()).isEmpty();
  }

  private void protectedAt(ApplyPlan plan) {
    pipeline.result(
        Given.result(plan, null)
            .setResultId("protected-" + plan.getPlanId())
            .setOutcome(ResultOutcome.PROTECTED)
            .setTrigger(plan.getTrigger())
            .setStopPrice(plan.getStopPrice()));
  }
}
