package io.quantumtrader.compose.up;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.console.tap.TappedRecord;
import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.ExchangePosition;
import io.quantumtrader.schemas.avro.PositionSide;
import io.quantumtrader.schemas.topic.Topic;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What is said of an exchange that goes on when the process ends. */
final class RemoteHoldingsTest {

  @Command
  private static final class Holder {
    @Mixin private UpOptions options = new UpOptions();
  }

  private static RemoteHoldings of(String... options) {
    Holder holder = new Holder();
    var unused =
        new CommandLine(holder).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(options);
    return new RemoteHoldings(holder.options.exchange);
  }

  private static TappedRecord account(String name, ExchangePosition... open) {
    ExchangeAccount account =
        ExchangeAccount.newBuilder()
            .setAccount(name)
            .setAsOfMs(1)
            .setWallet(decimal("100"))
            .setPositions(List.of(open))
            .build();
    return TappedRecord.of(
        Topic.EXCHANGE_ACCOUNT,
        new ConsumerRecord<>(Topic.EXCHANGE_ACCOUNT.topicName(), 0, 0, null, null),
        Optional.of(account),
        false);
  }

  private static ExchangePosition open(String symbol, String stop) {
    return ExchangePosition.newBuilder()
        .setSymbol(symbol)
        .setSide(PositionSide.LONG)
        .setQuantity(decimal("0.5"))
        .setEntryPrice(decimal("100"))
        .setStopPrice(stop == null ? null : decimal(stop))
        .setTargetPrice(decimal("150"))
        .build();
  }

  private static BigDecimal decimal(String text) {
    return new BigDecimal(text).setScale(18);
  }

  @Test
  void shouldSayWhatStaysOpenAndHowToCloseIt() {
    RemoteHoldings demo = of("--exchange", "demo", "--keys", "demo.keys");
    demo.see(account("main", open("BTCUSDT", "90")));
    demo.see(account("main", open("BTCUSDT", "91"), open("ETHUSDT", null)));
    demo.see(account("second"));
    demo.see(account("third", open("BTCUSDT", "90")));

    assertThat(demo.line().orElseThrow())
        .isEqualTo(
            "Still open on demo: main BTCUSDT LONG 0.5, stop 91, target 150; main ETHUSDT LONG 0.5,"
                + " stop none, target 150; third BTCUSDT LONG 0.5, stop 90, target 150. Go on with"
                + " the same --data, or close it: ./quantum flatten --direct --exchange demo --keys"
                + " demo.keys --account main; ./quantum flatten --direct --exchange demo --keys"
                + " demo.keys --account third");
  }

  @Test
  void shouldSayThatNothingIsOpen() {
    RemoteHoldings demo = of("--exchange", "demo");
    assertThat(demo.line()).as("nothing was heard of it").isEmpty();

    demo.see(account("main"));

    assertThat(demo.line())
        .contains("Nothing is open on demo, as it said at 1970-01-01T00:00:00.001Z.");
  }

  @Test
  void shouldSayNothingOfAnExchangeThatEndsWithTheProcess() {
    for (String kind : List.of("paper", "twin")) {
      RemoteHoldings local = of("--exchange", kind);
      local.see(account("main", open("BTCUSDT", "90")));

      assertThat(local.line()).isEmpty();
    }
  }
}
