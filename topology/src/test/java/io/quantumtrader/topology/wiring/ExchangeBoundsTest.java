package io.quantumtrader.topology.wiring;

import static io.quantumtrader.topology.Given.BTC;
import static io.quantumtrader.topology.Given.MAIN;
import static io.quantumtrader.topology.Given.NOON;
import static io.quantumtrader.topology.Given.bracket;
import static io.quantumtrader.topology.Given.dec;
import static io.quantumtrader.topology.wiring.Pipeline.TWIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.avro.HarvestProposal;
import io.quantumtrader.schemas.avro.Instrument;
import io.quantumtrader.schemas.avro.IntentAction;
import io.quantumtrader.schemas.avro.ManualClose;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.PermitKind;
import io.quantumtrader.schemas.avro.PlanAction;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.PositionSide;
import io.quantumtrader.schemas.avro.Sizing;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.schemas.topic.PartitionCounts;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.topology.Given;
import io.quantumtrader.topology.decision.Denials;
import io.quantumtrader.topology.decision.PlanIds;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the exchange takes of an order, through the whole topology: an entry is made smaller, a
 * close is made in parts. Both accounts hold 0.02 BTC and no order may be larger than 0.008.
 */
final class ExchangeBoundsTest extends WiringTest {

  @TempDir private Path another;

  private static void instrument(Pipeline pipeline, Instrument.Builder instrument) {
    pipeline.send(Topic.INSTRUMENT, Instrument.class, BTC, instrument.build());
  }

  private void holdTwice(String one, String other) {
    pipeline.adopt(one, BTC, OrderSide.BUY, "0.02", "71000");
    pipeline.adopt(other, BTC, OrderSide.BUY, "0.02", "71000");
    instrument(pipeline, Given.instrument(BTC).setMaxMarketQuantity(dec("0.008")));
  }

  @Test
  void shouldShrinkTheEntriesOfEveryAccountInEveryPartition() {
    try (Pipeline both =
        new Pipeline(
            another, new PartitionCounts(1, 1), new PartitionCounts(4, 3), MAIN, Pipeline.AWAY)) {
      // given
      instrument(
          both,
          Given.instrument(BTC)
              .setMaxMarketQuantity(dec("0.005"))
              .setBrackets(List.of(bracket("0", "300", 20), bracket("300", "3000", 1))));

      // when
      Outputs outputs =
          both.when(it -> it.intent(size(MAIN, "0.006")).intent(size(Pipeline.AWAY, "0.004")));

      // then
      assertThat(outputs.plans())
          .extracting(
              ApplyPlan::getAccount,
              each -> each.getQuantity().stripTrailingZeros().toPlainString(),
              ApplyPlan::getLeverage,
              ApplyPlan::getNotes)
          .containsExactly(
              tuple(MAIN, "0.005", 1, List.of("LEVERAGE_CAPPED_BRACKET", "QUANTITY_CAPPED_MARKET")),
              tuple(Pipeline.AWAY, "0.004", 2, List.of()));
    }
  }

  private static io.quantumtrader.schemas.avro.TradeIntent.Builder size(
      String account, String quantity) {
    return Pipeline.buy(account, "i1", BTC).setSizing(Sizing.QUANTITY).setAmount(dec(quantity));
  }

