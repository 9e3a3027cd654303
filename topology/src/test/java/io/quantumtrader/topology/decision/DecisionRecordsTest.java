package io.quantumtrader.topology.decision;

import static io.quantumtrader.topology.Given.BTC;
import static io.quantumtrader.topology.Given.MAIN;
import static io.quantumtrader.topology.Given.NOON;
import static io.quantumtrader.topology.Given.dec;
import static io.quantumtrader.topology.decision.Denials.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.CauseType;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.Lookup;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.Verdict;
import io.quantumtrader.schemas.reason.ReasonCode;
import io.quantumtrader.topology.Given;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class DecisionRecordsTest {

  private static final Cause CAUSE = Cause.of(MAIN, CauseType.INTENT, "i-1", 1);

  @Test
  void shouldSayAllThatIsKnown() {
    // given
    Lookups lookups = new Lookups(NOON);
    lookups.note("quantum.instrument", BTC, Optional.of(NOON - 5), at -> at);
    Cause cause = CAUSE.in(BTC).with("0123456789abcdef", OrderSide.SELL).of(dec("0.5"));

    // when
    Decision decision =
        DecisionRecords.denied(
            Stage.GOVERNOR,
            cause,
            new Finding(ReasonCode.MIN_NOTIONAL, Numbers.none().and("notional", dec("4.50"))),
            Basis.of(Given.policy().setVersion(4).build(), lookups.list()),
            NOON);

    // then
    assertThat(decision.getDecisionId()).isEqualTo("governor/MIN_NOTIONAL/main/i-1/1763553600000");
    assertThat(decision.getAccount()).isEqualTo(MAIN);
    assertThat(decision.getStage()).isEqualTo("governor");
    assertThat(decision.getVerdict()).isEqualTo(Verdict.DENIED);
    assertThat(decision.getCode()).isEqualTo("MIN_NOTIONAL");
    assertThat(text(decision.getNumbers())).containsExactly("notional=4.5");
    assertThat(decision.getCauseType()).isEqualTo(CauseType.INTENT);
    assertThat(decision.getCauseId()).isEqualTo("i-1");
    assertThat(decision.getPlanId()).isEqualTo("0123456789abcdef");
    assertThat(decision.getSymbol()).isEqualTo(BTC);
    assertThat(decision.getSide()).isEqualTo(OrderSide.SELL);
    assertThat(decision.getQuantity()).isEqualTo(dec("0.5"));
    assertThat(decision.getPolicyName()).isEqualTo("default");
    assertThat(decision.getPolicyVersion()).isEqualTo(4);
    assertThat(decision.getLookups())
        .containsExactly(new Lookup("quantum.instrument", BTC, NOON - 5, 5L));
    assertThat(decision.getAtMs()).isEqualTo(NOON);
  }

  @Test
  void shouldLeaveOutWhatIsNotKnown() {
    // when
    Decision decision =
        DecisionRecords.recorded(
            Stage.PORTFOLIO,
            CAUSE,
            ReasonCode.RESERVATION_OVERDUE,
            Numbers.none(),
            Basis.NONE,
            NOON);

    // then
    assertThat(decision.getVerdict()).isEqualTo(Verdict.RECORDED);
    assertThat(decision.getPlanId()).isNull();
    assertThat(decision.getSymbol()).isNull();
    assertThat(decision.getSide()).isNull();
    assertThat(decision.getQuantity()).isNull();
    assertThat(decision.getPolicyName()).isEmpty();
    assertThat(decision.getLookups()).isEmpty();
  }

  @Test
  void shouldNameAnInputThatComesAgainByItsCount() {
    // when
    Decision again =
        DecisionRecords.granted(
            Stage.PORTFOLIO_GATE,
            Cause.of(MAIN, CauseType.INTENT, "i-1", 3),
            ReasonCode.PERMIT_GRANTED,
            Numbers.none(),
            Basis.NONE,
            NOON);

    // then
    assertThat(again.getVerdict()).isEqualTo(Verdict.GRANTED);
    assertThat(again.getDecisionId())
        .isEqualTo("portfolio-gate/PERMIT_GRANTED/main/i-1/1763553600000/3");
  }

  @Test
  void shouldNoteRowsThatWereMissing() {
    // given
    Lookups lookups = new Lookups(NOON);

    // when
    Optional<Long> row = lookups.note("quantum.policy", MAIN, Optional.<Long>empty(), at -> at);

    // then
    assertThat(row).isEmpty();
    assertThat(lookups.list()).containsExactly(new Lookup("quantum.policy", MAIN, null, null));
  }

  @Test
  void shouldWriteNumbersPlainly() {
    // when
    Numbers numbers =
        Numbers.none()
            .and("big", dec("12300"))
            .and("zero", dec("0"))
            .and("small", dec("0.000000000000000001"))
            .and("double", 0.80)
            .and("large", 1e21)
            .and("none", Double.NaN)
            .and("count", 3)
            .and("text", "as it is")
            .and(Numbers.none().and("more", 1))
            .andNotes(List.of(ReasonCode.LEVERAGE_CAPPED));

    // then
    assertThat(text(numbers.list()))
        .containsExactly(
            "big=12300",
            "zero=0",
            "small=0.000000000000000001",
            "double=0.8",
            "large=1000000000000000000000",
            "none=NaN",
            "count=3",
            "text=as it is",
            "more=1",
            "note=LEVERAGE_CAPPED");
  }
}
