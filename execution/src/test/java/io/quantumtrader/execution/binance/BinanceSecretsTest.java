package io.quantumtrader.execution.binance;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.binance.SessionFile;
import io.quantumtrader.binance.testing.PlantedSecrets;
import io.quantumtrader.execution.twin.engine.RestFault;
import io.quantumtrader.schemas.avro.ExitTrigger;
import io.quantumtrader.schemas.avro.OrderSide;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Secrets are planted, and everything that is said, thrown or written is looked through. */
class BinanceSecretsTest extends OnTheTwin {

  @TempDir Path folder;
  private PlantedSecrets logs;

  @BeforeEach
  void listen() {
    logs = new PlantedSecrets();
  }

  @AfterEach
  void listenNoMore() {
    logs.close();
  }

  @Test
  void shouldKeepSecretsToItself() throws IOException {
    // given
    Path session = folder.resolve("session");
    List<Object> told = new ArrayList<>();
    exchange.close();
    try (SessionFile recorder = new SessionFile(session, System::currentTimeMillis)) {
      exchange = open(recorder);

      // when: everything is done once, and goes wrong in each way
      follow();
      told.add(exchange.setLeverage(MAIN, BTC, 5, now()));
      told.add(exchange.execute(order(OrderSide.BUY, "0.010", false, PLAN)));
      told.add(exchange.protect(stop("59000", PLAN, ExitTrigger.STOP_HIT)));
      for (RestFault fault :
          List.of(
              RestFault.cut(true),
              RestFault.timeout(true),
              RestFault.refusal(401, -2015, "Invalid API-key, IP, or permissions"),
              RestFault.limited(429, 1))) {
        twin.faults().next("", "/fapi/", fault, 3);
        told.add(exchange.execute(order(OrderSide.BUY, "0.010", false, OTHER_PLAN)));
        told.add(exchange.query(MAIN, BTC, OTHER_PLAN, now()));
        told.add(exchange.account(MAIN, now()));
        twin.faults().clear();
      }
      twin.expireListenKey(MAIN);
      await(() -> twin.connections() > 0 && exchange.isStreaming(MAIN));
      twin.price(BTC, new BigDecimal("58900"));
      told.add(exchange.marketLink().unplanned(MAIN, now()));
      told.add(exchange);
      told.add(settings());
      exchange.close();
    }

    // then
    String recorded = Files.readString(session);
    assertThat(recorded).contains("/fapi/v1/order", "ORDER_TRADE_UPDATE", "listenKey");
    assertThat(logs.logs())
        .as("the logs are looked through too")
        .contains("not known", "limit until")
        .doesNotContain("timestamp=");
    assertThat(recorded + logs.logs() + told)
        .doesNotContain("planted")
        .doesNotContain("signature=")
        .doesNotContainPattern("listenKey[\"=:]+[A-Za-z0-9]{16}");
  }
}