  /** 0.008, 0.008 and 0.004: each with an id, a permit and a decision of its own. */
  @ParameterizedTest
  @CsvSource({"main, main3", "main3, main"})
  void shouldCloseInPartsUntilThePositionIsGone(String one, String other) {
    // given
    holdTwice(one, other);
    ApplyPlan first = pipeline.when(it -> it.proposal(Pipeline.closeAll(one, BTC))).plan();

    // when
    Outputs afterFirst = pipeline.when(it -> it.fill(first, "71000"));
    ApplyPlan second = afterFirst.plan();
    Outputs afterSecond = pipeline.when(it -> it.fill(second, "70900"));
    ApplyPlan third = afterSecond.plan();
    Outputs afterThird = pipeline.when(it -> it.fill(third, "70800"));

    // then
    assertThat(List.of(first, second, third))
        .extracting(
            ApplyPlan::getAccount,
            each -> each.getQuantity().stripTrailingZeros().toPlainString(),
            ApplyPlan::getAction,
            each -> each.getNotes().contains("CLOSE_IN_PARTS"))
        .containsExactly(
            tuple(one, "0.008", PlanAction.PARTIAL_50, true),
            tuple(one, "0.008", PlanAction.PARTIAL_75, true),
            tuple(one, "0.004", PlanAction.FULL_CLOSE, false));
    assertThat(second.getPlanId()).isEqualTo(PlanIds.ofRest(one, first.getPlanId()));
    assertThat(third.getPlanId()).isEqualTo(PlanIds.ofRest(one, second.getPlanId()));
    assertThat(second.getPermit().getKind()).isEqualTo(PermitKind.P26);
    assertThat(second.getPermit().getPlanId()).isEqualTo(second.getPlanId());
    assertThat(second.getReduceOnly()).isTrue();
    assertThat(second.getTrigger()).isEqualTo(first.getTrigger());
    assertThat(afterFirst.decision())
        .extracting(Decision::getCode, Decision::getCauseId, Decision::getPlanId)
        .containsExactly("CLOSE_REST_GRANTED", first.getPlanId() + "/rest", second.getPlanId());
    assertThat(afterThird.plans()).isEmpty();
    assertThat(afterThird.ledgers())
        .extracting(PositionLedger::getAccount, PositionLedger::getSide)
        .containsExactly(tuple(one, PositionSide.FLAT));
  }

  @ParameterizedTest
  @CsvSource({"main, main3", "main3, main"})
  void shouldCloseInPartsWhatAnIntentAsksFor(String one, String other) {
    // given
    holdTwice(one, other);
    ApplyPlan first =
        pipeline
            .when(
                it ->
                    it.intent(
                        Pipeline.buy(one, "c", BTC)
                            .setAction(IntentAction.CLOSE)
                            .setSizing(Sizing.QUANTITY)
                            .setAmount(dec("0.012"))))
            .plan();

    // when
    ApplyPlan second = pipeline.when(it -> it.fill(first, "71000")).plan();
    Outputs after = pipeline.when(it -> it.fill(second, "71000"));

    // then: 0.012 of the 0.02 that are open
    assertThat(first.getQuantity()).isEqualByComparingTo("0.008");
    assertThat(second.getQuantity()).isEqualByComparingTo("0.004");
    assertThat(after.plans()).isEmpty();
    assertThat(after.ledgers().getLast().getQuantity()).isEqualByComparingTo("0.008");
  }

  /** An operator's order holds while trading is halted, and so does the rest of it. */
  @ParameterizedTest
  @CsvSource({"true, true", "false, false"})
  void shouldCloseTheRestWhileHaltedOnlyForWhatMayPass(boolean ordered, boolean follows) {
    // given
    holdTwice(MAIN, TWIN);
    ApplyPlan first =
        pipeline
            .when(
                it -> {
                  if (ordered) {
                    it.control(
                        MAIN, TradingState.ACTIVE, new ManualClose("c1", BTC, "end", "ops", NOON));
                    it.pass(1000);
                  } else {
                    it.proposal(Pipeline.closeAll(MAIN, BTC));
                  }
                })
            .plan();
    pipeline.control(MAIN, TradingState.HALTED);

    // when
    Outputs outputs = pipeline.when(it -> it.fill(first, "71000"));

    // then
    assertThat(outputs.plans()).hasSize(follows ? 1 : 0);
    assertThat(outputs.decision().getCode())
        .isEqualTo(follows ? "CLOSE_REST_GRANTED" : "TRADING_HALTED");
  }

