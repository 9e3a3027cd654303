package io.quantumtrader.topology.wiring;

import static io.quantumtrader.topology.Given.BTC;
import static io.quantumtrader.topology.Given.MINUTE;
import static io.quantumtrader.topology.wiring.Pipeline.ETH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.quantumtrader.schemas.avro.Decision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two entries in five minutes and three in an hour, per account and symbol. */
final class EntryRatesTest extends WiringTest {

  private int intents;

  @ParameterizedTest
  @CsvSource({"BTCUSDT, ETHUSDT", "ETHUSDT, BTCUSDT"})
  void shouldCountTheEntriesOfASymbolAlone(String full, String free) {
    // given
    grantAndRefuse("main", full);
    grantAndRefuse("main", full);

    // when
    Outputs outputs =
        pipeline.when(
            it ->
                it.intent(Pipeline.buy("main", "a", full)).intent(Pipeline.buy("main", "b", free)));

    // then
    assertThat(outputs.decisions())
        .extracting(Decision::getSymbol, Decision::getCode)
        .containsExactly(tuple(full, "RATE_BURST"), tuple(free, "PERMIT_GRANTED"));
  }

  @ParameterizedTest
  @CsvSource({"main, main3", "main3, main"})
  void shouldCountTheEntriesOfAnAccountAlone(String full, String free) {
    // given
    grantAndRefuse(full, BTC);
    grantAndRefuse(full, BTC);

    // when
    Outputs outputs =
        pipeline.when(
            it -> it.intent(Pipeline.buy(full, "a", BTC)).intent(Pipeline.buy(free, "b", BTC)));

    // then
    assertThat(outputs.decisions())
        .extracting(Decision::getAccount, Decision::getCode)
        .containsExactly(tuple(full, "RATE_BURST"), tuple(free, "PERMIT_GRANTED"));
  }

  /** The full hour lies in between, at which what no rate counts any more is forgotten. */
  @ParameterizedTest
  @CsvSource({"59, RATE_HOURLY", "60, PERMIT_GRANTED"})
  void shouldRememberEntriesForAnHour(long minutes, String code) {
    // given: three from 12:45 on, which is one more than the five minutes allow at once
    pipeline.pass(45 * MINUTE);
    grantAndRefuse("main", BTC);
    grantAndRefuse("main", BTC);
    pipeline.pass(6 * MINUTE);
    grantAndRefuse("main", BTC);
    pipeline.pass((minutes - 6) * MINUTE);

    // when
    Outputs outputs = pipeline.when(it -> it.intent(Pipeline.buy("main", "last", BTC)));

    // then
    assertThat(outputs.decision().getCode()).isEqualTo(code);
  }

  @Test
  void shouldCountAnEntryThatWasRefusedByTheExchange() {
    // given
    grantAndRefuse("main", ETH);
    grantAndRefuse("main", ETH);

    // when
    Outputs outputs = pipeline.when(it -> it.intent(Pipeline.buy("main", "last", ETH)));

    // then
    assertThat(outputs.decision().getCode()).isEqualTo("RATE_BURST");
    assertThat(outputs.decision().getNumbers()).isNotEmpty();
  }

  private void grantAndRefuse(String account, String symbol) {
    pipeline.refuse(pipeline.granted(account, "i" + ++intents, symbol));
  }
}
