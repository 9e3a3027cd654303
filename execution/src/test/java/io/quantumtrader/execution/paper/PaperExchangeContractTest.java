package io.quantumtrader.execution.paper;

import io.quantumtrader.execution.Candles;
import io.quantumtrader.execution.ExchangeContract;
import io.quantumtrader.execution.exchange.Exchange;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.Instrument;
import io.quantumtrader.schemas.avro.InstrumentStatus;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;

class PaperExchangeContractTest extends ExchangeContract {

  private long nowMs;
  private String last;
  private PaperExchange exchange;

  @BeforeEach
  void start() {
    exchange = open();
    price("60000");
  }

  private static PaperExchange open() {
    PaperExchange opened = new PaperExchange(PaperSettings.DEFAULT);
    opened.list(
        Instrument.newBuilder()
            .setSymbol(BTC)
            .setTickSize(new BigDecimal("0.1"))
            .setStepSize(new BigDecimal("0.001"))
            .setMinQuantity(new BigDecimal("0.001"))
            .setMinNotional(new BigDecimal("100"))
            .setMaxLeverage(125)
            .setStatus(InstrumentStatus.TRADING)
            .setAsOfMs(0)
            .build());
    return opened;
  }

  @Override
  protected Exchange exchange() {
    return exchange;
  }

  @Override
  protected void price(String price) {
    last = price;
    exchange.see(Candles.flat(BTC, nowMs, price));
    nowMs += Candles.INTERVAL_MS;
  }

  @Override
  protected long now() {
    return nowMs;
  }

  @Override
  protected Exchange restart(Optional<ExchangeAccount> account, List<ApplyResult> results) {
    exchange = open();
    exchange.restore(MAIN, account, results);
    price(last);
    return exchange;
  }
}
