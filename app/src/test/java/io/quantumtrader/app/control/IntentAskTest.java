package io.quantumtrader.app.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.app.testing.CommandRun;
import io.quantumtrader.schemas.avro.IntentAction;
import io.quantumtrader.schemas.avro.Sizing;
import io.quantumtrader.schemas.avro.TradeIntent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

final class IntentAskTest {

  @Command
  private static final class Holder {
    @Mixin private IntentAsk ask = new IntentAsk();
  }

  private static TradeIntent intent(String words) {
    Holder holder = new Holder();
    new CommandLine(holder).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(words.split(" "));
    assertThat(holder.ask.flaw()).isEmpty();
    return holder.ask.intent("BTCUSDT", "operator me", 17);
  }

  @ParameterizedTest
  @CsvSource({
    "BTCUSDT BUY 300,MARGIN,300",
    "BTCUSDT sell --notional 12.5,NOTIONAL,12.5",
    "BTCUSDT BUY --quantity 1e-3,QUANTITY,0.001",
    "BTCUSDT CLOSE,NONE,"
  })
  void shouldSayHowTheAmountIsMeant(String words, Sizing sizing, String amount) {
    TradeIntent intent = intent(words);

    assertThat(intent.getSizing()).isEqualTo(sizing);
    if (amount == null) {
      assertThat(intent.getAmount()).isNull();
    } else {
      assertThat(intent.getAmount()).isEqualByComparingTo(amount).hasScaleOf(18);
    }
  }

  @Test
  void shouldCarryEverythingThatWasTyped() {
    TradeIntent intent =
        intent(
            "btcusdt BUY 300 --leverage 2 --account alpha --stop 80000 --target 120000"
                + " --reduce-only --id mine --reason news");

    assertThat(intent)
        .isEqualTo(
            TradeIntent.newBuilder()
                .setIntentId("mine")
                .setAccount("alpha")
                .setSymbol("BTCUSDT")
                .setAction(IntentAction.BUY)
                .setReduceOnly(true)
                .setSizing(Sizing.MARGIN)
                .setAmount(CloseProgressTest.decimal("300"))
                .setLeverage(2.0)
                .setStopLoss(CloseProgressTest.decimal("80000"))
                .setTakeProfit(CloseProgressTest.decimal("120000"))
                .setReason("news")
                .setSource("operator me")
                .setCreatedAtMs(17)
                .build());
    assertThat(intent("BTCUSDT BUY 1").getIntentId())
        .isNotEqualTo(intent("BTCUSDT BUY 1").getIntentId());
    assertThat(intent("BTCUSDT BUY 1").getAccount()).isEqualTo("main");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "BTCUSDT BUY 0 | MARGIN must be above 0",
        "BTCUSDT BUY 1e-19 | MARGIN must be above 0",
        "BTCUSDT BUY 1e999999999 | MARGIN must be above 0",
        "BTCUSDT BUY --notional -1 | --notional must be above 0",
        "BTCUSDT BUY --quantity 0 | --quantity must be above 0",
        "BTCUSDT BUY 1 --stop 0 | --stop must be above 0",
        "BTCUSDT BUY 1 --target -1 | --target must be above 0",
        "BTCUSDT BUY 300 --notional 5 | one size only",
        "BTCUSDT BUY --quantity 3 --notional 5 | one size only",
        "BTCUSDT BUY 300 --leverage 0.5 | --leverage must be 1 to 125",
        "BTCUSDT BUY 300 --leverage 126 | --leverage must be 1 to 125",
        "BTCUSDT BUY 300 --leverage NaN | --leverage must be 1 to 125",
        "BTCUSDT BUY 300 --wait 0 | --wait must be 1 or more",
        "BTCUSDT BUY 300 --account Main | is not an account name",
        "BTCUSDT BUY 300 --id= | --id must not be empty",
        "BTC/USDT BUY 300 | is not a symbol",
        "BTCUSDT HOLD 300 | expected one of",
        "BTCUSDT | ACTION"
      })
  void shouldSayInOneLineWhatCannotBeSent(String words, String message) {
    CommandRun run = CommandRun.of((Object[]) ("intent " + words).split(" "));

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).hasLineCount(1).contains(message);
    assertThat(run.out()).isEmpty();
  }
}
