package io.quantumtrader.market.live;

import io.quantumtrader.binance.MarketStreamFormat;
import io.quantumtrader.binance.StreamListener;
import io.quantumtrader.binance.StreamSettings;
import io.quantumtrader.binance.StreamSocket;
import io.quantumtrader.binance.StreamTimes;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Whether the streams of a market say anything. */
public final class StreamCheck {

  private StreamCheck() {}

  /**
   * Listens to mark prices, of which there are some each second, until the first.
   *
   * @param url where the streams are, without a slash at its end
   * @param within how long to wait for them, above 0
   * @return empty where they came, else why they did not, for people
   */
  public static Optional<String> trouble(URI url, Duration within) throws InterruptedException {
    CountDownLatch heard = new CountDownLatch(1);
    URI address = MarketStreamFormat.address(url, List.of(MarketStreamFormat.ALL_MARKS));
    StreamListener listener = text -> heard.countDown();
    try (StreamSocket socket =
        StreamSocket.open(
            StreamSettings.of("preflight", within),
            () -> address,
            listener,
            StreamTimes.system())) {
      if (heard.await(within.toMillis(), TimeUnit.MILLISECONDS)) {
        return Optional.empty();
      }
      String why = socket.state().trouble();
      return Optional.of(why.isEmpty() ? "nothing came within " + within.toSeconds() + " s" : why);
    }
  }
}
