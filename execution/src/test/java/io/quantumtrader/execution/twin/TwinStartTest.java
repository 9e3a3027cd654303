package io.quantumtrader.execution.twin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quantumtrader.execution.twin.core.TwinSymbol;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A twin that does not start leaves nothing that runs. */
final class TwinStartTest {
  private static final List<TwinSymbol> SYMBOLS =
      List.of(TwinSymbol.perpetual("BTCUSDT", "60000", "0.10", "0.001", "100"));
  private static final TwinAccount SOUND =
      TwinAccount.hmac("main", "0123456789abcdefKEY", "secret", "1");

  @Test
  void shouldFreeThePortOfStreamsWhereAKeyCannotBeRead() throws IOException {
    int port = freePort();
    TwinAccount broken = TwinAccount.ed25519("main", "0123456789abcdefKEY", "no key", "1");

    assertThatThrownBy(() -> ExchangeTwin.start(settings(broken, 0, port)))
        .isInstanceOf(IllegalArgumentException.class);

    startsAt(port);
  }

  @Test
  void shouldFreeThePortOfStreamsWhereThatOfRestIsTaken() throws IOException {
    int port = freePort();
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> ExchangeTwin.start(settings(SOUND, taken.getLocalPort(), port)))
          .isInstanceOf(IOException.class);
    }

    startsAt(port);
  }

  private static void startsAt(int port) throws IOException {
    try (ExchangeTwin twin = ExchangeTwin.start(settings(SOUND, 0, port))) {
      assertThat(twin.streamUrl()).hasPort(port);
    }
  }

  private static TwinSettings settings(TwinAccount account, int rest, int streams) {
    return TwinSettings.of(List.of(account), SYMBOLS)
        .listen("127.0.0.1", rest, streams)
        .tickMs(0)
        .build();
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0)) {
      return free.getLocalPort();
    }
  }
}
