package io.quantumtrader.execution.binance;

import static io.quantumtrader.execution.binance.OnTheTwin.await;

import io.quantumtrader.binance.SessionRecorder;
import io.quantumtrader.execution.ExchangeContract;
import io.quantumtrader.execution.exchange.Exchange;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.ExchangeAccount;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class BinanceExchangeContractTest extends ExchangeContract {

  private final OnTheTwin base = new OnTheTwin() {};

  @BeforeEach
  void start() throws IOException {
    base.start();
    base.follow();
  }

  @AfterEach
  void stop() {
    base.stop();
  }

  @Override
  protected Exchange exchange() {
    return base.exchange;
  }

  @Override
  protected void price(String price) {
    base.twin.price(BTC, new BigDecimal(price));
  }

  @Override
  protected long now() {
    return System.currentTimeMillis();
  }

  @Override
  protected Exchange restart(Optional<ExchangeAccount> last, List<ApplyResult> results) {
    base.exchange.close();
    base.exchange = base.open(SessionRecorder.none());
    base.exchange.marketLink().restore(MAIN, last, results);
    await(() -> base.exchange.isStreaming(MAIN));
    return base.exchange;
  }
}
