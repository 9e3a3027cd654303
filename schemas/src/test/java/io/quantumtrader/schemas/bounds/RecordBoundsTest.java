package io.quantumtrader.schemas.bounds;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.Control;
import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.schemas.bounds.TableRow.Flaw;
import io.quantumtrader.schemas.reason.ReasonCode;
import io.quantumtrader.schemas.topic.Topic;
import java.math.BigDecimal;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RecordBoundsTest {

  private static ExchangeAccount wallet(String amount) {
    return ExchangeAccount.newBuilder()
        .setAccount("main")
        .setAsOfMs(1)
        .setWallet(new BigDecimal(amount))
        .build();
  }

  private static Control control(String reason) {
    return Control.newBuilder()
        .setAccount("main")
        .setTradingState(TradingState.ACTIVE)
        .setReason(reason)
        .setAtMs(1)
        .build();
  }

  @ParameterizedTest
  @CsvSource({
    "99999999999999999999.999999999999999999, true",
    "100000000000000000000.000000000000000000, false",
    "-99999999999999999999.999999999999999999, true",
    "-100000000000000000000, false",
    "1E+19, true",
    "1E+20, false",
    "0.0000000000000000010, true",
    "0.0000000000000000001, false",
    "0E-30, true",
    "1E+2000000000, false"
  })
  void shouldTakeWhatADecimalOf38DigitsHolds(String value, boolean fits) {
    assertThat(RecordBounds.fits(new BigDecimal(value))).isEqualTo(fits);
    assertThat(RecordBounds.flaw(wallet(value)).isEmpty()).isEqualTo(fits);
  }

  @Test
  void shouldNameTheFieldThatCannotBeWritten() {
    assertThat(RecordBounds.flaw(wallet("1E+25")))
        .contains("ExchangeAccount.wallet is out of range");
    assertThat(RecordBounds.flaw(control("r".repeat(RecordBounds.MAX_TEXT)))).isEmpty();
    assertThat(RecordBounds.flaw(control("r".repeat(RecordBounds.MAX_TEXT + 1))))
        .contains("Control.reason has 16385 characters");
  }

  @Test
  void shouldRefuseMuchThatIsSmallEach() {
    // given 40 texts of 16384 characters, three bytes each at worst
    Policy policy =
        Policy.newBuilder()
            .setAllowedSymbols(Collections.nCopies(40, "x".repeat(RecordBounds.MAX_TEXT)))
            .build();

    // then
    assertThat(RecordBounds.flaw(policy))
        .hasValueSatisfying(flaw -> assertThat(flaw).contains("allowedSymbols").contains("large"));
  }

  @ParameterizedTest
  @CsvSource({
    "CONTROL, main, true",
    "CONTROL, *, true",
    "CONTROL, *:orders, true",
    "CONTROL, *:other, false",
    "CONTROL, main:orders, false",
    "POLICY, *:orders, false",
    "CONTROL, NOBODY!, false",
    "POLICY, default, true",
    "POLICY, *, false",
    "POLICY, , false",
    "INSTRUMENT, BTCUSDT, true"
  })
  void shouldKnowWhoseKeyARowCanHave(Topic topic, String key, boolean sound) {
    assertThat(TableRow.flaw(topic, key, null).map(Flaw::reason))
        .isEqualTo(
            sound ? java.util.Optional.empty() : java.util.Optional.of(ReasonCode.KEY_INVALID));
  }

  @Test
  void shouldRefuseARowThatCannotBeCarriedOn() {
    assertThat(TableRow.flaw(Topic.CONTROL, "main", control("r".repeat(20_000))))
        .map(Flaw::reason)
        .contains(ReasonCode.VALUE_OUT_OF_BOUNDS);
  }
}
