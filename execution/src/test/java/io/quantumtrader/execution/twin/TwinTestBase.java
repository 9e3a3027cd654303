package io.quantumtrader.execution.twin;

import io.quantumtrader.execution.twin.core.TwinSymbol;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A twin with a clock that stands still, one account and two symbols. */
abstract class TwinTestBase {
  static final String ACCOUNT = "main";
  static final String KEY = "0123456789abcdefKEY";
  static final String SECRET = "a-secret-of-the-tests";
  static final String BTC = "BTCUSDT";
  static final String LATIN = "币安人生USDT";
  static final long START_MS = 1_780_000_000_000L;

  final AtomicLong clock = new AtomicLong(START_MS);
  ExchangeTwin twin;
  SignedClient client;

  @BeforeEach
  void start() throws IOException {
    twin = ExchangeTwin.start(change(settings()).build());
    client = new SignedClient(twin.restUrl(), KEY, SECRET, twin::nowMs);
  }

  @AfterEach
  void stop() {
    client.close();
    twin.close();
  }

  /** Returns the settings of the twin under test. */
  TwinSettings.Builder change(TwinSettings.Builder settings) {
    return settings;
  }

  private TwinSettings.Builder settings() {
    return TwinSettings.of(
            List.of(
                TwinAccount.hmac(ACCOUNT, KEY, SECRET, "10000"),
                TwinAccount.hmac("other", "fedcba9876543210KEY", "another-secret", "500")
                    .withHedgeMode(true)
                    .withWithdrawals(true)),
            List.of(
                TwinSymbol.perpetual(BTC, "60000", "0.10", "0.001", "100"),
                TwinSymbol.perpetual("ETHUSDT", "3000", "0.01", "0.001", "20"),
                TwinSymbol.perpetual("ODDUSDT", "100", "0.5", "5", "5")
                    .withMinQuantity(BigDecimal.TEN),
                TwinSymbol.perpetual("OLDUSDT", "100", "0.1", "1", "5").withStatus("SETTLING"),
                TwinSymbol.perpetual(LATIN, "0.25", "0.0001", "1", "5")))
        .tickMs(0)
        .clock(clock::get);
  }
}
