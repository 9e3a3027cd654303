package io.quantumtrader.topology.wiring;

import static io.quantumtrader.topology.Given.BTC;
import static io.quantumtrader.topology.Given.MAIN;
import static io.quantumtrader.topology.Given.MINUTE;
import static io.quantumtrader.topology.Given.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.ManualClose;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.schemas.topic.Topic;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A clock that goes back, and stays back: now is the greatest step that was seen. */
final class ClockBackwardsTest extends WiringTest {

  private static final long GREATEST = NOON + 10 * MINUTE;

  @BeforeEach
  void goBack() {
    pipeline.pass(10 * MINUTE);
    pipeline.clock(NOON + MINUTE).clock(NOON + 2 * MINUTE);
  }

  @Test
  void shouldDecideAtTheGreatestStep() {
    // when: an intent of the time that the clock shows now
    Outputs outputs = pipeline.when(it -> it.intent(Pipeline.buy(MAIN, "late", BTC)));

    // then
    assertThat(outputs.decision().getCode()).isEqualTo("INTENT_EXPIRED");
    assertThat(outputs.decision().getAtMs()).isEqualTo(GREATEST);
    assertThat(outputs.of(Topic.DECISION, Decision.class).get(0).timeMs()).isEqualTo(GREATEST);
  }

  @Test
  void shouldJudgeTheAgeOfAProposalByTheGreatestStep() {
    // given
    pipeline.adopt(MAIN, BTC, OrderSide.BUY, "0.02", "71000");

    // when
    Outputs outputs = pipeline.when(it -> it.proposal(Pipeline.closeAll(MAIN, BTC)));

    // then: eight minutes old by the greatest step
    assertThat(outputs.decision().getCode()).isEqualTo("PROPOSAL_STALE");
    assertThat(outputs.decision().getAtMs()).isEqualTo(GREATEST);
  }

  @Test
  void shouldReckonNothingWhileItStaysBack() {
    // given
    pipeline.adopt(MAIN, BTC, OrderSide.BUY, "0.02", "71000");

    // when
    Outputs outputs =
        pipeline.when(it -> it.clock(NOON + 3 * MINUTE).clock(NOON + 4 * MINUTE).clock(GREATEST));

    // then
    assertThat(outputs.topics()).isEmpty();
  }

  @Test
  void shouldTakeUpAnOrderAtTheGreatestStepWhileItStaysBack() {
    // given
    pipeline.adopt(MAIN, BTC, OrderSide.BUY, "0.02", "71000");
    pipeline.control(MAIN, TradingState.ACTIVE, new ManualClose("c1", BTC, "", "ops", NOON));

    // when
    Outputs outputs = pipeline.when(it -> it.clock(NOON + 3 * MINUTE).clock(NOON + 4 * MINUTE));

    // then: once, and nothing else
    assertThat(outputs.plan().getCreatedAtMs()).isEqualTo(GREATEST);
    assertThat(outputs.topics()).doesNotContain("quantum.portfolio.state");
  }

  @Test
  void shouldGoOnOnceItHasCaughtUp() {
    // given
    pipeline.adopt(MAIN, BTC, OrderSide.BUY, "0.02", "71000");
    pipeline.control(MAIN, TradingState.ACTIVE, new ManualClose("c1", BTC, "", "ops", NOON));

    // when
    Outputs outputs = pipeline.when(it -> it.clock(GREATEST + 1));

    // then
    assertThat(outputs.plan().getCreatedAtMs()).isEqualTo(GREATEST + 1);
  }
}
