package io.quantumtrader.execution.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quantumtrader.schemas.avro.ExchangeAccount;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An executor goes on with the ledger of its own exchange, and with no other. */
final class OwnLedgerTest extends OpenPositionBase {

  private PartitionHistory published(String exchange) {
    ExchangeAccount last =
        ExchangeAccount.newBuilder(accounts.getLast()).setExchange(exchange).build();
    return new PartitionHistory(laterMs, Map.of("main", last), results, Map.of());
  }

  @Test
  void shouldSayWhichExchangeAnAccountIsOf() {
    // when
    open2();

    // then
    assertThat(accounts.getLast().getExchange()).isEqualTo("twin");
  }

  @Test
  void shouldGoOnWithItsOwn() {
    // given
    open2();

    // then
    assertThatCode(() -> takenUp(published("twin"))).doesNotThrowAnyException();
  }

  @Test
  void shouldRefuseAnothersAndAskNothing() {
    // given
    open2();
    List<String> asked = exchange.calls();

    // then
    assertThatThrownBy(() -> takenUp(published("binance:elsewhere")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("the ledger of main is of the exchange binance:elsewhere")
        .hasMessageContaining("this one is twin")
        .hasMessageContaining("another --data");
    assertThat(exchange.calls()).isEqualTo(asked);
  }
}