  @Test
  void shouldEndWithAPartThatIsRefused() {
    // given
    holdTwice(MAIN, TWIN);
    ApplyPlan first = pipeline.when(it -> it.proposal(Pipeline.closeAll(MAIN, BTC))).plan();

    // when
    Outputs outputs = pipeline.when(it -> it.refuse(first));
    ApplyPlan again = pipeline.when(it -> it.proposal(Pipeline.closeAll(MAIN, BTC))).plan();

    // then: whoever wants it asks again, under another id
    assertThat(outputs.plans()).isEmpty();
    assertThat(again.getQuantity()).isEqualByComparingTo("0.008");
    assertThat(again.getPlanId()).isNotEqualTo(first.getPlanId());
  }

  @ParameterizedTest
  @CsvSource({"false", "true"})
  void shouldKnowTheRestAfterARestart(boolean restarted) {
    // given
    holdTwice(MAIN, TWIN);
    ApplyPlan first = pipeline.when(it -> it.proposal(Pipeline.closeAll(MAIN, BTC))).plan();
    if (restarted) {
      pipeline.restart();
    }

    // when
    Outputs outputs = pipeline.when(it -> it.fill(first, "71000"));

    // then
    assertThat(outputs.plan().getQuantity()).isEqualByComparingTo("0.008");
  }

  /** The rest of a rung is not refused because its first part has taken the rung. */
  @Test
  void shouldCloseTheRestOfARung() {
    // given: three quarters of 0.02
    holdTwice(MAIN, TWIN);
    ApplyPlan first =
        pipeline
            .when(
                it ->
                    it.proposal(
                        Given.proposal()
                            .setAction("PARTIAL_75")
                            .setTrigger(ExitTrigger.RUNG)
                            .setRung(3)
                            .setShare(0.75)))
            .plan();

    // when
    Outputs outputs = pipeline.when(it -> it.fill(first, "71000"));

    // then
    assertThat(outputs.ledgers().getLast().getRungsTaken()).containsExactly(3);
    assertThat(outputs.plan().getQuantity()).isEqualByComparingTo("0.007");
    assertThat(outputs.plan().getRung()).isEqualTo(3);
  }

  /** Both hold 0.02 BTC at 71000; a stop at 70000 is one step outside the band of one of them. */
  @ParameterizedTest
  @CsvSource({"main, main3", "main3, main"})
  void shouldMoveAStopNoFartherThanTheBandAllowsInTheAccountThatIsOutside(
      String outside, String inside) {
    // given: 72000 x 0.99 = 71280
    holdTwice(outside, inside);
    instrument(pipeline, Given.instrument(BTC).setPercentDown(dec("0.99")));

    // when
    Outputs outputs =
        pipeline.when(
            it -> it.proposal(stop(outside, "71279.9")).proposal(stop(inside, "71280.1")));

    // then
    assertThat(outputs.plans())
        .extracting(
            ApplyPlan::getAccount,
            ApplyPlan::getAction,
            each -> each.getStopPrice().stripTrailingZeros().toPlainString(),
            ApplyPlan::getNotes)
        .containsExactlyInAnyOrder(
            tuple(outside, PlanAction.UPDATE_SL, "71280", List.of("STOP_MOVED_INTO_BAND")),
            tuple(inside, PlanAction.UPDATE_SL, "71280.1", List.of()));
    assertThat(outputs.decisions())
        .filteredOn(each -> each.getAccount().equals(outside))
        .singleElement()
        .satisfies(each -> assertThat(each.getCode()).isEqualTo("STOP_GRANTED"))
        .satisfies(
            each ->
                assertThat(Denials.text(each.getNumbers()))
                    .contains(
                        "newStop=71280", "stopOutsideBand=71279.9", "note=STOP_MOVED_INTO_BAND"));
    assertThat(outputs.decisions())
        .filteredOn(each -> each.getAccount().equals(inside))
        .singleElement()
        .satisfies(
            each ->
                assertThat(Denials.text(each.getNumbers()))
                    .noneMatch(number -> number.startsWith("stopOutsideBand")));
  }

  private static HarvestProposal.Builder stop(String account, String price) {
    return Pipeline.closeAll(account, BTC)
        .setAction("UPDATE_SL")
        .setTrigger(ExitTrigger.TRAILING_STOP)
        .setStopTrigger(ExitTrigger.TRAILING_STOP)
        .setNewStop(dec(price));
  }
}
