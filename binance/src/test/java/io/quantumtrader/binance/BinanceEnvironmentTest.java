package io.quantumtrader.binance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Trials and real money are told apart, and a twin stands at the same paths as both. */
final class BinanceEnvironmentTest {

  @Test
  @Tag("assumes-demo-addresses")
  void shouldHaveTheSamePathsInTrialsForRealAndOnATwin() {
    BinanceEnvironment twin =
        BinanceEnvironment.at(
            "twin", URI.create("http://127.0.0.1:1"), URI.create("ws://127.0.0.1:2/"));

    assertThat(paths(BinanceEnvironment.DEMO))
        .isEqualTo(paths(BinanceEnvironment.REAL))
        .isEqualTo(paths(twin))
        .containsExactly("", "/market", "/private");
    assertThat(BinanceEnvironment.DEMO.rest()).hasHost("demo-fapi.binance.com");
    assertThat(BinanceEnvironment.DEMO.privateStreams()).hasHost("demo-fstream.binance.com");
  }

  @Test
  void shouldMoveRealMoneyOnlyOnTheExchangeItself() {
    assertThat(BinanceEnvironment.DEMO.realMoney()).isFalse();
    assertThat(BinanceEnvironment.REAL.realMoney()).isTrue();
    assertThat(BinanceEnvironment.DEMO.sapi()).isNull();
    assertThat(
            List.of(
                BinanceEnvironment.DEMO.rest().getHost(),
                BinanceEnvironment.DEMO.marketStreams().getHost(),
                BinanceEnvironment.DEMO.privateStreams().getHost()))
        .doesNotContain(
            BinanceEnvironment.REAL.rest().getHost(),
            BinanceEnvironment.REAL.privateStreams().getHost());
  }

  private static List<String> paths(BinanceEnvironment environment) {
    return List.of(
        environment.rest().getPath(),
        environment.marketStreams().getPath(),
        environment.privateStreams().getPath());
  }
}
