package io.quantumtrader.execution.twin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A client that trades at random, and finds at the end that all the twin says agrees. */
final class TwinSessionTest extends TwinTestBase {
  private static final int STEPS = 120;
  private static final String STOP =
      "algoType=CONDITIONAL&symbol=BTCUSDT&type=STOP_MARKET&closePosition=true";

  @Test
  void shouldAgreeWithItselfToTheCent() {
    trade(42);

    BigDecimal fromTrades = new BigDecimal("10000");
    BigDecimal amount = BigDecimal.ZERO;
    Set<Long> ids = new HashSet<>();
    JsonNode trades =
        client.signed("GET", "/fapi/v1/userTrades", "symbol=BTCUSDT&limit=1000").body();
    for (JsonNode trade : trades) {
      assertThat(ids.add(trade.path("id").asLong())).isTrue();
      fromTrades =
          fromTrades.add(decimal(trade, "realizedPnl")).subtract(decimal(trade, "commission"));
      BigDecimal quantity = decimal(trade, "qty");
      amount = amount.add(trade.path("buyer").asBoolean() ? quantity : quantity.negate());
    }
    BigDecimal funding = income("FUNDING_FEE");
    JsonNode account = client.signed("GET", "/fapi/v3/account", "").body();
    assertThat(trades).hasSizeGreaterThan(60);
    assertThat(funding).isNotEqualByComparingTo("0");
    assertThat(decimal(account, "totalWalletBalance"))
        .isEqualByComparingTo(fromTrades.add(funding))
        .isEqualByComparingTo(
            new BigDecimal("10000")
                .add(funding)
                .add(income("REALIZED_PNL"))
                .add(income("COMMISSION")));
    assertThat(twin.state().amount(ACCOUNT, BTC)).isEqualByComparingTo(amount);
  }

  @Test
  void shouldSayTheSameToTheByteForTheSameSeed() throws IOException {
    trade(7);
    String first = state();
    stop();
    clock.set(START_MS);
    start();
    trade(7);

    assertThat(state()).isEqualTo(first);
  }

  private String state() {
    return client.send("GET", "/twin/state?account=main").body().toString();
  }

  private void trade(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < STEPS; i++) {
      clock.addAndGet(600_000L);
      twin.tick();
      twin.price(BTC, new BigDecimal(59_000 + random.nextInt(2_000)));
      step(random);
    }
  }

  private void step(Random random) {
    String side = random.nextBoolean() ? "BUY" : "SELL";
    String quantity = "0.0" + (10 + random.nextInt(40));
    switch (random.nextInt(4)) {
      case 0, 1 -> {
        var unused = client.market(BTC, side, quantity, "");
      }
      case 2 -> {
        String price = side.equals("BUY") ? "60900" : "59100";
        var unused =
            client.signed(
                "POST", "/fapi/v1/algoOrder", STOP + "&side=" + side + "&triggerPrice=" + price);
      }
      default -> twin.closeByHand(ACCOUNT, BTC, new BigDecimal("0.3"));
    }
  }

  private BigDecimal income(String type) {
    BigDecimal sum = BigDecimal.ZERO;
    JsonNode all = client.signed("GET", "/fapi/v1/income", "limit=1000&incomeType=" + type).body();
    for (JsonNode income : all) {
      sum = sum.add(decimal(income, "income"));
    }
    return sum;
  }

  private static BigDecimal decimal(JsonNode node, String name) {
    return new BigDecimal(node.path(name).asText());
  }
}
