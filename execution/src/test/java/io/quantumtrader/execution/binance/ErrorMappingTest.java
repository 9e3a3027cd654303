package io.quantumtrader.execution.binance;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.binance.Reply;
import io.quantumtrader.binance.Reply.Limit;
import io.quantumtrader.binance.Reply.Refused;
import io.quantumtrader.execution.exchange.Acknowledgement;
import io.quantumtrader.schemas.reason.ReasonCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorMappingTest {

  private static Acknowledgement of(Reply reply) {
    return Replies.acknowledgement(reply, ReasonCode.FILTER_TICK);
  }

  @ParameterizedTest
  @CsvSource({
    "-1002, KEY_REFUSED",
    "-1022, KEY_REFUSED",
    "-2014, KEY_REFUSED",
    "-2015, KEY_REFUSED",
    "-2017, KEY_REFUSED",
    "-4087, KEY_REFUSED",
    "-1102, EXCHANGE_REJECTED",
    "-1106, EXCHANGE_REJECTED",
    "-1121, INSTRUMENT_UNKNOWN",
    "-4140, INSTRUMENT_NOT_TRADING",
    "-4141, INSTRUMENT_NOT_TRADING",
    "-2018, MARGIN_INSUFFICIENT",
    "-2019, MARGIN_INSUFFICIENT",
    "-2028, MARGIN_INSUFFICIENT",
    "-2021, STOP_PASSED",
    "-2025, ORDER_LIMIT",
    "-4045, ORDER_LIMIT",
    "-2027, POSITION_LIMIT_AT_LEVERAGE",
    "-4016, FILTER_PRICE_BAND",
    "-4131, FILTER_PRICE_BAND",
    "-4003, FILTER_QUANTITY",
    "-4005, FILTER_QUANTITY_MAXIMUM",
    "-4013, FILTER_TICK",
    "-4014, FILTER_TICK",
    "-4023, FILTER_STEP",
    "-4028, LEVERAGE_OUT_OF_RANGE",
    "-4061, POSITION_MODE",
    "-4118, REDUCE_ONLY_TAKEN",
    "-4120, EXCHANGE_REJECTED",
    "-4164, FILTER_NOTIONAL",
    "-4509, POSITION_FLAT",
    "-5022, EXCHANGE_REJECTED",
    "-9999, EXCHANGE_REJECTED",
    "-2022, POSITION_FLAT"
  })
  void shouldRefuseWithACodeOfItsOwn(int exchangeCode, ReasonCode code) {
    // when
    Acknowledgement answer = of(new Refused(400, exchangeCode, "words"));

    // then
    assertThat(answer)
        .isEqualTo(
            new Acknowledgement.Refused(
                code, ErrorMapping.number(new Refused(400, exchangeCode, "")), "words"));
  }

  @ParameterizedTest
  @CsvSource({"-1008", "-1021", "-4116", "-4130"})
  void shouldLeaveOpenWhatMayBeDifferentLater(int exchangeCode) {
    assertThat(of(new Refused(400, exchangeCode, "words")))
        .isInstanceOf(Acknowledgement.Unresolved.class);
  }

  @ParameterizedTest
  @CsvSource({"-4046", "-4059"})
  void shouldTakeWhatIsAsRequestedForDone(int exchangeCode) {
    assertThat(of(new Refused(400, exchangeCode, "No need to change")))
        .isInstanceOf(Acknowledgement.Done.class);
  }

  @Test
  void shouldSayWhichNumberIsTooPrecise() {
    // given
    Refused refused = new Refused(400, -1111, "Precision is over the maximum");

    // then
    assertThat(of(refused))
        .isInstanceOfSatisfying(
            Acknowledgement.Refused.class,
            answer -> assertThat(answer.code()).isEqualTo(ReasonCode.FILTER_TICK));
    assertThat(ErrorMapping.verdict(-1111))
        .isEqualTo(new ErrorMapping.Verdict.Final(ReasonCode.FILTER_STEP));
  }

  @Test
  void shouldNeverTakeSilenceForARefusal() {
    assertThat(of(new Reply.Unanswered("timed out")))
        .isEqualTo(new Acknowledgement.Unresolved("timed out"));
    assertThat(of(new Reply.Limited(Limit.BAN, 7, "banned")))
        .isInstanceOf(Acknowledgement.Unresolved.class);
  }

  @Test
  void shouldAlwaysHaveWords() {
    assertThat(ErrorMapping.words(new Refused(400, -1, ""))).isEqualTo("code -1");
  }
}
