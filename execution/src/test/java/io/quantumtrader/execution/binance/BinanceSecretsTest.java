package io.quantumtrader.execution.binance;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.read.ListAppender;
import io.quantumtrader.binance.SessionFile;
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
import org.slf4j.LoggerFactory;

/** Secrets are planted, and everything that is said, thrown or written is looked through. */
class BinanceSecretsTest extends OnTheTwin {

  @TempDir Path folder;
  private final Logger logger = (Logger) LoggerFactory.getLogger("io.quantumtrader");
  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
  private Level level;

  @BeforeEach
  void listen() {
    level = logger.getLevel();
    logger.setLevel(Level.TRACE);
    logged.start();
    logger.addAppender(logged);
  }

  @AfterEach
  void listenNoMore() {
    logger.detachAppender(logged);
    logger.setLevel(level);
  }

  private String said() {
    StringBuilder said = new StringBuilder();
    for (ILoggingEvent event : List.copyOf(logged.list)) {
      said.append(event.getFormattedMessage()).append('\n');
      for (IThrowableProxy e = event.getThrowableProxy(); e != null; e = e.getCause()) {
        said.append(e.getMessage()).append('\n');
      }
    }
    return said.toString();
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
        twin.faults().next("", "/fapi/", fault, 2);
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
    assertThat(said())
        .as("the logs are looked through too")
        .contains("not known", "limit until")
        .doesNotContain("timestamp=");
    assertThat(recorded + said() + told)
        .doesNotContain("planted")
        .doesNotContain("signature=")
        .doesNotContainPattern("listenKey[\"=:]+[A-Za-z0-9]{16}");
  }
}
